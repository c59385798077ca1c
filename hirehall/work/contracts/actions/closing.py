"""Closing by consent, at any time: one side proposes where the escrow goes, the other accepts."""

from django.db import IntegrityError, transaction

from hirehall.kernel import clock, events
from hirehall.kernel.atomic import action
from hirehall.kernel.errors import Refused, refuse
from hirehall.kernel.money import format_money
from hirehall.people.accounts.actors import SYSTEM, Actor
from hirehall.people.accounts.queries import get_party
from hirehall.people.accounts.rules import why_not_act
from hirehall.people.screening.rules import why_not_send
from hirehall.work.contracts import queries, quiet_queries, quiet_rules, rules
from hirehall.work.contracts.actions.endings import finish
from hirehall.work.contracts.actions.milestones import approve_milestone, note_in_room, say
from hirehall.work.contracts.models import CloseProposal, Contract, Dormancy
from hirehall.work.contracts.quiet_rules import CloseState, EscrowTo


def _told(contract: Contract, proposal: CloseProposal) -> dict:
    return {
        "freelancer": contract.freelancer_id, "client": contract.client_id, "proposal": proposal.id,
        "amount": proposal.escrow_minor, "unit": contract.unit, "to": proposal.escrow_to,
    }  # fmt: skip


def _check(actor: Actor, contract: Contract, side: str) -> int:
    """Whether the contract can be closed by consent now; returns what waits in escrow."""
    # Money moves, so the client's seat must carry the right to pay.
    refuse(why_not_act(actor.role, "pay" if side == "client" else "bid", get_party(actor.party_id).standing))
    refuse(rules.why_not_held(contract.held_by))
    parts = quiet_queries.lock_milestones(contract)
    contested, asked = sum(part.contested_minor for part in parts), sum(part.asked_minor for part in parts)
    refuse(quiet_rules.why_not_close(contract.state, contested, asked))
    return sum(part.escrow_minor for part in parts)


@action
def propose_close(actor: Actor, contract_id: str, escrow_to: str, note: str = "") -> CloseProposal:
    """Propose to end the contract as finished, with what waits in escrow to the client or to the freelancer."""
    contract = queries.lock_contract_for(actor, contract_id)
    side = quiet_queries.get_side(actor, contract)
    waits = _check(actor, contract, side)
    if escrow_to not in set(EscrowTo):
        raise Refused("closing:goal", "Say where what waits in escrow goes.", field="escrow_to")
    refuse(why_not_send(note, contract_started=True, field="note"))
    try:
        with transaction.atomic():
            proposal = CloseProposal.objects.create(
                contract=contract, by_party_id=actor.party_id, escrow_to=escrow_to, escrow_minor=waits, note=note.strip()[:2000],
                state=CloseState.OPEN, at=clock.now(),
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused("closing:open", "Closing this contract is being decided already.") from error
    other = contract.freelancer_id if side == "client" else contract.client_id
    goes = f"{format_money(waits, contract.unit)} in escrow goes to the {escrow_to}." if waits else ""
    say(contract, other, "closing_proposed", proposal.id, f"{actor.name} proposes to close “{contract.title}”", f"{goes} {note[:200]}".strip())
    events.record("contract:closing_proposed", contract.id, actor, **_told(contract, proposal))
    return proposal


@action
def answer_close(actor: Actor, proposal_id: str, *, accept: bool) -> CloseProposal:
    """The other side accepts or declines; whoever proposed takes it back by declining."""
    contract = queries.lock_contract_for(actor, quiet_queries.get_close_proposal(proposal_id).contract_id)
    proposal = CloseProposal.objects.select_for_update().get(pk=proposal_id)
    side, own = quiet_queries.get_side(actor, contract), proposal.by_party_id == actor.party_id
    answer = CloseState.ACCEPTED if accept else CloseState.WITHDRAWN if own else CloseState.DECLINED
    if proposal.state == answer:
        return proposal
    waits = _check(actor, contract, side) if accept else quiet_queries.in_escrow(contract.id)
    refuse(quiet_rules.why_not_answer(proposal.state, proposal.escrow_minor, waits, is_own=own, accept=accept))
    proposal.state, proposal.answered_at = answer, clock.now()
    proposal.save(update_fields=["state", "answered_at"])
    if accept:
        _close(contract, proposal, actor)
        return proposal
    other = contract.freelancer_id if side == "client" else contract.client_id
    what = "takes the proposal to close back" if own else "does not want to close"
    say(contract, other, "closing_declined", proposal.id, f"{actor.name} {what}: “{contract.title}”")
    events.record("contract:closing_declined", contract.id, actor, **_told(contract, proposal))
    return proposal


def _close(contract: Contract, proposal: CloseProposal, actor: Actor) -> None:
    if proposal.escrow_to == EscrowTo.FREELANCER:
        # The client has agreed either way; where the freelancer accepts, the house carries it out.
        payer = actor if actor.party_id == contract.client_id else SYSTEM
        for milestone in quiet_queries.lock_milestones(contract):
            if milestone.escrow_minor:
                approve_milestone(payer, milestone.id, milestone.escrow_minor)
    contract.end_reason = "mutual"
    Dormancy.objects.filter(pk=contract.pk).delete()
    note_in_room(contract, "Both sides agreed to close the contract")
    finish(contract, actor)
