"""Withdrawals, decided: whose name an account must bear, what they cost, when a schedule runs, the tax form. Pure."""

import calendar
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from hirehall.kernel.errors import Refused
from hirehall.kernel.money import format_money, share_half_up

BANK, WALLET, CARD = "bank", "wallet", "card"
TAX_FORM = "tax_form"  # what a withdrawal can wait for


class Rhythm(StrEnum):
    """How often a party's balance is sent by itself."""

    BY_HAND = "by_hand"
    NIGHTLY = "nightly"
    WEEKLY = "weekly"
    TWICE_A_MONTH = "twice_a_month"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


QUARTERS = (1, 4, 7, 10)  # the months in which a quarter's run is


@dataclass(frozen=True)
class WithdrawalsPolicy:
    """The table [withdrawals] of policy.toml."""

    undo_minutes: int
    batch_undo_hours: int
    weekly_day: int
    monthly_day: int
    second_day: int
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
        if not (1 <= self.weekly_day <= 7 and 1 <= self.monthly_day < self.second_day <= 28):
            raise ValueError("weekly_day is 1 (Monday) to 7, monthly_day and then second_day 1 to 28.")
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
    return Refused(
        "payout:name",
        "This account is held by %(holder)s, and your name here is %(name)s. "
        "Use an account of your own; if your name is written wrongly here, correct it in your settings.",
        values={"holder": holder_name.strip(), "name": verified_name},
        field="holder_name",
    )


def fee_of(kind: str, amount: int, flat_fee: int, numbers: WithdrawalsPolicy) -> int:
    """What a withdrawal costs: a share to a card, the flat fee of the method elsewhere."""
    return share_half_up(max(amount, 0), numbers.card_fee_basis_points) if kind == CARD else flat_fee


def next_run(rhythm: str, today: date, numbers: WithdrawalsPolicy) -> date | None:
    """The next day, after today, on which a schedule runs; None when there is none.

    A week's run is on policy's weekday and a month's on policy's day of the month; a quarter's on that day of its
    first month; twice a month there is policy's second day too.
    """
    if rhythm == Rhythm.BY_HAND:
        return None
    if rhythm == Rhythm.NIGHTLY:
        return today + timedelta(days=1)
    if rhythm == Rhythm.WEEKLY:
        return today + timedelta(days=(numbers.weekly_day - today.isoweekday() - 1) % 7 + 1)
    days = [numbers.monthly_day, numbers.second_day] if rhythm == Rhythm.TWICE_A_MONTH else [numbers.monthly_day]
    months = QUARTERS if rhythm == Rhythm.QUARTERLY else range(1, 13)
    first = today.replace(day=1)
    while True:
        later = [first.replace(day=day) for day in days if first.month in months and first.replace(day=day) > today]
        if later:
            return later[0]
        first += timedelta(days=calendar.monthrange(first.year, first.month)[1])


def why_not_schedule(rhythm: str, least: int, floor: int, unit: str) -> Refused | None:
    """The reason why money cannot be sent in this rhythm."""
    if rhythm not in set(Rhythm):
        sentence = "Choose by hand, every night, every week, twice a month, every month or every quarter."
        return Refused("schedule:rhythm", sentence, field="rhythm")
    if least < floor:
        return Refused("schedule:least", "A withdrawal has at least %(least)s.", values={"least": format_money(floor, unit)}, field="least")
    return None


_NUMBER = re.compile(r"[A-Z0-9][A-Z0-9 ./\-]{2,28}[A-Z0-9]", re.ASCII)


def why_not_tax_form(
    *, name: str, verified_name: str, country: str, number: str, agrees: bool, known: Mapping[str, str]
) -> Refused | None:
    """What is wrong with a tax form as typed; `known` are the countries."""
    if not names_match(name, verified_name):
        return Refused("tax:name", "Sign with your own name as it stands here: %(name)s.", values={"name": verified_name}, field="name")
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
