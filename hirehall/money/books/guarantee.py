"""The guarantee account: what is on it, what it paid in clients' place, what came back, and whether it runs low.

It is filled by an adjustment from the operator's bank account, which two of the staff agree on.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.urls import reverse

from hirehall.kernel import clock
from hirehall.kernel.money import Money
from hirehall.money.books import balances
from hirehall.money.books.policy import numbers
from hirehall.money.payments.policy import taken
from hirehall.people.notifications.actions import notify_staff
from hirehall.people.notifications.said import said

KIND = "guarantee"
# The codes under which it pays, and under which that comes back; everything else fills it or takes from it by hand.
PAID, BACK = "guarantee", "debt_payment"


@dataclass(frozen=True)
class Guarantee:
    """The account in one unit. `low` is what it should hold at least."""

    unit: str
    balance: int
    paid: int
    back: int
    filled: int
    low: int

    @property
    def left(self) -> int:
        """What is still owed to it."""
        return self.paid - self.back

    @property
    def is_low(self) -> bool:
        return self.balance < self.low


def list_guarantees() -> list[Guarantee]:
    """The account in each unit in which it ever moved."""
    came: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for turn in balances.list_turns(balances.FIRST_DAY, balances.current_day(), (KIND,)):
        came[turn.unit][turn.code] += turn.came - turn.went
    found = []
    for unit, by_code in sorted(came.items()):
        paid, back, total = -by_code[PAID], by_code[BACK], sum(by_code.values())
        found.append(Guarantee(unit, total, paid, back, total + paid - back, _least(unit)))
    return found


def _least(unit: str) -> int:
    """The policy's amount in a unit; nothing in one that the market no longer takes."""
    return taken().least_in(unit, numbers().guarantee_low_minor) if unit in taken().known else 0


def warn_if_low() -> int:
    """Tell the staff once a week of each unit in which the account runs low; returns how many were told."""
    year, week, _ = clock.now().isocalendar()
    told = 0
    for one in list_guarantees():
        if one.is_low:
            title = said("The guarantee account holds %(held)s, less than %(low)s", held=Money(one.balance, one.unit), low=Money(one.low, one.unit))
            key, body = f"guarantee:{one.unit}:{year}-{week}", said("Fill it from the bank account; two of the staff agree on it.")
            told += notify_staff("guarantee", link=reverse("books:guarantee"), key=key, title=title, body=body) is not None
    return told
