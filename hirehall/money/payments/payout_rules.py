"""Withdrawals, decided: whose name an account must bear, what waits and what is held, when a schedule runs. Pure.

A hold keeps a withdrawal that looks like theft until a person has looked at it, or its deadline has passed; it keeps
rule, inputs and reason, so that its owner can answer and anybody can recompute it.
"""

import calendar
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from hirehall.kernel.errors import Refused
from hirehall.kernel.money import format_money, share_half_up

BANK, WALLET, CARD = "bank", "wallet", "card"
TAX_FORM = "tax_form"  # what a withdrawal can wait for


class Rhythm(StrEnum):
    """How often a party's balance is sent by itself."""

    BY_HAND = "by_hand"
    NIGHTLY = "nightly"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


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
class WithdrawalsPolicy:
    """The table [withdrawals] of policy.toml."""

    undo_minutes: int
    batch_undo_hours: int
    weekly_day: int
    monthly_day: int
    card_fee_basis_points: int
    arrival_days: dict[str, int]
    stop_link_days: int
    change_days: int
    large_minor: int
    new_account_days: int
    all_minor: int
    hold_days: int
    text_max: int
    tax_forms: dict[str, str]
    tax_form_elsewhere: str

    def __post_init__(self) -> None:
        if not (1 <= self.weekly_day <= 7 and 1 <= self.monthly_day <= 28):
            raise ValueError("weekly_day is 1 (Monday) to 7, monthly_day 1 to 28.")
        if set(self.arrival_days) != {BANK, WALLET, CARD}:
            raise ValueError("arrival_days has bank, wallet and card.")

    def tax_form(self, country: str) -> str:
        """The form that people of a country sign."""
        return self.tax_forms.get(country, self.tax_form_elsewhere)


# Letters that no accent can be taken from, as banks write them.
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})


def words_of_name(name: str) -> set[str]:
    """The words of a name without case, accents and signs.

    >>> sorted(words_of_name("  O'BRIEN-Müller, Zoë "))
    ['muller', 'obrien', 'zoe']
    """
    bare = unicodedata.normalize("NFKD", name.casefold().translate(_PLAIN))
    # Only the accents of Latin, Greek and Cyrillic: the vowel signs of other scripts are letters.
    kept = re.sub("[\u0300-\u036f'’`.]", "", bare)
    return set(filter(None, re.split(r"[\s,;:/()_\-–]+", kept)))


def names_match(one: str, other: str) -> bool:
    """True when two names can be the same person's: in any order, with or without a middle name or "Ltd".

    >>> names_match("Obi, ADA Maria", "Ada Obi"), names_match("Ada Roy", "Ada Obi")
    (True, False)
    """
    fewer, more = sorted((words_of_name(one), words_of_name(other)), key=len)
    return fewer == more or (len(fewer) >= 2 and fewer <= more)


def why_not_holder(holder_name: str, verified_name: str) -> Refused | None:
    """Money goes to the person who earned it, and to nobody else."""
    if names_match(holder_name, verified_name):
        return None
    sentence = (
        f"This account is held by {holder_name.strip()}, and your name here is {verified_name}. "
        "Use an account of your own; if your name is written wrongly here, correct it in your settings."
    )
    return Refused("payout:name", sentence, field="holder_name")


def fee_of(kind: str, amount: int, flat_fee: int, numbers: WithdrawalsPolicy) -> int:
    """What a withdrawal costs: a share to a card, the flat fee of the method elsewhere."""
    return share_half_up(max(amount, 0), numbers.card_fee_basis_points) if kind == CARD else flat_fee


def next_run(rhythm: str, today: date, numbers: WithdrawalsPolicy) -> date | None:
    """The next day, after today, on which a schedule runs; None when there is none.

    A week's run is on policy's weekday and a month's on policy's day of the month.
    """
    if rhythm == Rhythm.BY_HAND:
        return None
    if rhythm == Rhythm.NIGHTLY:
        return today + timedelta(days=1)
    if rhythm == Rhythm.WEEKLY:
        return today + timedelta(days=(numbers.weekly_day - today.isoweekday() - 1) % 7 + 1)
    month_long = calendar.monthrange(today.year, today.month)[1]
    in_this_month = today.replace(day=numbers.monthly_day)
    return in_this_month if in_this_month > today else in_this_month + timedelta(days=month_long)


