"""What happens to a posted job: seen by its client, answered, talked about, hired for; and its warning and end."""

from datetime import timedelta

from django.db.models import F
from django.db.models.functions import Greatest
from django.urls import reverse

from hirehall.kernel import clock, events
from hirehall.kernel.atomic import act_on_each, action
from hirehall.kernel.errors import refuse
from hirehall.market.jobs import rules
from hirehall.market.jobs.actions.posts import expire_job, renew
from hirehall.market.jobs.models import Job
from hirehall.market.jobs.policy import numbers
from hirehall.market.jobs.queries import list_expired_ids, list_to_warn_ids, lock_job
from hirehall.people.accounts.actors import Actor
from hirehall.people.notifications.actions import notify
from hirehall.people.notifications.said import said

# "Last viewed by the client" is told in steps, so one write in this time is enough.
VIEW_STEP = timedelta(minutes=10)


@action
def note_view(actor: Actor, job_id: str) -> None:
    """The client looked at the job's proposals: told in public, and the job lives on."""
    now = clock.now()
    job = Job.objects.filter(pk=job_id, client_id=actor.party_id).first()
    if job is None or (job.viewed_at and now - job.viewed_at < VIEW_STEP):
        return
    Job.objects.filter(pk=job_id).update(viewed_at=now)
    renew(job)
    events.record("job:viewed", job_id, actor)


@action
def note_proposal(job_id: str, step: int = 1) -> None:
    """One proposal more, or with -1 one withdrawn."""
    Job.objects.filter(pk=job_id).update(proposals=Greatest(F("proposals") + step, 0))


@action
def note_talk(job_id: str, step: int = 1) -> None:
    """One interview more."""
    Job.objects.filter(pk=job_id).update(talking=Greatest(F("talking") + step, 0))


@action
def note_hire(job_id: str) -> None:
    """Somebody was hired: the job is filled and takes no more proposals."""
    job = lock_job(job_id)
    refuse(None if job.state != rules.State.DRAFT else rules.why_not_apply(job.state))
    filled = rules.State.FILLED if job.state in (rules.State.OPEN, rules.State.PAUSED) else job.state
    Job.objects.filter(pk=job_id).update(hires=F("hires") + 1, state=filled)
    events.record("job:filled", job_id, None, client=job.client_id, first=job.hires == 0)


def expire_due_jobs() -> int:
    """End every job whose life is over, each in a transaction of its own; returns how many."""
    return act_on_each(list_expired_ids(clock.now()), expire_job)


@action
def warn_job(job_id: str) -> None:
    """Tell a client some days before a job ends by itself."""
    job = lock_job(job_id)
    if job.warned_at is not None or job.state != rules.State.OPEN:
        return
    Job.objects.filter(pk=job_id).update(warned_at=clock.now())
    notify(
        job.client_id,
        "job.expiring",
        link=reverse("jobs:manage", args=[job_id]),
        key=f"job-expiring:{job_id}:{job.expires_at:%Y%m%d}",
        title=said("“%(title)s” ends in %(days)s days", title=job.title, days=numbers().warn_days),
        body=said("Look at its proposals or change it, and it stays open for a full month again."),
    )


def warn_due_jobs() -> int:
    """Warn about every job that ends soon; returns how many."""
    return act_on_each(list_to_warn_ids(clock.now() + timedelta(days=numbers().warn_days)), warn_job)
