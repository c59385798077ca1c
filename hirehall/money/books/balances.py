"""The trial balance of any day, and turnover by day: closed days from their rows, the open ones from their transfers.

A day is one of UTC. A closed day was summed once, in the night after it; only transfers after the last closed day are
read, so no page grows with the years.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db import connection
from django.db.models import Max

from hirehall.kernel import clock
from hirehall.kernel.units import CONNECT
from hirehall.money.books.models import DayBalance, DayTurnover
from hirehall.money.books.rules import Mismatch

ONE_DAY = timedelta(days=1)
# Turnover of each day, unit, kind and code; {where} limits the transfers.
TURNOVER = """
SELECT (m.at AT TIME ZONE 'UTC')::date AS day, m.unit, a.kind, m.code,
       sum(m.came)::bigint AS came, sum(m.went)::bigint AS went, count(*) AS entries
  FROM (SELECT at, unit, code, source_id AS id, 0 AS came, amount AS went FROM ledger_transfer {where}
        UNION ALL SELECT at, unit, code, target_id, amount, 0 FROM ledger_transfer {where}) m
  JOIN ledger_account a USING (id)
 GROUP BY 1, 2, 3, 4
"""


@dataclass(frozen=True)
class Turn:
    """Turnover of one day in one kind of account under one code."""

    day: date
    unit: str
    kind: str
    code: str
    came: int
    went: int
    entries: int


@dataclass(frozen=True)
class KindLine:
    """One kind of account on one day."""

    kind: str
    opening: int
    came: int
    went: int

    @property
    def closing(self) -> int:
        return self.opening + self.came - self.went


@dataclass(frozen=True)
class UnitBalance:
    """The trial balance of one unit; its totals are zero and its turnovers equal, or the books are wrong."""

    unit: str
    lines: list[KindLine]

    @property
    def total(self) -> int:
        return sum(line.closing for line in self.lines)

    @property
    def came(self) -> int:
        return sum(line.came for line in self.lines)

    @property
    def went(self) -> int:
        return sum(line.went for line in self.lines)

    def closing(self, kind: str) -> int:
        return sum(line.closing for line in self.lines if line.kind == kind)


def start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)


def current_day() -> date:
    return clock.now().date()


def last_closed() -> date | None:
    return DayBalance.objects.aggregate(last=Max("day"))["last"]


def list_open_turns(since: date | None, until: date) -> list[Turn]:
    """Turnover after the last closed day, straight from the transfers, up to and with a day."""
    conditions, values = ["at < %(until)s"], {"until": start_of(until + ONE_DAY), "since": since and start_of(since)}
    if since:
        conditions.append("at >= %(since)s")
    with connection.cursor() as cursor:
        cursor.execute(TURNOVER.format(where="WHERE " + " AND ".join(conditions)), values)
        return [Turn(*row) for row in cursor.fetchall()]


def list_turns(since: date, until: date, kinds: tuple[str, ...] = ()) -> list[Turn]:
    """Turnover of the days from `since` to `until`, both with them, oldest first."""
    closed = last_closed()
    kept = DayTurnover.objects.filter(day__gte=since, day__lte=until)
    rows = (kept.filter(kind__in=kinds) if kinds else kept).values_list(
        "day", "unit", "kind", "code", "came_minor", "went_minor", "entries"
    )
    found = [Turn(*row) for row in rows]
    if closed is None or closed < until:
        start = max(since, closed + ONE_DAY) if closed else since
        found += [turn for turn in list_open_turns(start, until) if not kinds or turn.kind in kinds]
    return sorted(found, key=lambda turn: (turn.day, turn.unit, turn.kind, turn.code))


def trial_balance_on(day: date) -> list[UnitBalance]:
    """The trial balance at the end of a day, with the day's turnover; today's is that of this moment."""
    before = _closing_before(day)
    came: dict[tuple[str, str], int] = defaultdict(int)
    went: dict[tuple[str, str], int] = defaultdict(int)
    for turn in list_turns(day, day):
        came[turn.unit, turn.kind] += turn.came
        went[turn.unit, turn.kind] += turn.went
    keys = {key for key in (*before, *came) if before.get(key) or came[key] or went[key]}
    return [
        UnitBalance(
            unit, [KindLine(kind, before.get((unit, kind), 0), came[unit, kind], went[unit, kind]) for of, kind in sorted(keys) if of == unit]
        )
        for unit in sorted({unit for unit, _ in keys}, key=lambda unit: (unit == CONNECT, unit))
    ]


def _closing_before(day: date) -> dict[tuple[str, str], int]:
    """What each (unit, kind) held when a day began."""
    last = DayBalance.objects.filter(day__lt=day).aggregate(last=Max("day"))["last"]
    rows = DayBalance.objects.filter(day=last).values_list("unit", "kind", "balance_minor") if last else ()
    held = {(unit, kind): amount for unit, kind, amount in rows}
    if last is None or last < day - ONE_DAY:
        for turn in list_open_turns(last and last + ONE_DAY, day - ONE_DAY):
            held[turn.unit, turn.kind] = held.get((turn.unit, turn.kind), 0) + turn.came - turn.went
    return held


def list_wrong_days() -> Iterator[Mismatch]:
    """Closed days whose turnover or balance is not what all transfers of that day and before it say."""
    until = last_closed()
    if until is None:
        return
    sql = f"""
        WITH turns AS ({TURNOVER.format(where="WHERE at < %(until)s")}),
        summed AS (SELECT day, unit, kind, sum(came - went)::bigint AS change FROM turns GROUP BY 1, 2, 3)
        SELECT coalesce(t.day, k.day)::text || ' ' || coalesce(t.kind, k.kind) || ' ' || coalesce(t.code, k.code),
               coalesce(t.unit, k.unit), coalesce(t.came - t.went, 0), coalesce(k.came_minor - k.went_minor, 0)
          FROM turns t FULL JOIN books_dayturnover k
               ON (k.day, k.unit, k.kind, k.code) = (t.day, t.unit, t.kind, t.code)
         WHERE (t.came, t.went) IS DISTINCT FROM (k.came_minor, k.went_minor)
        UNION ALL
        SELECT b.day::text || ' ' || b.kind, b.unit, coalesce(s.due, 0), b.balance_minor
          FROM books_daybalance b
          LEFT JOIN LATERAL (SELECT sum(change)::bigint AS due FROM summed
                              WHERE summed.unit = b.unit AND summed.kind = b.kind AND summed.day <= b.day) s ON true
         WHERE b.balance_minor <> coalesce(s.due, 0)
         ORDER BY 1, 2
    """
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, {"until": start_of(until + ONE_DAY)})
        for account, unit, due, kept in cursor:
            yield Mismatch("days", "wrong_day", account, unit, str(due), str(kept))
