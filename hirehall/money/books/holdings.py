"""What is owed to whom and for how long: liabilities, income, escrow by contract, and age bands."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from django.db import connection

from hirehall.kernel import clock
from hirehall.kernel.units import CONNECT
from hirehall.money.books import balances
from hirehall.money.books.policy import numbers
from hirehall.money.books.rules import band_of

# What belongs to users, and the market's income. Connects are no money.
OWED = ("available", "pending", "escrow", "contested", "payout", "refund")
INCOME = ("fee", "sales")
# How far back income is shown.
MONTHS, DAYS = 12, 30
# Escrow accounts that hold something, with the contract that the payment was made for and since when.
ESCROW = """
SELECT a.owner_id, a.holder_id, a.unit, a.balance, c.contract, c.title, c.since
  FROM ledger_account a
  LEFT JOIN LATERAL (
      SELECT memo->>'contract' AS contract, coalesce(memo->>'contract_title', '') AS title, done_at AS since FROM payments_charge
       WHERE purpose = 'escrow' AND subject_id = a.owner_id AND state = 'settled' ORDER BY done_at LIMIT 1) c ON true
 WHERE a.kind = 'escrow' AND a.balance <> 0
"""
AGES = {
    "escrow": f"SELECT unit, since, balance FROM ({ESCROW}) e",
    "pending": "SELECT unit, released_at, net_minor - returned_minor + returned_fee_minor + returned_vat_minor FROM payments_hold WHERE cleared_at IS NULL",
    # Asked of a card for work, failed, and nothing asked since has come: this is still owed.
    "failed": """
        SELECT c.unit, c.done_at, c.amount_minor FROM payments_charge c
         WHERE c.state = 'failed' AND c.purpose <> 'connects'
           AND NOT EXISTS (SELECT FROM payments_charge d WHERE d.purpose = c.purpose AND d.subject_id = c.subject_id AND d.id > c.id)""",
}


@dataclass(frozen=True)
class IncomeLine:
    """Income of one day or month under one code."""

    start: date
    unit: str
    code: str
    amount: int


@dataclass(frozen=True)
class Escrow:
    """One escrow that holds money."""

    escrow_id: str
    client_id: str
    unit: str
    amount: int
    contract_id: str | None
    title: str | None
    since: datetime | None

    @property
    def days(self) -> int:
        return (clock.now() - self.since).days if self.since else 0


@dataclass(frozen=True)
class AgeTable:
    """Sums by age for one unit: (label in days, amount, how many)."""

    name: str
    unit: str
    bands: list[tuple[str, int, int]]

    @property
    def total(self) -> int:
        return sum(amount for _, amount, _ in self.bands)


def liabilities(trial: list[balances.UnitBalance]) -> list[tuple[str, dict[str, int], int]]:
    """What users have with the market, by unit and kind, with its sum."""
    found = []
    for part in trial:
        if part.unit != CONNECT:
            by_kind = {kind: part.closing(kind) for kind in OWED}
            found.append((part.unit, by_kind, sum(by_kind.values())))
    return found


def income_by_day(since: date, until: date) -> list[IncomeLine]:
    """Income by day, unit and code, newest first."""
    turns = balances.list_turns(since, until, INCOME)
    return [IncomeLine(t.day, t.unit, t.code, t.came - t.went) for t in reversed(turns)]


def income_by_month(since: date, until: date) -> list[IncomeLine]:
    """The same by month."""
    sums: dict[tuple[date, str, str], int] = defaultdict(int)
    for line in income_by_day(since.replace(day=1), until):
        sums[line.start.replace(day=1), line.unit, line.code] += line.amount
    return [IncomeLine(*key, amount) for key, amount in sorted(sums.items(), key=lambda one: (one[0][0], one[0][1], one[0][2]), reverse=True)]


def series(lines: list[IncomeLine], starts: list[date]) -> list[tuple[str, list[tuple[date, int]]]]:
    """For each unit the income of each start, also where there was none; oldest first."""
    sums: dict[tuple[str, date], int] = defaultdict(int)
    for line in lines:
        sums[line.unit, line.start] += line.amount
    return [(unit, [(start, sums[unit, start]) for start in starts]) for unit in sorted({line.unit for line in lines})]


def days_back(until: date, count: int) -> list[date]:
    return [until - timedelta(days=n) for n in range(count - 1, -1, -1)]


def months_back(until: date, count: int) -> list[date]:
    found = [until.replace(day=1)]
    while len(found) < count:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found[::-1]


def income_lines(by: str) -> tuple[list[IncomeLine], list[date]]:
    """The lines of the page and of its file, and the days or months that they are of."""
    today = balances.current_day()
    if by == "day":
        starts = days_back(today, DAYS)
        return income_by_day(starts[0], today), starts
    starts = months_back(today, MONTHS)
    return income_by_month(starts[0], today), starts


class EscrowList:
    """Escrow by contract, the oldest first; reads only the slice that is asked for."""

    def __len__(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM ledger_account WHERE kind = 'escrow' AND balance <> 0")
            return int(cursor.fetchone()[0])

    def __getitem__(self, wanted: slice) -> list[Escrow]:
        start = wanted.start or 0
        limit = None if wanted.stop is None else max(0, wanted.stop - start)
        with connection.cursor() as cursor:
            cursor.execute(f"{ESCROW} ORDER BY c.since, a.id LIMIT %s OFFSET %s", [limit, start])
            return [Escrow(*row) for row in cursor.fetchall()]

    def __iter__(self) -> Iterator[Escrow]:
        with connection.chunked_cursor() as cursor:
            cursor.execute(f"{ESCROW} ORDER BY c.since, a.id")
            yield from (Escrow(*row) for row in cursor)


def ageing() -> list[AgeTable]:
    """How old escrow, waiting earnings and failed charges are, summed in the database by age."""
    limits, now = numbers().age_bands_days, clock.now()
    labels = [f"0–{limits[0] - 1}", *(f"{a}–{b - 1}" for a, b in pairwise(limits)), f"{limits[-1]}+"]
    found = []
    for name, sql in AGES.items():
        sums: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
        with connection.cursor() as cursor:
            statement = f"SELECT unit, extract(day FROM %s - since)::int, sum(amount)::bigint, count(*) FROM ({sql}) AS aged (unit, since, amount) GROUP BY 1, 2"
            cursor.execute(statement, [now])
            for unit, days, amount, count in cursor.fetchall():
                band = sums[unit][band_of(days or 0, limits)]
                band[0] += amount
                band[1] += count
        for unit, bands in sorted(sums.items()):
            found.append(AgeTable(name, unit, [(label, *bands[place]) for place, label in enumerate(labels)]))
    return found
