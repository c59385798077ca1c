"""Summaries of a period: what was earned, paid, kept as fees and taxes, refunded and withdrawn, by month and other side.

Every change of the party's money stands in exactly one column, so the columns together are the change of its balance.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hirehall.kernel.units import CONNECT
from hirehall.money.documents.queries import get_time_zone
from hirehall.money.documents.rules import TAXES
from hirehall.money.ledger.queries import list_units_of
from hirehall.money.ledger.sums import Sum, sum_changes
from hirehall.money.payments.causes import CAUSES
from hirehall.people.accounts.actors import Actor

# In the order in which they are shown: earned and paid are gross.
COLUMNS = ("earned", "payments", "paid", "fees", "tax", "refunds", "withdrawals", "other")
OTHERS_SHOWN = 12


def column_of(code: str, comes: bool) -> str:
    """The column of a change; what has none of its own, and a code that the table of causes does not know, is "other"."""
    if code in TAXES:
        return "tax"
    group = CAUSES[code].group if code in CAUSES else "other"
    if group == "earnings":
        return "earned" if comes else "paid"
    return group if group in COLUMNS else "other"


def _zeros() -> dict[str, int]:
    return dict.fromkeys(COLUMNS, 0)


@dataclass
class Summary:
    """One unit's figures. Amounts are changes: what went is negative."""

    unit: str
    totals: dict[str, int] = field(default_factory=_zeros)
    months: dict[tuple[int, int], dict[str, int]] = field(default_factory=dict)
    others: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(_zeros))
    kinds: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    contracts: set[str] = field(default_factory=set)

    @property
    def change(self) -> int:
        return sum(self.totals.values())

    @property
    def used_columns(self) -> list[str]:
        """The columns in which something stands."""
        return [name for name in COLUMNS if any(month[name] for month in self.months.values())]

    def add(self, one: Sum) -> None:
        column = column_of(one.code, one.comes)
        self.totals[column] += one.change
        self.months.setdefault((one.year, one.month), _zeros())[column] += one.change
        if column in ("earned", "paid"):
            other = one.client_name if one.comes else one.freelancer_name
            self.others[other][column] += one.change
            self.kinds[one.code] += one.amount
            if one.contract_id:
                self.contracts.add(one.contract_id)

    def by_other(self, column: str) -> list[tuple[str, int]]:
        """Earned from, or paid to, each other side: the most first, the rest together under an empty name."""
        found = sorted(
            ((name, abs(v[column])) for name, v in self.others.items() if v[column]), key=lambda o: (-o[1], o[0])
        )
        rest = sum(amount for _, amount in found[OTHERS_SHOWN:])
        return found[:OTHERS_SHOWN] + ([("", rest)] if rest else [])


def summaries_of(party_id: str, since: date, until: date, zone: str) -> list[Summary]:
    """A party's figures of some days, one summary for each unit in which anything moved."""
    found = []
    for unit in list_units_of(party_id):
        if unit == CONNECT:
            continue
        summary = Summary(unit)
        for month in _months(since, until):
            summary.months[month] = _zeros()
        begin, end = _midnight(since, zone), _midnight(until + timedelta(days=1), zone)
        changes = sum_changes(party_id, unit, begin, end, zone)
        for one in changes:
            summary.add(one)
        if changes:
            found.append(summary)
    return found


def year_for(actor: Actor, year: int) -> list[Summary]:
    """The actor's party in one year, by the days of the party's own time zone."""
    party_id = str(actor.party_id)
    return summaries_of(party_id, date(year, 1, 1), date(year, 12, 31), get_time_zone(party_id))


def certified(summary: Summary) -> dict[str, Any]:
    """What a certificate says of one unit."""
    totals = summary.totals
    back = min(totals["refunds"], 0)
    costs = totals["fees"] + totals["tax"]
    return {
        "unit": summary.unit,
        "gross": totals["earned"],
        "fees": -costs,
        "returned": -back,
        "net": totals["earned"] + costs + back,
    }


def _months(since: date, until: date) -> Iterator[tuple[int, int]]:
    """Every month of some days; of very many only those in which something moved are kept, by the caller."""
    first = since.year * 12 + since.month - 1
    last = min(until.year * 12 + until.month - 1, first + 23)
    for number in range(first, last + 1):
        yield number // 12, number % 12 + 1


def _midnight(day: date, zone: str) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))
