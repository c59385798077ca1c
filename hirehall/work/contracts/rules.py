"""Offers, contracts and milestones: their states, who may move them, and what their terms may hold. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from hirehall.kernel.errors import Refused
from hirehall.people.screening.rules import why_not_send


class OfferState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class ContractState(StrEnum):
    ACTIVE = "active"
    CLOSING = "closing"
    ENDED = "ended"


class MilestoneState(StrEnum):
    PROPOSED = "proposed"
    FUNDING = "funding"
    FUNDED = "funded"
    SUBMITTED = "submitted"
    CHANGES_ASKED = "changes_asked"
    APPROVED = "approved"
    CANCELLED = "cancelled"


class AmendmentState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class BonusState(StrEnum):
    CHARGING = "charging"
    PAID = "paid"
    FAILED = "failed"


class ExpenseState(StrEnum):
    CLAIMED = "claimed"
    CHARGING = "charging"
    PAID = "paid"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class RepaymentState(StrEnum):
    OPEN = "open"
    DONE = "done"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


# Milestones in which escrow waits for work or its review.
HOLDING = frozenset({MilestoneState.FUNDED, MilestoneState.SUBMITTED, MilestoneState.CHANGES_ASKED})
# what -> the states from which it can be done.
MOVES: dict[str, frozenset[MilestoneState]] = {
    "fund": frozenset({MilestoneState.PROPOSED}),
    "submit": frozenset({MilestoneState.FUNDED, MilestoneState.CHANGES_ASKED}),
    "ask_changes": frozenset({MilestoneState.SUBMITTED}),
    "approve": HOLDING,
    "amend": frozenset({MilestoneState.PROPOSED, *HOLDING}),
}


@dataclass(frozen=True)
class ContractsPolicy:
    """The table [contracts] of policy.toml."""

    offer_days: int
    changes_an_hour: int
    review_days: int
    reasons_words_max: int
    refund_answer_days: int
    closure_days: int
    milestones_max: int
    milestone_floor_minor: int
    price_ceiling_minor: int
    title_max: int
    text_max: int
    revisions_max: int
    files_max: int


@dataclass(frozen=True)
class MilestoneTerms:
    """One milestone of an offer; the amount in minor units."""

    title: str
    amount_minor: int
    due_on: date | None = None


@dataclass(frozen=True)
class OfferTerms:
    """What one side puts to the other."""

    title: str
    scope: str
    milestones: tuple[MilestoneTerms, ...]
    deliverables: str = ""
    revisions: int = 2

    @property
    def total_minor(self) -> int:
        return sum(each.amount_minor for each in self.milestones)

    def as_json(self) -> dict:
        """The terms as they are stored and compared."""
        parts = [[m.title, m.amount_minor, m.due_on.isoformat() if m.due_on else None] for m in self.milestones]
        return {
            "title": self.title, "scope": self.scope, "deliverables": self.deliverables, "revisions": self.revisions,
            "milestones": parts,
        }  # fmt: skip


def terms_from(stored: dict) -> OfferTerms:
    """The opposite of as_json."""
    parts = tuple(MilestoneTerms(t, a, date.fromisoformat(d) if d else None) for t, a, d in stored["milestones"])
    return OfferTerms(stored["title"], stored["scope"], parts, stored["deliverables"], stored["revisions"])


def why_not_terms(terms: OfferTerms, numbers: ContractsPolicy, *, started: bool = False) -> Refused | None:
    """The reason against terms, in the order of the form."""
    if not terms.title.strip():
        return Refused("offer:no_title", "Name the work.", field="title")
    if len(terms.title) > numbers.title_max:
        return Refused("offer:title_long", "A title has at most %(most)s characters.", values={"most": numbers.title_max}, field="title")
    if not terms.scope.strip():
        return Refused("offer:no_scope", "Say what is in the scope, so that both know what is agreed.", field="scope")
    for field, text in (("scope", terms.scope), ("deliverables", terms.deliverables)):
        if len(text) > numbers.text_max:
            return Refused("offer:text_long", "This text has at most %(most)s characters.", values={"most": numbers.text_max}, field=field)
        refusal = why_not_send(text, contract_started=started, field=field)
        if refusal:
            return refusal
    if not 0 <= terms.revisions <= numbers.revisions_max:
        return Refused("offer:revisions", "Agree on 0 to %(most)s rounds of changes.", values={"most": numbers.revisions_max}, field="revisions")
    if not terms.milestones:
        return Refused("offer:no_milestone", "An offer needs at least one milestone.", field="milestones")
    if len(terms.milestones) > numbers.milestones_max:
        return Refused("offer:milestones_many", "At most %(most)s milestones.", values={"most": numbers.milestones_max}, field="milestones")
    for each in terms.milestones:
        refusal = why_not_milestone(each, numbers)
        if refusal:
            return refusal
    return None


def why_not_milestone(terms: MilestoneTerms, numbers: ContractsPolicy) -> Refused | None:
    """The reason against one milestone."""
    if not terms.title.strip():
        return Refused("milestone:no_title", "Say what the milestone delivers.", field="milestones")
    if len(terms.title) > numbers.title_max:
        return Refused("milestone:title_long", "A title has at most %(most)s characters.", values={"most": numbers.title_max}, field="milestones")
    if terms.amount_minor < numbers.milestone_floor_minor:
        return Refused("milestone:low", "That is below the least price of this market.", field="milestones")
    if terms.amount_minor > numbers.price_ceiling_minor:
        return Refused("milestone:high", "That is more than a milestone here can cost.", field="milestones")
    return None


def only_for(side: str) -> Refused:
    """What the other side is told."""
    if side == "client":
        return Refused("contract:other_side", "Only the client can do this.")
    return Refused("contract:other_side", "Only the freelancer can do this.")


def why_not_hire(proposal_state: str) -> Refused | None:
    """An offer on a proposal stands on it: not when it was taken back or declined, and not a second time."""
    if proposal_state in ("withdrawn", "declined", "hired"):
        return Refused("offer:proposal_over", "This proposal is over; make a new offer straight to the freelancer.")
    return None


def why_not_answer(state: str, expires_at: datetime, now: datetime) -> Refused | None:
    """The reason why an offer can't be answered any more."""
    if state != OfferState.OPEN:
        return Refused("offer:closed", "This offer is no longer open; it can't be answered any more.")
    if now >= expires_at:
        return Refused("offer:expired", "This offer has expired; ask for a new one.")
    return None


