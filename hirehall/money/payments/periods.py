"""Periods that statements and summaries offer by name, as days. Pure."""

from datetime import date, timedelta

NAMES = ("this_month", "last_month", "this_year", "last_year")
OWN = "own"


def days_of(name: str, today: date) -> tuple[date, date] | None:
    """The first and the last day of a named period; None for a name that is none.

    >>> days_of("last_month", date(2026, 3, 10))
    (datetime.date(2026, 2, 1), datetime.date(2026, 2, 28))
    """
    month = today.replace(day=1)
    if name == "this_month":
        return month, _next_month(month) - timedelta(days=1)
    if name == "last_month":
        end = month - timedelta(days=1)
        return end.replace(day=1), end
    if name in ("this_year", "last_year"):
        year = today.year - (name == "last_year")
        return date(year, 1, 1), date(year, 12, 31)
    return None


def _next_month(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)
