"""What follows from a job's end: open proposals close, and Connects come back when nobody was hired."""

from datetime import timedelta

from django.urls import reverse

from hirehall.kernel import clock, events, live
from hirehall.kernel.atomic import act_on_each, action
from hirehall.kernel.events import Event
from hirehall.market.proposals import rules
from hirehall.market.proposals.actions.sending import ref_of, told
from hirehall.market.proposals.models import Proposal
from hirehall.market.proposals.policy import numbers
from hirehall.market.proposals.queries import list_to_close, list_unopened, lock_proposal
from hirehall.money.connects.actions import refund_connects
from hirehall.people.notifications.actions import notify
from hirehall.people.notifications.said import said


def end_with_job(event: Event) -> None:
    """job:closed: every proposal ends; without a hire its Connects come back, withdrawn ones excepted."""
    for proposal_id in list_to_close(event.subject_id):
        end_proposal(proposal_id, give_back=not event.data["hired"], reason=event.data["reason"])


@action
def end_proposal(proposal_id: str, *, give_back: bool, reason: str) -> None:
    """End one proposal with its job."""
    proposal = lock_proposal(proposal_id)
    if give_back and proposal.state != rules.State.WITHDRAWN:
        _give_back(proposal, f"job_{reason}")
    if proposal.state in rules.LIVE:
        proposal.state, proposal.decided_at = rules.State.CLOSED, clock.now()
        proposal.save(update_fields=["state", "decided_at"])
        live.push(f"party:{proposal.freelancer_id}", f"proposal-{proposal.id}")
        events.record("proposal:closed", proposal.id, None, **told(proposal))


def _give_back(proposal: Proposal, reason: str) -> None:
    if proposal.returned or not proposal.connects:
        return
    returned = refund_connects(ref_of(proposal.id), reason, f"{ref_of(proposal.id)}:returned")
    Proposal.objects.filter(pk=proposal.pk).update(returned=returned)
    if returned:
        notify(
            proposal.freelancer_id,
            "connects.returned",
            link=reverse("proposals:detail", args=[proposal.id]),
            key=f"connects-returned:{proposal.id}",
            title=said("%(returned)s Connects came back: nobody was hired for “%(title)s”", returned=returned, title=proposal.job.title),
            mail_too=False,
        )


@action
def return_unopened(proposal_id: str) -> None:
    """A client that opened no proposal in a month costs nobody Connects."""
    _give_back(lock_proposal(proposal_id), "never_opened")


def return_all_unopened() -> int:
    """Give back for every job whose client never looked; returns how many."""
    return act_on_each(list_unopened(clock.now() - timedelta(days=numbers().unopened_days)), return_unopened)
