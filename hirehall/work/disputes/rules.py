"""Disputes, decided: who may do what until when, and how money in dispute is split to the last cent. Pure.

Two pots can be disputed. Escrow that still waits is held and moves by agreement or decision; released money can only be
asked back by the client, and goes back from the freelancer's balance when that is agreed or decided. The claimant says how
much of each they want; the rest of the escrow is not disputed and moves at once, and so does what the answer gives.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from hirehall.kernel.errors import Refused
from hirehall.kernel.money import format_money

CLIENT, FREELANCER, MEDIATOR = "client", "freelancer", "mediator"
SIDES = (CLIENT, FREELANCER)


class DisputeState(StrEnum):
    CLAIMED = "claimed"  # the other side has to answer
    EVIDENCE = "evidence"  # both add what they have
    MEDIATION = "mediation"  # the mediator looks at it and proposes
    PROPOSED = "proposed"  # both say yes or no to the proposal
    DECIDING = "deciding"  # no agreement: the operator decides
    DECIDED = "decided"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"


class SolutionState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    REPLACED = "replaced"
    LAPSED = "lapsed"


class How(StrEnum):
    """How a dispute ended."""

    NO_ANSWER = "no_answer"
    CONCEDED = "conceded"
    AGREEMENT = "agreement"
    PROPOSAL = "proposal"
    DECISION = "decision"
    WITHDRAWN = "withdrawn"


State = DisputeState
OPEN_STATES = (State.CLAIMED, State.EVIDENCE, State.MEDIATION, State.PROPOSED, State.DECIDING)
# what -> the states in which it can be done.
MOVES: dict[str, frozenset[DisputeState]] = {
    "answer": frozenset({State.CLAIMED}),
    "add_evidence": frozenset({State.CLAIMED, State.EVIDENCE}),
    "finish_evidence": frozenset({State.EVIDENCE}),
    "propose": frozenset({State.MEDIATION, State.DECIDING}),
    "settle": frozenset(OPEN_STATES),
    "withdraw": frozenset(OPEN_STATES),
    "decide": frozenset({State.DECIDING}),
}
TOO_SOON = {
    "decide": "It is decided when a proposal was not accepted by both, or when the mediation is over.",
    "propose": "A proposal is made after the evidence is in.",
}


@dataclass(frozen=True)
class DisputesPolicy:
    """The table [disputes] of policy.toml."""

    open_days: int
    answer_days: int
    evidence_days: int
    proposal_days: int
    proposal_answer_days: int
    mediation_days: int
    decision_days: int
    remind_hours: int
    text_max: int
    files_max: int
    statements_max: int


@dataclass(frozen=True)
class Ground:
    """What a contract gives to dispute: amounts in minor units, and since when it can be."""

    unit: str
    escrow_minor: int
    released_minor: int
    refused_at: datetime | None
    closing: bool
    ended_at: datetime | None

    def open_until(self, numbers: DisputesPolicy) -> datetime | None:
        """The last moment; None before anything can be disputed, and while an end has not come yet."""
        since = self.ended_at or (self.refused_at if self.escrow_minor else None)
        return since + timedelta(days=numbers.open_days) if since else None

    def for_side(self, side: str) -> tuple[int, int]:
        """(escrow, released) that a side can ask for: what was released only the client asks back."""
        return self.escrow_minor, self.released_minor if side == CLIENT else 0


@dataclass(frozen=True)
class Claim:
    """What a side wants of each pot for itself."""

    escrow_minor: int
    refund_minor: int = 0


@dataclass(frozen=True)
class Split:
    """How what is disputed is split: this much of the escrow to the freelancer, the rest back; this much of the released back."""

    to_freelancer_minor: int
    refund_minor: int = 0


def why_not_open(side: str, ground: Ground, now: datetime, numbers: DisputesPolicy) -> Refused | None:
    """The reason why a side can't open a dispute now."""
    escrow, released = ground.for_side(side)
    if not ground.closing and ground.ended_at is None:
        return Refused("dispute:too_early", "A dispute can be opened when the contract has been ended.")
    if ground.escrow_minor and ground.refused_at is None:
        return Refused("dispute:too_early", "A dispute can be opened when the return of what waits was asked for and refused.")
    if not escrow and not released:
        return Refused("dispute:nothing", "There is no money here that you could ask for.")
    until = ground.open_until(numbers)
    if until and now >= until:
        return Refused("dispute:late", "A dispute can be opened for %(days)s days; they are over.", values={"days": numbers.open_days})
    return None