def why_not_move(what: str, milestone_state: str, contract_state: str) -> Refused | None:
    """The reason why a milestone can't be moved now."""
    if contract_state == ContractState.ENDED:
        return Refused("contract:ended", "This contract has ended.")
    if contract_state == ContractState.CLOSING and what != "approve":
        return Refused("contract:closing", "This contract is being closed.")
    if MilestoneState(milestone_state) not in MOVES[what]:
        if what == "submit" and milestone_state in (MilestoneState.PROPOSED, MilestoneState.FUNDING):
            return Refused("milestone:unfunded", "Wait until this milestone is funded; unfunded work is not protected.")
        return Refused("milestone:state", "That can't be done with this milestone as it stands now.")
    return None


def why_not_fund(milestone_state: str, contract_state: str, missing: int) -> Refused | None:
    """A milestone is paid in once; what a later rise of its price left open can be paid in while it runs."""
    if missing and milestone_state in HOLDING and contract_state == ContractState.ACTIVE:
        return None
    return why_not_move("fund", milestone_state, contract_state)


def why_not_amend(milestone_state: str, contract_state: str, asked: int) -> Refused | None:
    """Nothing is changed below a payment that is on its way."""
    if asked and milestone_state in HOLDING:
        return Refused("milestone:charging", "A payment for this milestone is on its way; wait for its result.")
    return why_not_move("amend", milestone_state, contract_state)


def why_not_work(missing: int, in_escrow: int, *, is_failing: bool) -> Refused | None:
    """No work is handed in on what is not paid in: its pay would not be protected."""
    if not missing:
        return None
    if is_failing:
        return Refused("contract:paused", "The client's payment waits, so this contract is paused. It goes on by itself once that is paid.")
    if not in_escrow:
        return Refused("milestone:unfunded", "Wait until this milestone is funded; unfunded work is not protected.")
    return None


def why_not_while_contested(contested: int | bool) -> Refused | None:
    """Nothing is changed while a bank decides to whom the money belongs."""
    if contested:
        return Refused("milestone:contested", "A bank disputes a payment for this milestone; wait for its decision.")
    return None


def why_not_approve_all(contract_state: str, missing: int, asked: int) -> Refused | None:
    """Approving the whole takes the whole price; a part can be released at any time, and everything at the end."""
    if contract_state != ContractState.ACTIVE or not missing:
        return None
    if asked:
        return Refused("milestone:charging", "A part of the price is still being charged; wait for it, or release a part.")
    return Refused("milestone:not_paid_in", "A part of the price is not paid in; pay it in first, or release a part.")


def why_not_held(held_by: str) -> Refused | None:
    """What is disputed moves by agreement or decision in the dispute, and by nothing else."""
    if held_by:
        return Refused("contract:in_dispute", "What waits here is held in a dispute; agree there how it is split.")
    return None


def fill(total: int, rooms: Sequence[int]) -> list[int]:
    """Spread an amount over rooms, each filled before the next; the parts sum to the amount.

    >>> fill(70, [50, 0, 40])
    [50, 0, 20]
    """
    if not 0 <= total <= sum(rooms):
        raise ValueError("An amount is spread over rooms that can hold it.")
    parts, left = [], total
    for room in rooms:
        parts.append(min(room, left))
        left -= parts[-1]
    return parts


def why_not_reasons(reasons: str, numbers: ContractsPolicy) -> Refused | None:
    """Asking for changes takes one word at least and not more than people read."""
    words = len(reasons.split())
    if words == 0:
        return Refused("milestone:no_reasons", "Say what has to change.", field="reasons")
    if words > numbers.reasons_words_max:
        return Refused("milestone:reasons_long", "At most %(most)s words.", values={"most": numbers.reasons_words_max}, field="reasons")
    return None


def why_not_release(amount: int, left: int) -> Refused | None:
    """A release takes something, and never more than the escrow of the milestone holds."""
    if amount <= 0:
        return Refused("milestone:release_nothing", "Type the amount that you release.", field="amount")
    if amount > left:
        return Refused("milestone:release_much", "That is more than waits in this milestone.", field="amount")
    return None


def review_due(now: datetime, numbers: ContractsPolicy) -> datetime:
    """When submitted work is released by itself."""
    return now + timedelta(days=numbers.review_days)
