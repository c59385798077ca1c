"""A claim: opened, answered, or taken back. What only one side wants moves at once."""

from collections.abc import Sequence
from datetime import timedelta

from django.core.files.uploadedfile import UploadedFile

from hirehall.kernel import clock, events
from hirehall.kernel.atomic import action
from hirehall.kernel.errors import Refused, refuse
from hirehall.kernel.money import Money
from hirehall.people.accounts.actors import Actor
from hirehall.people.notifications.said import said
from hirehall.work.contracts.actions.holds import hold_for_dispute
from hirehall.work.contracts.queries import lock_contract_for
from hirehall.work.disputes import queries, rules
from hirehall.work.disputes.actions.evidence import say
from hirehall.work.disputes.actions.outcome import conclude, facts, move_undisputed, note, owe, tell, tell_staff
from hirehall.work.disputes.actions.powers import refuse_role
from hirehall.work.disputes.models import Dispute, Solution
from hirehall.work.disputes.policy import numbers

State, How = rules.DisputeState, rules.How


@action
def open_dispute(
    actor: Actor, contract_id: str, claim: rules.Claim, text: str, uploads: Sequence[UploadedFile] = ()
) -> Dispute:
    """Claim escrow that waits, or as the client released money too; the escrow that is not claimed goes to the other side."""
    now = clock.now()
    contract = lock_contract_for(actor, contract_id)
    side = queries.side_of(actor, contract)
    refuse_role(actor)
    refuse(rules.why_not_again(side, [(one.state, one.claimant) for one in queries.list_of_contract(contract_id)]))
    ground = queries.ground_of(contract)
    refuse(rules.why_not_open(side, ground, now, numbers()))
    refuse(rules.why_not_claim(side, claim, ground))
    dispute = Dispute.objects.create(
        contract=contract, client_id=contract.client_id, freelancer_id=contract.freelancer_id, unit=contract.unit,
        claimant=side, state=State.CLAIMED, escrow_minor=ground.escrow_minor, claim_escrow_minor=claim.escrow_minor,
        claim_refund_minor=claim.refund_minor, opened_at=now, due_at=now + timedelta(days=numbers().answer_days),
    )  # fmt: skip
    say(actor, dispute, side, "claim", text, uploads)
    if ground.escrow_minor:
        hold_for_dispute(contract_id, dispute.pk)
        move_undisputed(dispute, ground.escrow_minor, ground.escrow_minor - claim.escrow_minor, rules.other_side(side))
    events.record(
        "dispute:opened", contract_id, actor, **facts(dispute, escrow=claim.escrow_minor, refund=claim.refund_minor)
    )
    title = said("%(name)s has opened a dispute about “%(title)s”", name=actor.name, title=contract.title)
    note(dispute, title)
    without = said("Answer within %(days)s days; without an answer it is decided for %(name)s.", days=numbers().answer_days, name=actor.name)
    tell(dispute, (rules.other_side(side),), "opened", dispute.pk, title, without)
    wanted = Money(claim.escrow_minor + claim.refund_minor, dispute.unit)
    tell_staff(dispute, "opened", said("A dispute about %(amount)s was opened", amount=wanted), said("The other side answers first; nothing is to be done yet."))
    return dispute


@action
def answer_claim(
    actor: Actor, dispute_id: str, given: rules.Claim, text: str, uploads: Sequence[UploadedFile] = ()
) -> Dispute:
    """Give nothing, a part or all of the claim; what is given moves at once, and the rest is looked at."""
    now = clock.now()
    dispute, side = queries.lock_dispute_for(actor, dispute_id)
    refuse_role(actor)
    if side == dispute.claimant:
        raise Refused("dispute:own_claim", "This is your own claim; the other side answers it.")
    refuse(rules.why_not_move("answer", dispute.state))
    refuse(rules.why_not_in_time(dispute.due_at, now))
    refuse(rules.why_not_give(given, rules.Claim(dispute.claim_escrow_minor, dispute.claim_refund_minor)))
    say(actor, dispute, side, "answer", text, uploads)
    held = dispute.disputed_escrow > 0
    dispute.given_escrow_minor, dispute.given_refund_minor = given.escrow_minor, given.refund_minor
    dispute.answered_at, dispute.state = now, State.EVIDENCE
    dispute.due_at = now + timedelta(days=numbers().evidence_days)
    dispute.mediation_ends_at = now + timedelta(days=numbers().mediation_days)
    dispute.save(
        update_fields=["given_escrow_minor", "given_refund_minor", "answered_at", "state", "due_at", "mediation_ends_at"]
    )
    if held and given.escrow_minor:
        move_undisputed(dispute, dispute.claim_escrow_minor, given.escrow_minor, dispute.claimant)
    owe(dispute, given.refund_minor)
    # What was offered before was a split of more than is disputed now.
    Solution.objects.filter(dispute=dispute, state=rules.SolutionState.OPEN).update(state=rules.SolutionState.REPLACED)
    events.record(
        "dispute:answered", dispute.contract_id, actor, **facts(dispute, escrow=given.escrow_minor, refund=given.refund_minor)
    )
    if not dispute.disputed_escrow and not dispute.disputed_refund:
        conclude(dispute, rules.Split(0, 0), State.SETTLED, How.CONCEDED, actor=actor)
        return dispute
    title = said("%(name)s has answered the claim about “%(title)s”", name=actor.name, title=dispute.contract.title)
    tell(dispute, rules.SIDES, "answered", dispute.pk, title, said("Both sides can add evidence for %(days)s days.", days=numbers().evidence_days))
    return dispute


@action
def withdraw_dispute(actor: Actor, dispute_id: str) -> Dispute:
    """The claimant takes the claim back: what was held for it goes to the other side."""
    dispute, side = queries.lock_dispute_for(actor, dispute_id)
    refuse_role(actor)
    if dispute.state == State.WITHDRAWN and side == dispute.claimant:
        return dispute
    if side != dispute.claimant:
        raise Refused("dispute:not_claimant", "Only the side that opened the dispute can take it back.")
    refuse(rules.why_not_move("withdraw", dispute.state))
    other = rules.other_side(side)
    split = rules.split_for(other, dispute.disputed_escrow, dispute.disputed_refund)
    conclude(dispute, split, State.WITHDRAWN, How.WITHDRAWN, actor=actor)
    return dispute
