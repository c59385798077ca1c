"""Saving jobs with private notes, and the reminder for the next morning."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse

from hirehall.kernel import clock
from hirehall.kernel.atomic import act_on_each, action
from hirehall.kernel.errors import Refused
from hirehall.market.jobs.models import SavedJob
from hirehall.market.jobs.policy import numbers
from hirehall.market.jobs.queries import get_job_for, list_reminders_due
from hirehall.people.accounts.actors import Actor
from hirehall.people.notifications.actions import notify
from hirehall.people.notifications.said import said

MORNING_HOUR = 8


def next_morning(now: datetime, zone: str) -> datetime:
    """Eight o'clock of the next day where the person is."""
    local = now.astimezone(ZoneInfo(zone)) + timedelta(days=1)
    return local.replace(hour=MORNING_HOUR, minute=0, second=0, microsecond=0)


@action
def save_job(actor: Actor, job_id: str, note: str = "", *, remind: bool = False) -> SavedJob:
    """Mark a job, or change the note and reminder of a marked one."""
    if not actor.is_freelancer:
        raise Refused("job:not_freelancer", "Jobs are saved by those who look for work.")
    if len(note) > numbers().note_max:
        raise Refused("job:note_long", "A note has at most %(most)s characters.", values={"most": numbers().note_max}, field="note")
    job = get_job_for(actor, job_id)
    now = clock.now()
    saved, _ = SavedJob.objects.update_or_create(
        job=job,
        party_id=actor.party_id,
        defaults={
            "note": note.strip(),
            "remind_at": next_morning(now, actor.time_zone) if remind else None,
            "reminded_at": None,
        },
        create_defaults={
            "note": note.strip(),
            "remind_at": next_morning(now, actor.time_zone) if remind else None,
            "saved_at": now,
        },
    )
    return saved


@action
def unsave_job(actor: Actor, job_id: str) -> None:
    """Take the mark away; a second time does nothing."""
    SavedJob.objects.filter(job_id=job_id, party_id=actor.party_id).delete()


@action
def remind(saved_id: int) -> None:
    """Tell a freelancer about a saved job in the morning."""
    saved = SavedJob.objects.select_for_update(of=("self",)).select_related("job").filter(pk=saved_id).first()
    if saved is None or saved.reminded_at is not None:
        return
    SavedJob.objects.filter(pk=saved_id).update(reminded_at=clock.now())
    if saved.job.is_open:
        notify(
            saved.party_id,
            "job.reminder",
            link=reverse("web:job", args=[saved.job_id]),
            key=f"job-reminder:{saved_id}:{saved.remind_at:%Y%m%d}",
            title=said("You wanted to write to “%(title)s” this morning", title=saved.job.title),
            body=saved.note[:200],
        )


def send_due_reminders() -> int:
    """Send every reminder that is due; returns how many."""
    return act_on_each(list_reminders_due(clock.now()), remind)
