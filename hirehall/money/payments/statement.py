"""The statement: every entry of a party's money with its cause in plain words, as page, CSV and JSON."""

import csv
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime

from hirehall.kernel.money import plain_amount
from hirehall.money.ledger.entries import EntryList, Filter, Line, balance_before
from hirehall.money.ledger.queries import held_by_kind
from hirehall.money.payments import causes
from hirehall.money.payments.policy import main_unit
from hirehall.people.accounts.actors import Actor

HEADINGS = ("Date", "What", "Why", "Contract", "Amount", "Balance", "Moved", "Unit", "Reference")


@dataclass(frozen=True)
class Row:
    """One entry as a person reads it. `moved` is what only changed its pot; `change` what came or went."""

    at: datetime
    title: str
    why: str
    contract_id: str
    change: int
    moved: int
    balance_after: int
    unit: str
    ref: str


@dataclass(frozen=True)
class Span:
    """What a party had before a period and after it."""

    since: datetime | None
    until: datetime | None
    opening: int
    closing: int
    unit: str

    @property
    def change(self) -> int:
        return self.closing - self.opening


def list_rows_for(actor: Actor, wanted: Filter = Filter(), unit: str = "") -> "Rows":
    """The party's statement in a unit, newest first, read page by page."""
    return Rows(EntryList(str(actor.party_id), unit or main_unit(), wanted))


def span_for(actor: Actor, since: datetime | None, until: datetime | None, unit: str = "") -> Span:
    """The opening and the closing balance of a period; an open end is the beginning, or now."""
    party_id, unit = str(actor.party_id), unit or main_unit()
    opening = balance_before(party_id, unit, since) if since else 0
    closing = balance_before(party_id, unit, until) if until else sum(held_by_kind(party_id, unit).values())
    return Span(since, until, opening, closing, unit)


class Rows:
    """A sequence for the paginator: explains only the lines of the page."""

    def __init__(self, entries: EntryList):
        self._entries = entries

    def __len__(self) -> int:
        return len(self._entries)

    def __getitem__(self, wanted: slice) -> list[Row]:
        return [explain(line) for line in self._entries[wanted]]

    def oldest_first(self) -> Iterator[Row]:
        return (explain(line) for line in self._entries.oldest_first())


def explain(line: Line) -> Row:
    """A ledger line in plain words."""
    return Row(
        at=line.at,
        title=causes.title_of(line),
        why=causes.why_of(line),
        contract_id=str(line.memo.get("contract", "")),
        change=line.change,
        moved=0 if line.change else line.amount,
        balance_after=line.balance_after,
        unit=line.unit,
        ref=line.ref,
    )


class _Echo:
    """A file that gives back what is written to it, so that a CSV can be streamed line by line."""

    def write(self, text: str) -> str:
        return text


def csv_lines(rows: Iterator[Row]) -> Iterator[str]:
    """The statement as CSV, for files of any length. The mark at the start lets spreadsheets read UTF-8."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(HEADINGS)
    for row in rows:
        amounts = (plain_amount(value, row.unit) for value in (row.change, row.balance_after, row.moved))
        texts = [harmless(text) for text in (row.title, row.why, row.contract_id)]
        yield writer.writerow([row.at.isoformat(timespec="seconds"), *texts, *amounts, row.unit, harmless(row.ref)])


def json_pieces(rows: Iterator[Row], span: Span) -> Iterator[str]:
    """The statement as one JSON object, streamed: the period with its balances, then every line. Minor units."""
    head = {**asdict(span), "since": _stamp(span.since), "until": _stamp(span.until)}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "lines": ['
    mark = ""
    for row in rows:
        yield mark + "\n" + json.dumps({**vars(row), "at": _stamp(row.at)}, ensure_ascii=False)
        mark = ","
    yield "\n]}\n"


def _stamp(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else text
