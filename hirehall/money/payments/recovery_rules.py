"""Money that did not come, or was taken back by a bank: when it is asked for again, and what is owed. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from hirehall.kernel.errors import Refused
from hirehall.kernel.money import format_money

REFERENCE_MAX, REASON_MAX = 80, 500


class DebtState(StrEnum):
    OPEN = "open"
    PAID = "paid"


@dataclass(frozen=True)
class RecoveryPolicy:
    """The table [recovery] of policy.toml."""

    retry_days: tuple[int, ...]
    ageing_days: tuple[int, ...]

    def __post_init__(self) -> None:
        for name in ("retry_days", "ageing_days"):
            days = list(getattr(self, name))
            if not days or days[0] < 1 or days != sorted(set(days)):
                raise ValueError(f"{name}: whole days, each once, the smallest first.")


def next_try_at(first_failed_at: datetime, now: datetime, retry_days: tuple[int, ...]) -> datetime | None:
    """When a failed payment is tried again; None when all tries are used. A try that was missed is not made up for.

    >>> start = datetime(2026, 3, 1)
    >>> next_try_at(start, start + timedelta(days=3), (3, 7))
    datetime.datetime(2026, 3, 8, 0, 0)
    """
    planned = (first_failed_at + timedelta(days=days) for days in retry_days)
    return next((moment for moment in planned if moment > now), None)


def part_in_escrow(held: int, own: int, newer: int) -> int:
    """What of one charge still lies in its escrow, which holds `held` in all.

    Work is paid from the oldest charge first, as money goes back to the newest first: so what is left belongs to the
    `newer` charges, then to this one, of which `own` was not given back.

    >>> part_in_escrow(held=120, own=100, newer=50)
    70
    """
    return max(0, min(own, held - newer))


def why_not_new_work(owes: int, unit: str, *, is_debtor: bool) -> Refused | None:
    """Who owes hires and funds nothing new; the other side learns only that payment waits."""
    if not owes:
        return None
    if is_debtor:
        owed = format_money(owes, unit)
        return Refused("payment:owes", "You owe %(owed)s for work that was paid for you. Pay it on the page of your debts first.", values={"owed": owed})
    return Refused("payment:waits", "The client's payment waits. Do not begin work that is not funded.")


def why_not_pay(state: str, *, is_charging: bool) -> Refused | None:
    """The reason why a debt cannot be paid by card now."""
    if state == DebtState.PAID:
        return Refused("debt:paid", "This is paid already.")
    if is_charging:
        return Refused("debt:charging", "A payment for this is on its way; wait for its result.")
    return None


def why_not_transfer(amount: int, left: int, reference: str, reason: str, unit: str) -> Refused | None:
    """The reason why a bank transfer cannot be written down as it was typed."""
    if not 0 < len(reference) <= REFERENCE_MAX:
        return Refused("debt:reference", "Type the reference that the bank's statement shows.", field="reference")
    if not 0 < len(reason) <= REASON_MAX:
        return Refused("debt:reason", "Say what you saw and where, for whoever checks the books.", field="reason")
    if amount <= 0:
        return Refused("debt:nothing", "Type the amount that arrived.", field="amount")
    if amount > left:
        return Refused("debt:too_much", "Only %(left)s is owed here.", values={"left": format_money(left, unit)}, field="amount")
    return None


def step_of(days: int, steps: tuple[int, ...]) -> int:
    """Into which step of age a debt falls: 0 is the youngest.

    >>> [step_of(days, (30, 60, 90)) for days in (0, 30, 31, 91)]
    [0, 0, 1, 3]
    """
    return sum(days > step for step in steps)
