"""What documents say, in the reader's language: titles, headings, notes, and amounts and days in the reader's way."""

from datetime import date, datetime
from typing import Any

from babel import Locale
from babel.dates import format_date
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hirehall.kernel.money import format_money
from hirehall.money.documents.rules import Kind
from hirehall.money.payments import causes
from hirehall.money.payments.causes import reader_locale

KINDS = {
    Kind.INVOICE: _("Invoice"),
    Kind.FEE_INVOICE: _("Invoice for fees"),
    Kind.RECEIPT: _("Receipt"),
    Kind.CREDIT_NOTE: _("Credit note"),
    Kind.WITHDRAWAL: _("Confirmation of a withdrawal"),
}
# How a line is called on a document where the statement's title would not fit.
LINES = {
    "release": _("Work that was accepted"),
    "refund_paid": _("Paid back to %(method)s"),
    "payout_paid": _("Paid out to %(method)s"),
    "escrow_payment": _("Payment into escrow"),
}
COLUMNS = {
    "earned": _("Earned"),
    "payments": _("Paid in, and purchases"),
    "paid": _("Paid to freelancers"),
    "fees": _("Fees"),
    "tax": _("VAT"),
    "refunds": _("Refunds"),
    "withdrawals": _("Withdrawals"),
    "other": _("Other"),
}


def money(amount: int, unit: str) -> str:
    return format_money(amount, unit, reader_locale())


def day(moment: date | datetime | str) -> str:
    """A day in full; moments as facts keep them are read in UTC, so that a document says the same to everybody."""
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    return format_date(moment, "long", locale=reader_locale())


def month(year: int, number: int, pattern: str = "LLLL y") -> str:
    return format_date(date(year, number, 1), pattern, locale=reader_locale())


def country(code: str) -> str:
    return Locale.parse(reader_locale()).territories.get(code, code) if code else ""


def line_title(line: dict[str, Any], unit: str) -> str:
    """What a line of a document is for."""
    said = LINES.get(line["code"])
    if said is None:
        return causes.title(line["code"], line["memo"], unit)
    return str(said) % {"method": line["memo"].get("method") or gettext("the card")}


def line_about(line: dict[str, Any], unit: str) -> str:
    return ", ".join(causes.about(line["code"], line["memo"], unit))


def notes(kind: str, facts: dict[str, Any]) -> list[str]:
    """What must be said below the amounts."""
    said = []
    if facts["by"]:
        given = {"market": facts["by"]["name"], "issuer": facts["issuer"]["name"]}
        said.append(gettext("Self-billed: written by %(market)s in the name and on behalf of %(issuer)s.") % given)
    if facts["corrects"]:
        said.append(gettext("It corrects %(label)s.") % {"label": facts["corrects"]["label"]})
    if facts["reverse_charge"]:
        said.append(gettext("Reverse charge: the recipient owes the VAT."))
    if facts["kept"]:
        said.append(gettext("What is not listed stayed in the balance of the account."))
    if kind in (Kind.INVOICE, Kind.FEE_INVOICE):
        said.append(gettext("It is paid; nothing is left to do."))
    return said
