"""Which withdrawals a person looks at before they leave, decided. Pure.

A hold keeps a withdrawal that looks like theft until a person has looked at it, or its deadline has passed; it keeps
rule, inputs and reason, so that its owner can answer and anybody can recompute it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from hirehall.kernel.errors import Refused
from hirehall.kernel.money import format_money
from hirehall.money.payments.payout_rules import WithdrawalsPolicy


class HoldRule(StrEnum):
    """Why a withdrawal is looked at by a person before it leaves."""

    LARGE_AFTER_CHANGE = "large_after_change"
    NEW_ACCOUNT_TAKES_ALL = "new_account_takes_all"
    BY_STAFF = "by_staff"


class HoldOutcome(StrEnum):
    OPEN = "open"
    RELEASED = "released"
    REFUSED = "refused"
    UNDONE = "undone"  # its owner took the withdrawal back
    EXPIRED = "expired"  # nobody decided in time: the money goes


@dataclass(frozen=True)
class HoldFacts:
    """What is known when a withdrawal is asked for."""

    amount: int
    unit: str
    available: int
    asked_at: datetime
    opened_at: datetime
    method_added_at: datetime
    password_changed_at: datetime | None
    paid_since: datetime | None  # when the last large withdrawal that arrived was asked for: a small one proves nothing
    sent_since: int = 0  # asked for since the last change, so that many small ones count as the large one that they are

    @property
    def changed_at(self) -> datetime:
        """The last change that a thief would have had to make."""
        return last_change(self.method_added_at, self.password_changed_at)

    @property
    def total(self) -> int:
        return self.amount + self.sent_since


def last_change(method_added_at: datetime, password_changed_at: datetime | None) -> datetime:
    """When the method or the password was changed last."""
    return max(filter(None, (method_added_at, password_changed_at)))


@dataclass(frozen=True)
class Found:
    """A rule that holds a withdrawal, with what it looked at and the sentence for its owner."""

    rule: HoldRule
    inputs: dict[str, Any]
    reason: str


@dataclass(frozen=True)
class LookedAt:
    """What a hold keeps of its inputs, read again for people; what its rule did not look at is None."""

    unit: str
    amount: int
    sent_since: int
    limit: int | None
    changed: str
    changed_at: datetime | None
    method_added_at: datetime | None
    opened_at: datetime | None
    days: int | None


def read_inputs(inputs: Mapping[str, Any]) -> LookedAt:
    """The inputs as a hold keeps them, with their moments as moments.

    >>> read_inputs({"amount_minor": 5, "unit": "USD"}).amount
    5
    """
    moments = {
        name: datetime.fromisoformat(inputs[name]) if name in inputs else None
        for name in ("changed_at", "method_added_at", "opened_at")
    }
    return LookedAt(
        unit=inputs["unit"],
        amount=inputs["amount_minor"],
        sent_since=inputs.get("sent_since_minor", 0),
        limit=inputs.get("limit_minor"),
        changed=inputs.get("changed", ""),
        days=inputs.get("days"),
        **moments,
    )


def find_hold(facts: HoldFacts, numbers: WithdrawalsPolicy) -> Found | None:
    """The rule that holds a withdrawal, or None; `numbers` are those of its unit."""
    since_change = facts.asked_at - facts.changed_at
    proved = facts.paid_since is not None and facts.paid_since > facts.changed_at
    if facts.total >= numbers.large_minor and since_change < timedelta(days=numbers.change_days) and not proved:
        return _large_after_change(facts, numbers)
    is_new = facts.asked_at - facts.opened_at < timedelta(days=numbers.new_account_days)
    takes_all = facts.amount == facts.available
    fresh = facts.asked_at - facts.method_added_at < timedelta(days=numbers.change_days)
    if facts.total >= numbers.all_minor and is_new and takes_all and fresh:
        inputs = _inputs(facts, numbers.all_minor, numbers.new_account_days) | {"opened_at": facts.opened_at.isoformat()}
        reason = f"{_told(facts)} is all that this new account has, and it goes to a method that was just added."
        return Found(HoldRule.NEW_ACCOUNT_TAKES_ALL, inputs, reason)
    return None


def _large_after_change(facts: HoldFacts, numbers: WithdrawalsPolicy) -> Found:
    what = "password" if facts.changed_at == facts.password_changed_at else "account for withdrawals"
    inputs = _inputs(facts, numbers.large_minor, numbers.change_days)
    inputs |= {"changed": what, "changed_at": facts.changed_at.isoformat()}
    reason = f"{_told(facts)} is a large amount, and your {what} was changed less than {numbers.change_days} days before."
    return Found(HoldRule.LARGE_AFTER_CHANGE, inputs, reason)


def _inputs(facts: HoldFacts, limit: int, days: int) -> dict[str, Any]:
    """What both rules keep of what they looked at."""
    return {
        "amount_minor": facts.amount,
        "sent_since_minor": facts.sent_since,
        "unit": facts.unit,
        "limit_minor": limit,
        "days": days,
        "method_added_at": facts.method_added_at.isoformat(),
    }


def _told(facts: HoldFacts) -> str:
    amount = format_money(facts.amount, facts.unit)
    if not facts.sent_since:
        return amount
    return f"{amount} after {format_money(facts.sent_since, facts.unit)}, together {format_money(facts.total, facts.unit)},"


def why_not_text(text: str, most: int, code: str, field: str) -> Refused | None:
    """An appeal and a reason say something, and not a book."""
    if len(text.strip()) < 10:
        return Refused(f"{code}_missing", "Write a sentence that says why.", field=field)
    if len(text) > most:
        return Refused(f"{code}_long", "Write at most %(most)s characters.", values={"most": most}, field=field)
    return None
