"""What each code of the ledger means to the holder of the money: one line a code.

A title may name words of the entry's memo. A code that does not stand here is shown by its own name, so nothing is
ever missing from a statement.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from hirehall.kernel.money import format_money
from hirehall.money.ledger.entries import Line

GROUPS = {
    "earnings": _("Earnings"),
    "fees": _("Fees and taxes"),
    "withdrawals": _("Withdrawals"),
    "payments": _("Payments"),
    "refunds": _("Refunds"),
    "disputed": _("Disputed by a bank, and owed"),
    "conversions": _("Conversions"),
    "other": _("Other"),
}


@dataclass(frozen=True)
class Cause:
    """What a code means: its group, its title, others for whom the money comes to and where a rate is known, and a reason."""

    group: str
    title: str
    incoming: str = ""
    rated: str = ""
    why: str = ""


OF = _("of %(of)s")
# By which rule a contract's fee was fixed when it began.
FEE_RULES = {
    "direct": _("the rate for a client whom the freelancer brought"),
    "sliding": _("the rate that the work for this client had reached"),
}
FLAT = _("the fee that the contract was made under")
CONVERTED = _("at 1 %(unit_from)s = %(quoted)s %(unit_to)s, margin of %(rate)s %%: %(margin)s")
CAUSES: dict[str, Cause] = {
    "release": Cause("earnings", _("Paid to the freelancer"), _("Earned")),
    "bonus": Cause("earnings", _("Bonus paid"), _("Bonus earned")),
    "expense": Cause("earnings", _("Expense paid back"), _("Expense paid back to you")),
    "cleared": Cause("earnings", _("Became available"), why=_("the security days are over")),
    "service_fee": Cause(
        "fees",
        _("Service fee of %(rate)s %%"),
        why=_("of %(of)s earned; %(rule)s"),
    ),
    "service_fee_back": Cause("fees", _("Service fee of what was given back"), rated=_("Service fee of %(rate)s %% returned"), why=OF),
    "vat_on_fee": Cause("fees", _("VAT on the fee"), rated=_("VAT of %(rate)s %% on a fee"), why=OF),
    "vat_on_fee_back": Cause("fees", _("VAT on the fee returned"), rated=_("VAT of %(rate)s %% on a fee returned"), why=OF),
    "client_fee": Cause("fees", _("Payment fee"), rated=_("Payment fee of %(rate)s %%"), why=OF),
    "client_fee_back": Cause("fees", _("Payment fee returned"), rated=_("Payment fee of %(rate)s %% returned"), why=OF),
    "initiation_fee": Cause("fees", _("One-time fee of the contract")),
    "initiation_fee_back": Cause("fees", _("One-time fee of the contract returned")),
    "withdrawal_fee": Cause("fees", _("Fee of the withdrawal")),
    "withdrawal_fee_back": Cause("fees", _("Fee of the withdrawal returned")),
    "withdrawal": Cause("withdrawals", _("Withdrawn to %(method)s")),
    "withdrawal_failed": Cause("withdrawals", _("Withdrawal to %(method)s failed, money returned")),
    "withdrawal_returned": Cause("withdrawals", _("Sent back by the bank from %(method)s")),
    "withdrawal_undone": Cause("withdrawals", _("Withdrawal to %(method)s taken back")),
    "withdrawal_refused": Cause("withdrawals", _("Withdrawal to %(method)s refused after a review, money returned")),
    "charge": Cause("payments", _("Paid with %(method)s")),
    "escrow_payment": Cause("payments", _("Put into escrow")),
    "connects_payment": Cause("payments", _("Bought %(connects)s Connects")),
    "membership_payment": Cause("payments", _("Membership %(plan)s")),
    "bonus_payment": Cause("payments", _("Bonus paid")),
    "escrow_return": Cause("refunds", _("Returned from escrow")),
    "release_back": Cause("refunds", _("Given back to the client"), _("Given back by the freelancer")),
    "release_refund": Cause("refunds", _("Given back to the client"), _("Given back by the freelancer")),
    "refund": Cause("refunds", _("Sent back to %(method)s")),
    "refund_failed": Cause("refunds", _("%(method)s could not take the money back")),
    "contested": Cause("disputed", _("Set aside: your bank disputes a payment with %(method)s")),
    "contest_won": Cause("disputed", _("Back in escrow: your bank let the payment with %(method)s stand")),
    "chargeback": Cause("disputed", _("Taken back by the bank of %(method)s")),
    "guarantee": Cause("disputed", _("Paid for you by the market; you owe it")),
    "debt_payment": Cause("disputed", _("Paid what you owed")),
    "bank_transfer": Cause("disputed", _("Your bank transfer arrived")),
    "conversion_out": Cause("conversions", _("Converted to %(into)s"), why=CONVERTED),
    "conversion_in": Cause("conversions", _("Converted from %(out_of)s"), why=CONVERTED),
    "adjustment": Cause("other", _("Put right by hand")),
}


def codes_of(group: str) -> tuple[str, ...]:
    """The ledger's codes of a group; those of "other" only as far as they stand in the table."""
    return tuple(code for code, cause in CAUSES.items() if cause.group == group)


