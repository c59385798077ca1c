"""The books, decided: what a finding is, who may put money right by hand, and how old money is. Pure.

Four eyes: one of the staff proposes an adjustment, another one, whom it does not concern either, approves it.

>>> band_of(40, (7, 30, 90))
2
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from hirehall.kernel.errors import Refused
from hirehall.kernel.money import LARGEST_MINOR
from hirehall.kernel.units import CONNECT, is_unit


class FindingState(StrEnum):
    OPEN = "open"
    EXPLAINED = "explained"
    CLEARED = "cleared"  # the next check no longer found it


class AdjustmentState(StrEnum):
    PROPOSED = "proposed"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"  # by whoever proposed it
    EXPIRED = "expired"


PARTY = "party"
# Between which accounts money may be moved by hand. `party` is what a party can withdraw; escrow, earnings that wait
# and Connects have rows of their own beside the ledger and are changed only by their own actions.
SIDES = (PARTY, "fee", "sales", "tax", "guarantee", "bank", "gateway", "adjustment")


@dataclass(frozen=True)
class BooksPolicy:
    """The table [books] of policy.toml."""

    adjustment_days: int
    reason_min: int
    reason_max: int
    evidence_max: int
    grace_hours: int
    reconcile_days: int
    age_bands_days: tuple[int, ...]
    guarantee_low_minor: int
    stale_hours: int
    csv_days_max: int


@dataclass(frozen=True)
class Mismatch:
    """Two records of the same money that do not agree. `sentence` says it in words where the figures do not."""

    check: str
    kind: str
    account: str
    unit: str
    expected: str
    found: str
    sentence: str = ""

    @property
    def line(self) -> str:
        """The finding as `hirehall check books` prints it."""
        unit = f" {self.unit}" if self.unit else ""
        return f"{self.check}: {self.account}{unit}: expected {self.expected}, found {self.found}"

    @property
    def about(self) -> tuple[str, str, str, str]:
        return (self.check, self.kind, self.account, self.unit)


@dataclass(frozen=True)
class Side:
    """One side of an adjustment: a party, or an account of the market's own."""

    account: str
    party_id: str = ""


@dataclass(frozen=True)
class Terms:
    """What is moved from where to where, and why."""

    source: Side
    target: Side
    amount: int
    unit: str
    reason: str
    evidence: str = ""


def why_not_reason(reason: str, numbers: BooksPolicy) -> Refused | None:
    """Nothing by hand without a reason that somebody understands later."""
    if not numbers.reason_min <= len(reason.strip()) <= numbers.reason_max:
        asked = {"least": numbers.reason_min, "most": numbers.reason_max}
        return Refused("books:reason", "Say why, in %(least)s to %(most)s characters.", values=asked, field="reason")
    return None


def why_not_propose(terms: Terms, seats: Collection[str], numbers: BooksPolicy) -> Refused | None:
    """The reason why an adjustment cannot be proposed; `seats` are the parties that the proposer belongs to."""
    for field, side in (("source", terms.source), ("target", terms.target)):
        if side.account not in SIDES:
            return Refused("adjustment:account", "Money cannot be put right by hand in this account.", field=field)
        if bool(side.party_id) != (side.account == PARTY):
            return Refused("adjustment:party", "Name a party where the account is a party's, and only there.", field=f"{field}_party")
    if terms.source == terms.target:
        return Refused("adjustment:sides", "The two sides must differ.", field="target")
    if terms.unit == CONNECT or not is_unit(terms.unit):
        return Refused("adjustment:unit", "Choose a currency; Connects are given and returned by their own rules.", field="unit")
    if not 0 < terms.amount <= LARGEST_MINOR:
        return Refused("adjustment:amount", "Type an amount of more than nothing.", field="amount")
    if len(terms.evidence) > numbers.evidence_max:
        return Refused("adjustment:evidence", "At most %(most)s characters.", values={"most": numbers.evidence_max}, field="evidence")
    return why_not_reason(terms.reason, numbers) or why_concerned(terms.source, terms.target, seats)


def why_concerned(source: Side, target: Side, seats: Collection[str]) -> Refused | None:
    """Nobody moves money of a party that they belong to."""
    if {source.party_id, target.party_id} & set(seats):
        return Refused("adjustment:concerned", "It concerns an account of your own; leave it to others of the staff.")
    return None


def why_not_decide(state: str, *, is_proposer: bool, is_over: bool) -> Refused | None:
    """The reason why somebody of the staff cannot approve or decline."""
    if state != AdjustmentState.PROPOSED:
        return Refused("adjustment:decided", "This adjustment is over: it was approved, declined, withdrawn or has expired.")
    if is_over:
        return Refused("adjustment:expired", "The time to decide is over; propose it anew if it is still right.")
    if is_proposer:
        return Refused("adjustment:four_eyes", "You proposed it; another person has to look at it.")
    return None


def why_not_withdraw(state: str, *, is_proposer: bool) -> Refused | None:
    """The reason why a proposal cannot be taken back."""
    if state != AdjustmentState.PROPOSED:
        return Refused("adjustment:decided", "This adjustment is over: it was approved, declined, withdrawn or has expired.")
    if not is_proposer:
        return Refused("adjustment:not_yours", "Only who proposed it can take it back; you can decline it.")
    return None


def band_of(days: int, limits: tuple[int, ...]) -> int:
    """Which age band a number of days falls into: 0 is the youngest."""
    return sum(days >= limit for limit in limits)
