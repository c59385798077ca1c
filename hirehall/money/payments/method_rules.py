"""Cards that clients pay with, decided: when their owners are told of the end, and what a removed one leaves. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hirehall.kernel.errors import Refused
from hirehall.money.payments.rules import MethodState


@dataclass(frozen=True)
class MethodsPolicy:
    """The table [methods] of policy.toml."""

    notice_days: tuple[int, ...]
    confirm_days: int
    look_after_hours: int

    def __post_init__(self) -> None:
        if not self.notice_days or list(self.notice_days) != sorted(set(self.notice_days), reverse=True):
            raise ValueError("notice_days: days before the end, each once, the largest first.")


def due_notice(expires_on: date, today: date, told_days: int | None, notice_days: tuple[int, ...]) -> int | None:
    """Which notice of its end a card's owner gets today, as the number of days; None when there is nothing to tell.

    A card that is added shortly before its end brings one notice, not all that were missed; none comes twice.

    >>> due_notice(date(2026, 3, 31), date(2026, 3, 24), 30, (30, 7, 0))
    7
    """
    left = (expires_on - today).days
    reached = [days for days in notice_days if left <= days]
    if left < 0 or not reached:
        return None
    nearest = min(reached)
    return nearest if told_days is None or nearest < told_days else None


def last_day_told(today: date, notice_days: tuple[int, ...]) -> date:
    """Cards whose last day is later than this have no notice due."""
    return today + timedelta(days=max(notice_days))


def has_expired(expires_on: date, today: date) -> bool:
    """A card is good on its last day."""
    return expires_on < today


def confirm_until(asked_at: datetime, numbers: MethodsPolicy) -> datetime:
    """Until when a payment waits for its owner's word at the bank."""
    return asked_at + timedelta(days=numbers.confirm_days)


def why_not_charge_state(state: str | None) -> Refused | None:
    """The reason why a card in this state cannot be charged, told so that its owner knows what to do."""
    if state == MethodState.EXPIRED:
        return Refused("payment:expired", "Your card has expired. Replace it, then this can be paid.")
    return None


def why_not_typed_here(has_own_form: bool) -> Refused | None:
    """Where the payment company has a form of its own, no card number may come to our server."""
    if has_own_form:
        return Refused("card:own_form", "Cards are typed into the payment company's own form.")
    return None
