"""Silent contracts, decided: when both are told, when a contract is dormant, whose turn it is, and what it ends in. Pure.

A step never comes without the one before it, and never sooner after it than the policy's days lie apart: a market
that stood still for a month announces first and acts a week later.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from hirehall.kernel.errors import Refused


class Turn(StrEnum):
    """Who decides about a dormant contract now; after the last turn the house does what was announced."""

    CLIENT = "client"
    FREELANCER = "freelancer"
    RELEASE = "release"  # the freelancer asked for the escrow; the client can still choose


class EscrowTo(StrEnum):
    CLIENT = "client"
    FREELANCER = "freelancer"


class CloseState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class DormancyPolicy:
    """The table [dormancy] of policy.toml."""

    notice_days: tuple[int, ...]
    dormant_days: int
    client_days: int
    freelancer_days: int
    release_days: int

    def __post_init__(self) -> None:
        days = [*self.notice_days, self.dormant_days]
        if len(days) < 2 or days[0] < 1 or days != sorted(set(days)):
            raise ValueError("notice_days: days of silence, each once, the smallest first, all before dormant_days.")

    @property
    def first_days(self) -> int:
        return self.notice_days[0]


def next_step(told_days: int, numbers: DormancyPolicy) -> int:
    """The next day of silence on which something happens; 0 stands for a contract that nothing was told of.

    >>> next_step(76, DormancyPolicy((76, 83), 90, 7, 7, 14))
    83
    """
    return next((day for day in numbers.notice_days if day > told_days), numbers.dormant_days)


def is_step_due(silent_since: datetime, told_days: int, told_at: datetime | None, now: datetime, numbers: DormancyPolicy) -> bool:
    """True when the next step may be taken."""
    step = next_step(told_days, numbers)
    if now < silent_since + timedelta(days=step):
        return False
    return told_at is None or now >= told_at + timedelta(days=step - told_days)


def days_of(turn: str, numbers: DormancyPolicy) -> int:
    """How long a turn lasts."""
    return {Turn.CLIENT: numbers.client_days, Turn.FREELANCER: numbers.freelancer_days, Turn.RELEASE: numbers.release_days}[Turn(turn)]


def why_not_choose(turn: str, side: str, wanted_side: str) -> Refused | None:
    """The client chooses at any time while a contract is dormant; the freelancer when its turn has come."""
    if side != wanted_side:
        return Refused("contract:other_side", f"Only the {wanted_side} can do this.")
    if not turn:
        return Refused("contract:not_dormant", "This contract is not dormant.")
    if side == "freelancer" and turn != Turn.FREELANCER:
        if turn == Turn.RELEASE:
            return Refused("contract:release_asked", "You have asked for what waits in escrow; the client decides until the day shown.")
        return Refused("contract:client_first", "The client chooses first; your turn comes on the day shown.")
    return None


def why_not_release(in_escrow: int) -> Refused | None:
    if in_escrow <= 0:
        return Refused("contract:no_escrow", "Nothing waits in escrow here.")
    return None


def why_not_close(contract_state: str, contested: int, asked: int) -> Refused | None:
    """Closing by consent needs a contract that runs, and money that is where it seems to be."""
    if contract_state != "active":
        return Refused("contract:ended", "This contract has ended or is being closed.")
    if contested:
        return Refused("milestone:contested", "A bank disputes a payment for this milestone; wait for its decision.")
    if asked:
        return Refused("milestone:charging", "A payment for a milestone is on its way; wait for its result.")
    return None


def why_not_answer(state: str, proposed_escrow: int, escrow: int, *, is_own: bool, accept: bool) -> Refused | None:
    """What was proposed is accepted as it was shown: with other money in escrow it is another proposal."""
    if state != CloseState.OPEN:
        return Refused("closing:answered", "This was decided already.")
    if is_own and accept:
        return Refused("closing:own", "This is your own proposal; the other side decides.")
    if accept and escrow != proposed_escrow:
        return Refused("closing:changed", "What waits in escrow has changed since this was proposed; propose it anew.")
    return None
