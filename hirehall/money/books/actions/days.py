"""Closing days: one set-based statement sums every day that is over, so that no page ever sums it again."""

from datetime import date

from django.db import connection

from hirehall.kernel.atomic import action
from hirehall.money.books import balances
from hirehall.money.books.models import DayBalance, DayTurnover

CLOSE_TURNOVER = f"""
INSERT INTO books_dayturnover (day, unit, kind, code, came_minor, went_minor, entries)
{balances.TURNOVER.format(where="WHERE at < %(until)s AND (%(since)s::timestamptz IS NULL OR at >= %(since)s)")}
ON CONFLICT DO NOTHING
"""
# The balance of each day is that of the day before it and what it brought, for every kind that was ever used.
CLOSE_BALANCES = """
WITH days AS (SELECT generate_series(%(first)s::date, %(last)s::date, interval '1 day')::date AS day),
before AS (SELECT unit, kind, balance_minor FROM books_daybalance WHERE day = %(first)s::date - 1),
change AS (SELECT day, unit, kind, sum(came_minor - went_minor) AS change FROM books_dayturnover
            WHERE day BETWEEN %(first)s AND %(last)s GROUP BY 1, 2, 3),
known AS (SELECT unit, kind FROM before UNION SELECT unit, kind FROM change)
INSERT INTO books_daybalance (day, unit, kind, balance_minor)
SELECT days.day, known.unit, known.kind,
       (coalesce(b.balance_minor, 0) + sum(coalesce(c.change, 0)) OVER (PARTITION BY known.unit, known.kind ORDER BY days.day))::bigint
  FROM days CROSS JOIN known
  LEFT JOIN before b USING (unit, kind)
  LEFT JOIN change c ON c.day = days.day AND c.unit = known.unit AND c.kind = known.kind
ON CONFLICT DO NOTHING
"""


@action
def close_days() -> date | None:
    """Close every day that is over and not closed yet; returns the last one closed. Repeating it changes nothing."""
    last, closed = balances.current_day() - balances.ONE_DAY, balances.last_closed()
    if closed and closed >= last:
        return closed
    since = closed + balances.ONE_DAY if closed else None
    with connection.cursor() as cursor:
        span = {"since": since and balances.start_of(since), "until": balances.start_of(last + balances.ONE_DAY)}
        cursor.execute(CLOSE_TURNOVER, span)
        first = since or DayTurnover.objects.order_by("day").values_list("day", flat=True).first()
        if first is None:
            return None
        cursor.execute(CLOSE_BALANCES, {"first": first, "last": last})
    return last


@action
def close_days_again(since: date) -> date | None:
    """Sum the days from one on anew, after a check found that a closed one is wrong."""
    DayTurnover.objects.filter(day__gte=since).delete()
    DayBalance.objects.filter(day__gte=since).delete()
    return close_days()
