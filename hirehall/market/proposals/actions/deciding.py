"""What the client does with proposals: open, shortlist, archive, decline, talk; and hiring, told by contracts."""

from datetime import timedelta

from django.urls import reverse

from hirehall.kernel import clock, events, live
from hirehall.kernel.atomic import action
from hirehall.kernel.errors import Refused, refuse
from hirehall.market.jobs.actions.activity import note_talk, note_view
from hirehall.market.proposals import rules
from hirehall.market.proposals.actions.sending import told
from hirehall.market.proposals.models import Proposal
from hirehall.market.proposals.policy import numbers
from hirehall.market.proposals.queries import lock_proposal, lock_received
from hirehall.people.accounts.actors import Actor
from hirehall.people.accounts.queries import get_party
from hirehall.people.accounts.rules import why_not_act
from hirehall.people.messages.actions import open_room
from hirehall.people.notifications.actions import notify
from hirehall.people.notifications.said import said


def _tell(proposal: Proposal, what: str, title: str, body: str = "") -> None:
    link = reverse("proposals:detail", args=[proposal.id])
    key = f"proposal-{what}:{proposal.id}:{proposal.decided_at or proposal.viewed_at or ''}"
    notify(proposal.freelancer_id, f"proposal.{what}", link=link, key=key, title=title, body=body, mail_too=what == "declined")
    live.push(f"party:{proposal.freelancer_id}", f"proposal-{proposal.id}")


@action
def view_proposal(actor: Actor, proposal_id: str) -> Proposal:
    """The client opens a proposal; the first time is told to the freelancer."""
    proposal = lock_received(actor, proposal_id)
    note_view(actor, proposal.job_id)
    if proposal.viewed_at is None:
        proposal.viewed_at = clock.now()
        proposal.save(update_fields=["viewed_at"])
        live.push(f"party:{proposal.freelancer_id}", f"proposal-{proposal.id}")
        events.record("proposal:viewed", proposal.id, actor, **told(proposal))
    return proposal


def _move(actor: Actor, proposal_id: str, wanted: rules.State, reason: str = "") -> Proposal:
    refuse(why_not_act(actor.role, "hire", get_party(actor.party_id).standing))
    proposal = lock_received(actor, proposal_id)
    if proposal.state == wanted:
        return proposal
    refuse(rules.why_not_move(proposal.state, wanted))
    proposal.state, proposal.reason = wanted, reason
    proposal.decided_at = clock.now()
    proposal.save(update_fields=["state", "reason", "decided_at"])
    note_view(actor, proposal.job_id)
    live.push(f"party:{proposal.freelancer_id}", f"proposal-{proposal.id}")
    return proposal


@action
def shortlist_proposal(actor: Actor, proposal_id: str) -> Proposal:
    """Keep a proposal in view."""
    proposal = _move(actor, proposal_id, rules.State.SHORTLISTED)
    events.record("proposal:shortlisted", proposal.id, actor, **told(proposal))
    _tell(proposal, "shortlisted", said("You are on the short list for “%(title)s”", title=proposal.job.title))
    return proposal


@action
def archive_proposal(actor: Actor, proposal_id: str) -> Proposal:
    """Put a proposal aside without telling."""
    proposal = _move(actor, proposal_id, rules.State.ARCHIVED)
    events.record("proposal:archived", proposal.id, actor, **told(proposal))
    return proposal


@action
def decline_proposal(actor: Actor, proposal_id: str, reason: str) -> Proposal:
    """Say no, with a reason from the list, which the freelancer reads."""
    if reason not in set(rules.DeclineReason):
        raise Refused("proposal:reason", "Say why; the freelancer learns from it.", field="reason")
    proposal = _move(actor, proposal_id, rules.State.DECLINED, reason)
    events.record("proposal:declined", proposal.id, actor, reason=reason, **told(proposal))
    _tell(proposal, "declined", said("“%(title)s”: the client chose not to go on with your proposal", title=proposal.job.title))
    return proposal


@action
def restore_proposal(actor: Actor, proposal_id: str) -> Proposal:
    """Undo: back to the list. A decline can be undone for some hours."""
    proposal = lock_received(actor, proposal_id)
    if proposal.state == rules.State.DECLINED:
        latest = proposal.decided_at + timedelta(hours=numbers().undo_decline_hours)
        if clock.now() > latest:
            raise Refused("proposal:too_late", "That was declined too long ago; write to the freelancer instead.")
    proposal = _move(actor, proposal_id, rules.State.SENT)
    events.record("proposal:restored", proposal.id, actor, **told(proposal))
    return proposal


@action
def start_talk(actor: Actor, proposal_id: str):
    """Open the conversation about a proposal and return its room; from now on the freelancer knows the client's name."""
    refuse(why_not_act(actor.role, "talk", get_party(actor.party_id).standing))
    proposal = lock_received(actor, proposal_id)
    if proposal.state in (rules.State.DECLINED, rules.State.CLOSED):
        raise Refused("proposal:state", "This proposal was decided; restore it before you write.")
    room = open_room(
        "proposal",
        proposal.id,
        proposal.job.title,
        [proposal.client_id, proposal.freelancer_id],
        link=reverse("proposals:detail", args=[proposal.id]),
    )
    if proposal.messaged_at is None:
        proposal.messaged_at = clock.now()
        proposal.viewed_at = proposal.viewed_at or proposal.messaged_at
        proposal.save(update_fields=["messaged_at", "viewed_at"])
        note_talk(proposal.job_id)
        note_view(actor, proposal.job_id)
        live.push(f"party:{proposal.freelancer_id}", f"proposal-{proposal.id}")
        events.record("proposal:messaged", proposal.id, actor, **told(proposal))
    return room


@action
def mark_hired(proposal_id: str) -> Proposal:
    """Contracts tell that the freelancer of a proposal was hired."""
    proposal = lock_proposal(proposal_id)
    if proposal.state != rules.State.HIRED:
        proposal.state, proposal.decided_at = rules.State.HIRED, clock.now()
        proposal.save(update_fields=["state", "decided_at"])
        live.push(f"party:{proposal.freelancer_id}", f"proposal-{proposal.id}")
        events.record("proposal:hired", proposal.id, None, **told(proposal))
    return proposal
