"""The statement: every entry of a party's money, with its cause in plain words."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hirehall.kernel.money import format_money, plain_amount
from hirehall.money.ledger.entries import EntryList, Filter, Line
from hirehall.money.payments.policy import main_unit
from hirehall.people.accounts.actors import Actor

# What a reader can choose, and the ledger's codes behind it.
GROUPS = {
    "earnings": (gettext_lazy("Earnings"), ("release", "cleared")),
    "fees": (gettext_lazy("Fees"), ("service_fee", "withdrawal_fee", "withdrawal_fee_back")),
    "withdrawals": (
        gettext_lazy("Withdrawals"),
        ("withdrawal", "withdrawal_failed", "withdrawal_returned", "withdrawal_undone", "withdrawal_refused"),
    ),
    "payments": (gettext_lazy("Payments by card"), ("charge", "escrow_payment", "connects_payment", "membership_payment")),
    "refunds": (gettext_lazy("Refunds"), ("escrow_return", "refund", "refund_failed", "release_back", "service_fee_back")),
}
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


def list_rows_for(actor: Actor, wanted: Filter = Filter(), unit: str = "") -> "Rows":
    """The party's statement in a unit (the main one), newest first, read page by page."""
    return Rows(EntryList(str(actor.party_id), unit or main_unit(), wanted))


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
        title=_title(line),
        why=_why(line),
        contract_id=str(line.memo.get("contract", "")),
        change=line.change,
        moved=0 if line.change else line.amount,
        balance_after=line.balance_after,
        unit=line.unit,
        ref=line.ref,
    )


def _title(line: Line) -> str:
    memo, method = line.memo, line.memo.get("method", _("your card"))
    if line.code == "release":
        return _("Earned") if line.target == "pending" else _("Paid to the freelancer")
    if line.code == "service_fee":
        return _("Service fee of %(rate)s %%") % {"rate": percent(memo.get("basis_points", 0))}
    if line.code == "release_back":
        return _("Given back by the freelancer") if line.change > 0 else _("Given back to the client")
    if line.code == "connects_payment":
        return _("Bought %(count)s Connects") % {"count": memo.get("connects", "")}
    if line.code == "membership_payment":
        return _("Membership %(plan)s") % {"plan": memo.get("plan", "")}
    if line.code == "conversion_out":
        return _("Converted to %(other)s") % {"other": format_money(memo.get("to_minor", 0), memo.get("unit_to", ""))}
    if line.code == "conversion_in":
        return _("Converted from %(other)s") % {"other": format_money(memo.get("from_minor", 0), memo.get("unit_from", ""))}
    plain = {
        "cleared": _("Became available"),
        "charge": _("Paid with %(method)s"),
        "escrow_payment": _("Put into escrow"),
        "escrow_return": _("Returned from escrow"),
        "refund": _("Sent back to %(method)s"),
        "service_fee_back": _("Service fee of what was given back"),
        "refund_failed": _("%(method)s could not take the money back"),
        "withdrawal": _("Withdrawn to %(method)s"),
        "withdrawal_fee": _("Fee of the withdrawal"),
        "withdrawal_failed": _("Withdrawal to %(method)s failed, money returned"),
        "withdrawal_fee_back": _("Fee of the withdrawal returned"),
        "withdrawal_returned": _("Sent back by the bank from %(method)s"),
        "withdrawal_undone": _("Withdrawal to %(method)s taken back"),
        "withdrawal_refused": _("Withdrawal to %(method)s refused after a review, money returned"),
        "adjustment": _("Put right by hand"),
    }
    return plain.get(line.code, line.code) % {"method": method}


def _why(line: Line) -> str:
    memo = line.memo
    parts = []
    if line.code == "service_fee":
        gross = format_money(memo.get("of_minor", 0), line.unit)
        parts.append(_("of %(earned)s earned; the fee that the contract was made under") % {"earned": gross})
    if line.code in ("conversion_out", "conversion_in"):
        rate = {name: memo.get(name, "") for name in ("unit_from", "rate", "unit_to")}
        parts.append(_("at 1 %(unit_from)s = %(rate)s %(unit_to)s") % rate)
        margin = {"rate": percent(memo.get("basis_points", 0)), "amount": format_money(memo.get("margin_minor", 0), memo.get("unit_to", ""))}
        parts.append(_("margin of %(rate)s %%: %(amount)s") % margin)
    if line.code == "cleared":
        parts.append(_("the security days are over"))
    if memo.get("from") and memo.get("until"):
        parts.append(_("the month from %(from)s to %(until)s") % {"from": memo["from"], "until": memo["until"]})
    if line.code == "adjustment":
        parts.append(str(memo.get("reason", "")))
    if memo.get("milestone"):
        parts.append(_("milestone “%(title)s”") % {"title": memo["milestone"]})
    if memo.get("contract_title"):
        parts.append(_("contract “%(title)s”") % {"title": memo["contract_title"]})
    earned = line.target == "pending" or line.source == "pending"
    other = memo.get("client_name") if earned else memo.get("freelancer_name")
    if other:
        parts.append(_("with %(name)s") % {"name": other})
    return ", ".join(parts)


def percent(basis_points: int) -> str:
    """Basis points as per cent, without noughts at the end: 0.5."""
    whole, rest = divmod(basis_points, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") if rest else str(whole)


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


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else text
