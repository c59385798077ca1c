"""What the freelancer does: send, change the terms, withdraw."""

from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse

from hirehall.kernel import clock, events, files, live, policy
from hirehall.kernel.atomic import action
from hirehall.kernel.errors import Refused, refuse
from hirehall.kernel.pace import keep_pace
from hirehall.market.jobs.actions.activity import note_proposal
from hirehall.market.jobs.policy import numbers_in as job_numbers_in
from hirehall.market.jobs.queries import get_job_for, lock_open_job
from hirehall.market.profiles.queries import find_sub, is_published
from hirehall.market.proposals import rules
from hirehall.market.proposals.models import Proposal
from hirehall.market.proposals.policy import numbers
from hirehall.market.proposals.queries import FILE_PURPOSE, has_proposal, lock_own
from hirehall.money.connects.actions import spend_connects
from hirehall.people.accounts.actors import Actor
from hirehall.people.accounts.queries import get_party
from hirehall.people.accounts.rules import why_not_act
from hirehall.people.notifications.actions import notify
from hirehall.people.screening.rules import why_not_file_name


def ref_of(proposal_id: str) -> str:
    """The reference under which a proposal's Connects were spent."""
    return f"proposal:{proposal_id}"


def told(proposal: Proposal) -> dict[str, str]:
    """What events say of a proposal."""
    return {"job": proposal.job_id, "freelancer": proposal.freelancer_id, "client": proposal.client_id}


def _check_terms(terms: rules.ProposalTerms, kind: str, unit: str) -> None:
    limits = job_numbers_in(unit)
    floor = limits.budget_floor_minor if kind == "fixed" else limits.rate_floor_minor
    ceiling = limits.price_ceiling_minor
    refuse(rules.why_not_terms(terms, kind=kind, floor_minor=floor, ceiling_minor=ceiling, numbers=numbers()))


@action
def submit_proposal(
    actor: Actor, job_id: str, terms: rules.ProposalTerms, uploads: Sequence[UploadedFile] = (), *, invited: bool = False
) -> Proposal:
    """Send a proposal and pay its Connects, all or nothing. Answers to invitations cost nothing."""
    now = clock.now()
    get_job_for(actor, job_id, known=invited)
    job = lock_open_job(job_id)
    refuse(
        rules.why_not_send_one(
            is_freelancer=actor.is_freelancer,
            published=actor.is_freelancer and is_published(actor.party_id),
            own_job=job.client_id == actor.party_id,
            already=has_proposal(actor.party_id, job_id),
        )
    )
    refuse(why_not_act(actor.role, "bid", get_party(actor.party_id).standing))
    _check_terms(terms, job.kind, job.unit)
    refuse(rules.why_not_letter(terms, job.questions, numbers()))
    if terms.sub_id and find_sub(actor.party_id, terms.sub_id) is None:
        raise Refused("proposal:sub", "Choose one of your own profiles.", field="sub")
    keep_pace("proposals_an_hour", actor.party_id)
    cost = 0 if invited else job.connects_price
    proposal = Proposal.objects.create(
        job=job,
        freelancer_id=actor.party_id,
        client_id=job.client_id,
        sub_id=terms.sub_id,
        kind=job.kind,
        price_minor=terms.total_minor,
        unit=job.unit,
        parts=[[part.title.strip(), part.amount_minor] for part in terms.parts],
        letter=terms.letter.strip(),
        answers=[answer.strip() for answer in terms.answers[: len(job.questions)]],
        state=rules.State.SENT,
        connects=cost,
        policy_version=policy.version(),
        sent_at=now,
    )
    if cost:
        spend_connects(actor, cost, ref_of(proposal.id), "proposal", memo={"job_title": job.title, "job": job.id})
    _attach(actor, proposal, uploads)
    note_proposal(job.id)
    notify(
        job.client_id,
        "proposal.new",
        link=reverse("proposals:detail", args=[proposal.id]),
        key=f"proposal:{proposal.id}",
        title=f"{actor.name} answered “{job.title}”",
        body=rules.first_lines(proposal.letter, numbers().letter_in_list),
    )
    live.push(f"party:{job.client_id}", f"proposals-{job.id}")
    events.record("proposal:submitted", proposal.id, actor, **told(proposal))
    return proposal


def _attach(actor: Actor, proposal: Proposal, uploads: Sequence[UploadedFile]) -> None:
    if len(uploads) > numbers().files_max:
        raise Refused("proposal:files_many", f"Add at most {numbers().files_max} files.", field="files")
    for upload in uploads:
        refuse(why_not_file_name(upload.name or "", contract_started=False))
        files.store_upload(actor.party_id, upload, FILE_PURPOSE, subject_id=proposal.id)


@action
def revise_proposal(actor: Actor, proposal_id: str, terms: rules.ProposalTerms) -> Proposal:
    """Change price or milestones; letter and answers stay as they were sent."""
    refuse(why_not_act(actor.role, "bid", get_party(actor.party_id).standing))
    proposal = lock_own(actor, proposal_id)
    if proposal.state not in rules.LIVE:
        raise Refused("proposal:decided", "This proposal was decided; its terms stay as they are.")
    _check_terms(terms, proposal.kind, proposal.unit)
    before = proposal.price_minor
    proposal.price_minor = terms.total_minor
    proposal.parts = [[part.title.strip(), part.amount_minor] for part in terms.parts]
    proposal.revised_at = clock.now()
    proposal.save(update_fields=["price_minor", "parts", "revised_at"])
    live.push(f"party:{proposal.client_id}", f"proposals-{proposal.job_id}")
    events.record("proposal:revised", proposal.id, actor, before=before, after=proposal.price_minor, **told(proposal))
    return proposal


@action
def withdraw_proposal(actor: Actor, proposal_id: str) -> Proposal:
    """Take a proposal back. Its Connects stay spent."""
    proposal = lock_own(actor, proposal_id)
    if proposal.state == rules.State.WITHDRAWN:
        return proposal
    if proposal.state not in rules.LIVE:
        raise Refused("proposal:decided", "This proposal was decided; it can't be taken back any more.")
    proposal.state, proposal.decided_at = rules.State.WITHDRAWN, clock.now()
    proposal.save(update_fields=["state", "decided_at"])
    note_proposal(proposal.job_id, -1)
    live.push(f"party:{proposal.client_id}", f"proposals-{proposal.job_id}")
    events.record("proposal:withdrawn", proposal.id, actor, **told(proposal))
    return proposal