def why_not_schedule(rhythm: str, least: int, floor: int, unit: str) -> Refused | None:
    """The reason why money cannot be sent in this rhythm."""
    if rhythm not in set(Rhythm):
        return Refused("schedule:rhythm", "Choose by hand, every night, every week or every month.", field="rhythm")
    if least < floor:
        return Refused("schedule:least", f"A withdrawal has at least {format_money(floor, unit)}.", field="least")
    return None


@dataclass(frozen=True)
class HoldFacts:
    """What is known when a withdrawal is asked for."""

    amount: int
    unit: str
    available: int
    now: datetime
    opened_at: datetime
    method_added_at: datetime
    password_changed_at: datetime | None
    paid_since: datetime | None  # when the last large withdrawal that arrived was asked for: a small one proves nothing

    @property
    def changed_at(self) -> datetime:
        """The last change that a thief would have had to make."""
        return max(filter(None, (self.method_added_at, self.password_changed_at)))


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
        limit=inputs.get("limit_minor"),
        changed=inputs.get("changed", ""),
        days=inputs.get("days"),
        **moments,
    )


def find_hold(facts: HoldFacts, numbers: WithdrawalsPolicy) -> Found | None:
    """The rule that holds a withdrawal, or None; `numbers` are those of its unit."""
    amount = format_money(facts.amount, facts.unit)
    inputs = {"amount_minor": facts.amount, "unit": facts.unit, "method_added_at": facts.method_added_at.isoformat()}
    fresh = timedelta(days=numbers.change_days)
    large = numbers.large_minor
    proved = facts.paid_since is not None and facts.paid_since > facts.changed_at
    if facts.amount >= large and facts.now - facts.changed_at < fresh and not proved:
        what = "password" if facts.changed_at == facts.password_changed_at else "account for withdrawals"
        inputs |= {
            "limit_minor": large,
            "changed": what,
            "changed_at": facts.changed_at.isoformat(),
            "days": numbers.change_days,
        }
        reason = f"{amount} is a large amount, and your {what} was changed less than {numbers.change_days} days before."
        return Found(HoldRule.LARGE_AFTER_CHANGE, inputs, reason)
    least = numbers.all_minor
    is_new = facts.now - facts.opened_at < timedelta(days=numbers.new_account_days)
    takes_all = facts.amount == facts.available and facts.now - facts.method_added_at < fresh
    if facts.amount >= least and is_new and takes_all:
        inputs |= {"limit_minor": least, "opened_at": facts.opened_at.isoformat(), "days": numbers.new_account_days}
        reason = f"{amount} is all that this new account has, and it goes to a method that was just added."
        return Found(HoldRule.NEW_ACCOUNT_TAKES_ALL, inputs, reason)
    return None


def why_not_text(text: str, most: int, code: str, field: str) -> Refused | None:
    """An appeal and a reason say something, and not a book."""
    if len(text.strip()) < 10:
        return Refused(f"{code}_missing", "Write a sentence that says why.", field=field)
    if len(text) > most:
        return Refused(f"{code}_long", f"Write at most {most} characters.", field=field)
    return None


_NUMBER = re.compile(r"[A-Z0-9][A-Z0-9 ./\-]{2,28}[A-Z0-9]", re.ASCII)


def why_not_tax_form(
    *, name: str, verified_name: str, country: str, number: str, agrees: bool, known: Mapping[str, str]
) -> Refused | None:
    """What is wrong with a tax form as typed; `known` are the countries."""
    if not names_match(name, verified_name):
        return Refused("tax:name", f"Sign with your own name as it stands here: {verified_name}.", field="name")
    if country not in known:
        return Refused("tax:country", "Choose the country in which you pay taxes.", field="country")
    figures = re.sub(r"\D", "", number)
    if not _NUMBER.fullmatch(number) or (country == "US" and len(figures) != 9):
        return Refused("tax:number", "Type your tax number as your tax office writes it.", field="number")
    if not agrees:
        return Refused(
            "tax:declaration", "Confirm that what you say is true; without it the form is not signed.", field="agrees"
        )
    return None