def _amount(memo: dict[str, Any], minor: str, unit: str) -> str:
    return format_money(memo[minor], memo[unit], reader_locale()) if minor in memo and unit in memo else ""


# Words that are made of what an entry has; only of those that a title does name, since a file may have very many lines.
_MADE: dict[str, Callable[[dict[str, Any], str], str]] = {
    "method": lambda memo, unit: memo.get("method") or gettext("your card"),
    "rate": lambda memo, unit: percent(memo.get("basis_points", 0)),
    "rule": lambda memo, unit: str(FEE_RULES.get(memo.get("fee_rule", ""), FLAT)),
    "of": lambda memo, unit: format_money(memo.get("of_minor", 0), unit, reader_locale()),
    "quoted": lambda memo, unit: str(memo.get("rate", "")),
    "into": lambda memo, unit: _amount(memo, "to_minor", "unit_to"),
    "out_of": lambda memo, unit: _amount(memo, "from_minor", "unit_from"),
    "margin": lambda memo, unit: _amount(memo, "margin_minor", "unit_to"),
}


@dataclass(frozen=True)
class _Words:
    """The words that a title may name; one that an entry does not have stays empty."""

    memo: dict[str, Any]
    unit: str

    def __getitem__(self, name: str) -> str | int:
        if name in _MADE:
            return _MADE[name](self.memo, self.unit)
        value = self.memo.get(name, "")
        return value if isinstance(value, str | int) else ""


def title(code: str, memo: dict[str, Any], unit: str, *, comes: bool = False) -> str:
    """What happened, in a few words; `comes` when the money came to whoever reads it."""
    cause = CAUSES.get(code)
    if cause is None:
        return str(memo.get("title") or code.replace("_", " ").capitalize())
    plain = cause.rated if cause.rated and "basis_points" in memo else cause.title
    return str(cause.incoming if comes and cause.incoming else plain) % _Words(memo, unit)


def about(code: str, memo: dict[str, Any], unit: str) -> list[str]:
    """Why it happened: the reason, the milestone, the contract, the time that was paid for."""
    cause = CAUSES.get(code)
    known = cause and cause.why and ("of_minor" in memo or "%(of)s" not in str(cause.why))
    parts = [str(cause.why) % _Words(memo, unit)] if cause and known else []
    if memo.get("milestone"):
        parts.append(gettext("milestone “%(title)s”") % {"title": memo["milestone"]})
    if memo.get("contract_title"):
        parts.append(gettext("contract “%(title)s”") % {"title": memo["contract_title"]})
    if memo.get("from") and memo.get("until"):
        parts.append(gettext("the month from %(from)s to %(until)s") % {"from": memo["from"], "until": memo["until"]})
    return parts


def title_of(line: Line) -> str:
    """The title of an entry as its holder reads it."""
    comes = line.change > 0 or (line.change == 0 and line.target == "pending")
    return title(line.code, line.memo, line.unit, comes=comes)


def why_of(line: Line) -> str:
    """The reasons of an entry, with the other side's name."""
    memo, parts = line.memo, about(line.code, line.memo, line.unit)
    earned = "pending" in (line.source, line.target) or (line.code == "release_refund" and line.change < 0)
    other = memo.get("client_name") if earned else memo.get("freelancer_name")
    if other:
        parts.append(gettext("with %(name)s") % {"name": other})
    if isinstance(memo.get("reason"), str) and memo["reason"]:
        parts.append(memo["reason"])
    return ", ".join(parts)


def reader_locale() -> str:
    """How whoever reads this writes amounts and dates; plain English in its American form."""
    language = (get_language() or "en").replace("-", "_")
    return "en_US" if language == "en" else language


def percent(basis_points: int) -> str:
    """Basis points as people write a rate: 10, 10.5."""
    whole, rest = divmod(basis_points, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") if rest else str(whole)
