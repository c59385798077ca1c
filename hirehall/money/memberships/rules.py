"""Memberships, decided: the plans, when a month ends, when a failed charge is tried again, who may choose what. Pure."""

import calendar
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from hirehall.kernel.errors import Refused


class State(StrEnum):
    """How a paid plan stands. There is no row of the free plan: it is what everybody has without one."""

    STARTING = "starting"  # its first month is being charged
    ACTIVE = "active"
    RENEWING = "renewing"  # the next month is being charged; the perks go on
    PAST_DUE = "past_due"  # the charge failed and is tried again; the perks go on
    ENDED = "ended"


class MonthState(StrEnum):
    ASKED = "asked"
    PAID = "paid"
    FAILED = "failed"


RUNNING = frozenset({State.ACTIVE, State.RENEWING, State.PAST_DUE})
ALIVE = RUNNING | {State.STARTING}

# What a plan can give, and the words for it. What is not built yet does not stand here.
PERKS = frozenset({"no_direct_fee"})


@dataclass(frozen=True)
class Plan:
    """One plan: for whom, at what price a month, and what it gives."""

    code: str
    kind: str
    name: str
    price_minor: int
    monthly_connects: int
    perks: tuple[str, ...]

    @property
    def is_free(self) -> bool:
        return self.price_minor == 0

    @property
    def is_offered(self) -> bool:
        """Nothing is sold that gives nothing yet."""
        return self.is_free or bool(self.perks or self.monthly_connects)


@dataclass(frozen=True)
class MembershipsPolicy:
    """The table [memberships] of policy.toml."""

    unit: str
    retry_days: tuple[int, ...]
    plans: tuple[Plan, ...]

    def __post_init__(self):
        if len({plan.code for plan in self.plans}) != len(self.plans):
            raise ValueError("two plans have the same code.")
        if list(self.retry_days) != sorted(set(self.retry_days)):
            raise ValueError("retry_days must rise.")
        for kind in {plan.kind for plan in self.plans}:
            if sum(plan.is_free for plan in self.plans if plan.kind == kind) != 1:
                raise ValueError(f"there must be one free plan for every {kind}.")
        unknown = sorted({perk for plan in self.plans for perk in plan.perks} - PERKS)
        if unknown:
            raise ValueError(f"no plan can give {unknown[0]!r}.")


def plans_of(kind: str, numbers: MembershipsPolicy) -> list[Plan]:
    """The plans of one kind of party, the free one first."""
    return sorted((plan for plan in numbers.plans if plan.kind == kind), key=lambda plan: plan.price_minor)


def find_plan(code: str, numbers: MembershipsPolicy) -> Plan | None:
    return next((plan for plan in numbers.plans if plan.code == code), None)


def month_end(anchor: datetime, months: int) -> datetime:
    """The moment so many months after the first charge, on the same day; 29 to 31 become a short month's last day.

    Always counted from the first charge, so that the 31st comes back after February.

    >>> month_end(datetime(2026, 1, 31), 1), month_end(datetime(2026, 1, 31), 2)
    (datetime.datetime(2026, 2, 28, 0, 0), datetime.datetime(2026, 3, 31, 0, 0))
    """
    year, month = divmod(anchor.year * 12 + anchor.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return anchor.replace(year=year, month=month + 1, day=min(anchor.day, last))


def next_try(due_at: datetime, failed_tries: int, numbers: MembershipsPolicy) -> datetime | None:
    """When a failed charge is tried again, in days after it was due; None when it was tried often enough."""
    if failed_tries > len(numbers.retry_days):
        return None
    return due_at + timedelta(days=numbers.retry_days[failed_tries - 1])


def get_plan(code: str, kind: str, numbers: MembershipsPolicy) -> Plan:
    """A plan that this kind of party can have."""
    found = find_plan(code, numbers)
    if found is None or found.kind != kind:
        raise Refused("membership:no_plan", "There is no such plan for this kind of account.", field="plan")
    return found


def why_not_choose(plan: Plan, current: str, state: str | None) -> Refused | None:
    """The reason why a party cannot take a plan now."""
    if plan.is_free:
        return Refused("membership:free", "The free plan needs no order; end the paid one instead.", field="plan")
    if not plan.is_offered:
        return Refused("membership:not_offered", "This plan is not on sale yet: what it gives is still being built.", field="plan")
    if state == State.STARTING:
        return Refused("membership:starting", "Your plan is being paid for; wait for the result.")
    if state in RUNNING and current == plan.code:
        return Refused("membership:same", "This is the plan that you have.", field="plan")
    return None


def why_not_end(state: str | None, ends: bool) -> Refused | None:
    """The reason why a plan cannot be ended with its month."""
    if state not in RUNNING:
        return Refused("membership:none", "You have no paid plan.")
    if ends:
        return Refused("membership:ending", "Your plan ends with this month already.")
    return None


def why_not_resume(state: str | None, ends: bool) -> Refused | None:
    if state not in RUNNING or not ends:
        return Refused("membership:not_ending", "Your plan is not about to end.")
    return None


def why_not_pay(state: str | None, _ends: bool) -> Refused | None:
    if state != State.PAST_DUE:
        return Refused("membership:nothing_due", "Nothing is due.")
    return None