def why_not_claim(side: str, claim: Claim, ground: Ground) -> Refused | None:
    """A claim asks for something, and for no more than there is."""
    escrow, released = ground.for_side(side)
    if not 0 <= claim.escrow_minor <= escrow:
        most = format_money(escrow, ground.unit)
        return Refused("dispute:claim_escrow", "You can ask for up to %(most)s of the escrow.", values={"most": most}, field="escrow")
    if not 0 <= claim.refund_minor <= released:
        most = format_money(released, ground.unit)
        return Refused("dispute:claim_refund", "You can ask for up to %(most)s of the released money.", values={"most": most}, field="refund")
    if not claim.escrow_minor and not claim.refund_minor:
        return Refused("dispute:claim_nothing", "Say how much you ask for.", field="escrow" if escrow else "refund")
    return None


def why_not_give(given: Claim, claim: Claim) -> Refused | None:
    """An answer gives nothing, a part or all of the claim."""
    if not 0 <= given.escrow_minor <= claim.escrow_minor:
        return Refused("dispute:give_escrow", "You can give up to what is asked for.", field="escrow")
    if not 0 <= given.refund_minor <= claim.refund_minor:
        return Refused("dispute:give_refund", "You can give back up to what is asked for.", field="refund")
    return None


def why_not_split(split: Split, escrow: int, refund: int) -> Refused | None:
    """Any split, inside what is disputed."""
    if not 0 <= split.to_freelancer_minor <= escrow:
        return Refused("dispute:split_escrow", "That is more than is in dispute.", field="to_freelancer")
    if not 0 <= split.refund_minor <= refund:
        return Refused("dispute:split_refund", "That is more than is asked back.", field="refund")
    return None


def why_not_move(what: str, state: str) -> Refused | None:
    """The reason why something can't be done in this state."""
    if state not in OPEN_STATES:
        return Refused("dispute:over", "This dispute is over; nothing changes any more.")
    if DisputeState(state) not in MOVES[what]:
        words = TOO_SOON.get(what, "The dispute has gone on; that can't be done any more.")
        return Refused("dispute:state", words)
    return None


def why_not_in_time(due_at: datetime | None, now: datetime) -> Refused | None:
    """A deadline is over at its moment, whether or not the timer has come by."""
    if due_at and now >= due_at:
        return Refused("dispute:time_over", "The time for this is over.")
    return None


def why_not_again(side: str, before: list[tuple[str, str]]) -> Refused | None:
    """One dispute at a time; a decision or agreement is final, and what was taken back stays so. `before`: (state, claimant)."""
    for state, claimant in before:
        if state in OPEN_STATES:
            return Refused("dispute:open", "There is a dispute about this contract already.")
        if state in (State.DECIDED, State.SETTLED):
            return Refused("dispute:final", "The dispute about this contract has ended; its outcome is final.")
        if claimant == side:
            return Refused("dispute:taken_back", "You have taken your claim back; it can't be made again.")
    return None


def why_not_text(text: str, numbers: DisputesPolicy, field: str = "text") -> Refused | None:
    """Reasons are given in words that somebody can read in an evening."""
    if not text.strip():
        return Refused("dispute:no_text", "Say why, in your own words.", field=field)
    if len(text) > numbers.text_max:
        return Refused("dispute:text_long", "At most %(most)s characters.", values={"most": numbers.text_max}, field=field)
    return None


def why_not_judge(concerned: bool) -> Refused | None:
    """Nobody mediates or decides a case of their own."""
    if concerned:
        return Refused("dispute:own_case", "You have a seat in one of the two accounts; somebody else takes this case.")
    return None


def why_not_propose_now(now: datetime, mediation_ends_at: datetime, numbers: DisputesPolicy) -> Refused | None:
    """A proposal leaves both sides their days before the mediation is over."""
    if proposal_answers_due(now, numbers) > mediation_ends_at:
        return Refused("dispute:mediation_over", "There is no time left for both to answer; it has to be decided.")
    return None


def proposal_answers_due(now: datetime, numbers: DisputesPolicy) -> datetime:
    return now + timedelta(days=numbers.proposal_answer_days)


def other_side(side: str) -> str:
    return FREELANCER if side == CLIENT else CLIENT


def split_for(winner: str, escrow: int, refund: int) -> Split:
    """All that is disputed for one side.

    >>> split_for("client", 5000, 700)
    Split(to_freelancer_minor=0, refund_minor=700)
    """
    return Split(escrow, 0) if winner == FREELANCER else Split(0, refund)


def won_by(split: Split, escrow: int, refund: int) -> str:
    """Who got all that was disputed: client, freelancer, or split."""
    for side in SIDES:
        if split == split_for(side, escrow, refund):
            return side
    return "split"


def part_of_refund(*, net: int, fee: int, net_done: int, available: int) -> tuple[int, int]:
    """(net, fee) of a refund that can be taken now: the fee comes back in step, and all of it with the last cent.

    >>> part_of_refund(net=900, fee=100, net_done=0, available=450)
    (450, 50)
    >>> part_of_refund(net=900, fee=100, net_done=450, available=10_000)
    (450, 50)
    """
    now = max(0, min(net - net_done, available))
    return now, fee * (net_done + now) // net - fee * net_done // net if net else 0
