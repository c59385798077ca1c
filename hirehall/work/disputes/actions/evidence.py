"""What both sides say and show, and the step from there to the mediator."""

from collections.abc import Sequence
from datetime import timedelta

from django.core.files.uploadedfile import UploadedFile

from hirehall.kernel import clock, files
from hirehall.kernel.atomic import action
from hirehall.kernel.errors import Refused, refuse
from hirehall.people.accounts.actors import Actor
from hirehall.people.notifications.said import said
from hirehall.work.disputes import queries, rules
from hirehall.work.disputes.actions.outcome import tell, tell_staff
from hirehall.work.disputes.actions.powers import refuse_role
from hirehall.work.disputes.models import Dispute, Statement
from hirehall.work.disputes.policy import numbers


def say(
    actor: Actor, dispute: Dispute, side: str, kind: str, text: str, uploads: Sequence[UploadedFile]
) -> Statement:
    """Keep what one side says, with its files.

    Texts and file names are not screened here: an address or a payment link can be the very thing that is shown.
    """
    refuse(rules.why_not_text(text, numbers()))
    if queries.count_statements(dispute.pk, side) >= numbers().statements_max:
        raise Refused("dispute:statements_many", "You have said a lot already; send the rest as one file in a message.")
    if len(uploads) > numbers().files_max:
        raise Refused("dispute:files_many", "Add at most %(most)s files at once.", values={"most": numbers().files_max}, field="files")
    said = Statement.objects.create(dispute=dispute, side=side, kind=kind, text=text.strip(), at=clock.now())
    for upload in uploads:
        files.store_upload(actor.party_id or "", upload, queries.FILE_PURPOSE, subject_id=said.pk)
    return said


def start_mediation(dispute: Dispute) -> None:
    """The evidence of a locked dispute is in: the mediator has their days."""
    dispute.state = rules.DisputeState.MEDIATION
    dispute.due_at = clock.now() + timedelta(days=numbers().proposal_days)
    dispute.save(update_fields=["state", "due_at"])
    title = said("The evidence about “%(title)s” is in; a mediator looks at it", title=dispute.contract.title)
    tell(dispute, rules.SIDES, "mediation", dispute.pk, title, said("You get a proposal within %(days)s days.", days=numbers().proposal_days))
    tell_staff(dispute, "mediation", said("The evidence of a dispute is in: propose how to settle it"), said("Both sides expect it until %(due)s.", due=dispute.due_at))


@action
def finish_evidence(actor: Actor, dispute_id: str) -> Dispute:
    """One side has nothing to add; when neither has, the mediator begins."""
    dispute, side = queries.lock_dispute_for(actor, dispute_id)
    refuse_role(actor)
    refuse(rules.why_not_move("finish_evidence", dispute.state))
    if side == rules.CLIENT:
        dispute.client_done = True
    else:
        dispute.freelancer_done = True
    dispute.save(update_fields=["client_done", "freelancer_done"])
    if dispute.client_done and dispute.freelancer_done:
        start_mediation(dispute)
    return dispute


@action
def add_evidence(actor: Actor, dispute_id: str, text: str, uploads: Sequence[UploadedFile] = ()) -> Dispute:
    """Add what shows how it was: words, and files if there are any."""
    dispute, side = queries.lock_dispute_for(actor, dispute_id)
    refuse_role(actor)
    refuse(rules.why_not_move("add_evidence", dispute.state))
    refuse(rules.why_not_in_time(dispute.due_at, clock.now()))
    say(actor, dispute, side, "evidence", text, uploads)
    title = said("%(name)s has added evidence about “%(title)s”", name=actor.name, title=dispute.contract.title)
    tell(dispute, (rules.other_side(side),), "evidence", f"{dispute.pk}:{queries.count_statements(dispute.pk, side)}", title)
    return dispute
