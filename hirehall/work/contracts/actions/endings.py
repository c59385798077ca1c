"""The end of a contract: by either side, with what waits in escrow, and with its own deadlines."""

from datetime import timedelta

from hirehall.kernel import clock, events
from hirehall.kernel.atomic import act_on_each, action
from hirehall.kernel.errors import Refused, refuse
from hirehall.kernel.events import Event
from hirehall.people.accounts.actors import SYSTEM, Actor
from hirehall.people.accounts.queries import get_party
from hirehall.people.accounts.rules import why_not_act
from hirehall.people.notifications.said import said
from hirehall.work.contracts import queries, quiet_queries, rules
from hirehall.work.contracts.actions.milestones import check_side, give_back, note_in_room, say, tell
from hirehall.work.contracts.models import Contract
from hirehall.work.contracts.policy import numbers

State = rules.ContractState


def _return_all(contract: Contract, why: str) -> None:
    for milestone in quiet_queries.lock_milestones(contract):
        give_back(contract, milestone, milestone.escrow_minor, why)
        if milestone.state != rules.MilestoneState.APPROVED:
            milestone.state, milestone.review_due_at = rules.MilestoneState.CANCELLED, None
            milestone.save(update_fields=["state", "review_due_at"])


@action
def end_contract(actor: Actor, contract_id: str, summary: str = "") -> Contract:
    """End a contract.

    The freelancer's end returns unspent escrow at once; the client is asked for feedback and the contract closes with it,
    or by itself. The client's end closes at once when nothing waits in escrow; else the freelancer is asked to return it.
    """
    now = clock.now()
    contract = queries.lock_contract_for(actor, contract_id)
    refuse(why_not_act(actor.role, "hire" if actor.is_client else "bid", get_party(actor.party_id).standing))
    if contract.state != State.ACTIVE:
        raise Refused("contract:ended", "This contract has ended or is being closed.")
    contract.end_summary = summary.strip()[: numbers().text_max]
    if actor.party_id == contract.freelancer_id:
        contract.ended_by, contract.state = "freelancer", State.CLOSING
        contract.closes_at = now + timedelta(days=numbers().closure_days)
        contract.save(update_fields=["ended_by", "state", "closes_at", "end_summary"])
        _return_all(contract, "ended")
        say(contract, contract.client_id, "closing", contract.id, said("%(name)s has ended “%(title)s”", name=actor.name, title=contract.title), said("Your feedback completes it."))
        events.record("contract:closing", contract.id, actor, **_told(contract))
        return contract
    contract.ended_by = "client"
    if any(milestone.waiting_minor for milestone in quiet_queries.lock_milestones(contract)):
        contract.state, contract.refund_due_at = State.CLOSING, now + timedelta(days=numbers().refund_answer_days)
        contract.save(update_fields=["ended_by", "state", "refund_due_at", "end_summary"])
        say(contract, contract.freelancer_id, "refund_asked", contract.id, said("%(name)s asks for the rest of “%(title)s” back", name=actor.name, title=contract.title))
        events.record("contract:closing", contract.id, actor, **_told(contract))
        return contract
    contract.save(update_fields=["ended_by", "end_summary"])
    finish(contract, actor)
    return contract


def _told(contract: Contract) -> dict:
    return {"freelancer": contract.freelancer_id, "client": contract.client_id, "by": contract.ended_by}


def finish(contract: Contract, actor: Actor) -> None:
    """End a locked contract: what waits in escrow returns, and both can give feedback."""
    _return_all(contract, "closed")
    contract.state, contract.ended_at = State.ENDED, clock.now()
    contract.refund_due_at = contract.closes_at = None
    contract.save(update_fields=["state", "ended_at", "refund_due_at", "closes_at", "end_reason"])
    paid = sum(milestone.released_minor for milestone in queries.list_milestones(contract.id))
    for side in (contract.client_id, contract.freelancer_id):
        tell(contract, side, "ended", f"{contract.id}:{side}", said("“%(title)s” has ended", title=contract.title), said("You can give feedback."))
    note_in_room(contract, said("“%(title)s” has ended", title=contract.title))
    told = {"paid_minor": paid, "unit": contract.unit, "reason": contract.end_reason, **_told(contract)}
    events.record("contract:ended", contract.id, actor, **told)


@action
def answer_refund(actor: Actor, contract_id: str, *, agree: bool) -> Contract:
    """The freelancer agrees to return what waits, or refuses: then the client can release it or both go on talking."""
    contract = queries.lock_contract_for(actor, contract_id)
    check_side(actor, contract, "freelancer", "bid")
    if contract.state != State.CLOSING or contract.refund_due_at is None:
        raise Refused("contract:no_refund", "Nobody asks for a return here.")
    refuse(rules.why_not_held(contract.held_by))
    if agree:
        finish(contract, actor)
        return contract
    if contract.refund_refused:
        return contract
    contract.refund_refused, contract.refused_at = True, clock.now()
    contract.save(update_fields=["refund_refused", "refused_at"])
    say(contract, contract.client_id, "refund_refused", contract.id, said("%(name)s does not agree to return the rest of “%(title)s”", name=actor.name, title=contract.title))
    events.record("contract:refund_refused", contract.id, actor, **_told(contract))
    return contract


@action
def close_when_settled(event: Event) -> None:
    """milestone:approved, milestone:released: a contract that only waited for its escrow ends when the last of it was released."""
    finish_if_settled(queries.lock_contract_for(SYSTEM, event.subject_id))


def finish_if_settled(contract: Contract) -> None:
    """End a locked contract that only waits for escrow of which nothing is left, neither here nor with a bank."""
    parts = quiet_queries.lock_milestones(contract)
    if not any(milestone.waiting_minor or milestone.awarded_minor for milestone in parts):
        finish_closing(contract)


def finish_closing(contract: Contract) -> None:
    """End a locked contract whose client had ended it and that no dispute holds; what waits returns."""
    if contract.state == State.CLOSING and contract.refund_due_at and not contract.held_by:
        finish(contract, SYSTEM)


@action
def close_due(contract_id: str) -> None:
    """A deadline has passed: an unanswered request to return, or a client who gave no feedback."""
    now = clock.now()
    contract = queries.lock_contract_for(SYSTEM, contract_id)
    refund_over = contract.refund_due_at and contract.refund_due_at <= now and not contract.refund_refused
    closure_over = contract.closes_at and contract.closes_at <= now
    if contract.state == State.CLOSING and (refund_over or closure_over):
        finish(contract, SYSTEM)


@action
def complete_closure(contract_id: str) -> None:
    """The client's feedback completes a contract that the freelancer ended."""
    contract = queries.lock_contract_for(SYSTEM, contract_id)
    if contract.state == State.CLOSING and contract.closes_at:
        finish(contract, SYSTEM)


def close_all_due() -> int:
    """Close every contract whose deadline has passed, each in a transaction of its own."""
    return act_on_each(sorted({*queries.list_due_refunds(clock.now()), *queries.list_due_closures(clock.now())}), close_due)
