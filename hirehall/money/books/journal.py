"""The journal for accountants: every transfer of a period as CSV, and as beancount text with its balances asserted.

Users' money stands in control accounts, one for each kind; the party, the contract and the reference are with each
transaction. Both are streamed, so a file may hold any number of transfers.
"""

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from hirehall.kernel.money import plain_amount
from hirehall.money.books import balances
from hirehall.money.payments.statement import harmless

# Our kinds as accounts of a book-keeper. In beancount what we have is positive and what we owe negative, so that every
# balance of the ledger, in which the outside world is negative, changes its sign.
ACCOUNTS = {
    "gateway": "Assets:Gateway",
    "available": "Liabilities:Users:Available",
    "pending": "Liabilities:Users:Pending",
    "escrow": "Liabilities:Users:Escrow",
    "contested": "Liabilities:Users:Contested",
    "payout": "Liabilities:Users:Payouts",
    "refund": "Liabilities:Users:Refunds",
    "fee": "Income:Fees",
    "sales": "Income:Connects",
    "tax": "Liabilities:Tax",
    "guarantee": "Equity:Guarantee",
    "bank": "Assets:Bank",
    "exchange": "Equity:Exchange",
    "adjustment": "Equity:Adjustments",
    "issue": "Equity:Connects:Issued",
    "connects": "Liabilities:Connects",
    "used": "Equity:Connects:Used",
    "expired": "Equity:Connects:Expired",
}
HEADINGS = ("Date", "Number", "Reference", "Entry", "From", "From party", "To", "To party", "Amount", "Unit", "Reason", "Contract")
LINES = """
SELECT t.id, t.at, t.ref, t.code, s.kind, s.owner_id, g.kind, g.owner_id, t.amount, t.unit, t.memo
  FROM ledger_transfer t JOIN ledger_account s ON s.id = t.source_id JOIN ledger_account g ON g.id = t.target_id
 WHERE t.at >= %s AND t.at < %s ORDER BY (t.at AT TIME ZONE 'UTC')::date, t.id
"""


@dataclass(frozen=True)
class Line:
    """One transfer as a book-keeper reads it."""

    id: int
    at: datetime
    ref: str
    code: str
    source: str
    source_owner: str
    target: str
    target_owner: str
    amount: int
    unit: str
    memo: dict

    @property
    def why(self) -> str:
        words = [self.memo.get(key) for key in ("reason", "contract_title", "milestone", "method")]
        return ", ".join(str(word) for word in words if word)


def list_lines(since: date, until: date) -> Iterator[Line]:
    """Every transfer of the days from `since` to `until`, both with them, streamed in the order of the days."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(LINES, [balances.start_of(since), balances.start_of(until + balances.ONE_DAY)])
        for row in cursor:
            yield Line(*row[:10], row[10] if isinstance(row[10], dict) else json.loads(row[10]))


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def table_lines(headings: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Any table as CSV that no spreadsheet takes for formulas; amounts come as text already."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(headings)
    for row in rows:
        yield writer.writerow([cell if _is_figure(cell) else harmless(str(cell)) for cell in row])


def _is_figure(cell: object) -> bool:
    """A negative amount begins with a minus and is no formula."""
    return str(cell).lstrip("-").replace(".", "", 1).isdigit()


def csv_lines(since: date, until: date) -> Iterator[str]:
    """The journal as CSV."""
    rows = (
        (
            line.at.isoformat(timespec="seconds"), line.id, line.ref, line.code, line.source, line.source_owner, line.target,
            line.target_owner, plain_amount(line.amount, line.unit), line.unit, line.why, line.memo.get("contract", ""),
        )
        for line in list_lines(since, until)
    )  # fmt: skip
    return table_lines(HEADINGS, rows)


def beancount_lines(since: date, until: date) -> Iterator[str]:
    """The journal as beancount text: opening balances, every transfer, and the balance of each account at the end."""
    opening = _closing(since - balances.ONE_DAY)
    closing = _closing(until)
    accounts = sorted({ACCOUNTS[kind] for _, kind in {*opening, *closing}} | {ACCOUNTS[turn.kind] for turn in balances.list_turns(since, until)})
    yield 'option "title" "Journal of the market"\n'
    for unit in sorted({unit for unit, _ in {*opening, *closing}}):
        yield f"{since} commodity {unit}\n"
    for account in accounts:
        yield f"{since} open {account}\n"
    for unit in sorted({unit for unit, _ in opening}):
        yield f'\n{since} * "Opening balances" "{unit}"\n'
        for (of, kind), amount in sorted(opening.items()):
            if of == unit and amount:
                yield f"  {ACCOUNTS[kind]}  {plain_amount(-amount, unit)} {unit}\n"
    for line in list_lines(since, until):
        yield from _transaction(line)
    yield "\n"
    for (unit, kind), amount in sorted(closing.items()):
        # A balance is asserted at the beginning of its day, and exactly: without the tolerance of half a cent.
        zero = plain_amount(0, unit)
        yield f"{until + balances.ONE_DAY} balance {ACCOUNTS[kind]}  {plain_amount(-amount, unit)} ~ {zero} {unit}\n"


def _closing(day: date) -> dict[tuple[str, str], int]:
    return {(part.unit, line.kind): line.closing for part in balances.trial_balance_on(day) for line in part.lines}


def _transaction(line: Line) -> Iterator[str]:
    day, amount = line.at.astimezone(balances.UTC).date(), plain_amount(line.amount, line.unit)
    yield f"\n{day} * {_text(line.code)} {_text(line.why)}\n  ref: {_text(line.ref)}\n"
    if line.memo.get("contract"):
        yield f"  contract: {_text(str(line.memo['contract']))}\n"
    # The source loses: what we owe it becomes less, or what the world holds for us becomes more.
    for kind, owner, figure in ((line.source, line.source_owner, amount), (line.target, line.target_owner, f"-{amount}")):
        yield f"  {ACCOUNTS[kind]}  {figure} {line.unit}\n"
        if owner:
            yield f"    owner: {_text(owner)}\n"


def _text(text: str) -> str:
    """A text of beancount: quotes and backslashes are marked, and it stays on its line."""
    plain = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'
