"""Reactions that keep the record of work: what higher rooms report is counted here, never asked for upwards."""

from django.db.models import F

from hirehall.kernel.atomic import action
from hirehall.kernel.events import Event
from hirehall.kernel.inserts import insert_new
from hirehall.market.profiles.models import SkillDemand, WorkRecord
from hirehall.money.payments.policy import main_unit, taken


@action
def count_start(event: Event) -> None:
    """contract:started: one more running."""
    _add(event.data["freelancer"], jobs_running=1)


@action
def count_end(event: Event) -> None:
    """contract:ended: one less running; it is work done when something was paid."""
    _add(event.data["freelancer"], jobs_running=-1, jobs_done=1 if event.data.get("paid_minor") else 0)


@action
def count_pay(event: Event) -> None:
    """escrow:released: the whole amount before the fee counts as earned, as clients read it; in the main unit."""
    _add(event.data["freelancer"], earned_minor=taken().worth(event.data["unit"], event.data["amount"]))


@action
def uncount_pay(event: Event) -> None:
    """release:refunded: what was given back does not count as earned."""
    _add(event.data["freelancer"], earned_minor=-event.data["amount"])


@action
def count_feedback(event: Event) -> None:
    """feedback:published: the client's stars, in hundredths."""
    if event.data["by_kind"] == "client":
        _add(event.data["about"], ratings=1, stars_total=event.data["stars"])


@action
def change_feedback(event: Event) -> None:
    """feedback:changed: by how much the client's stars went up or down, in hundredths."""
    if event.data["by_kind"] == "client":
        _add(event.data["about"], stars_total=event.data["stars"])


@action
def note_demand(event: Event) -> None:
    """job:posted and job:changed: which skills are asked for now."""
    SkillDemand.objects.filter(job_id=event.subject_id).delete()
    rows = [
        SkillDemand(job_id=event.subject_id, skill=skill, category=event.data.get("category", ""))
        for skill in dict.fromkeys(event.data.get("skills", ()))
    ]
    SkillDemand.objects.bulk_create(rows, ignore_conflicts=True)


@action
def drop_demand(event: Event) -> None:
    """job:closed: its skills are no longer asked for."""
    SkillDemand.objects.filter(job_id=event.subject_id).delete()


def _add(party_id: str, **steps: int) -> None:
    insert_new(WorkRecord(pk=party_id, unit=main_unit()))
    record = WorkRecord.objects.select_for_update().get(pk=party_id)
    if steps.get("jobs_running", 0) < 0 and record.jobs_running == 0:
        del steps["jobs_running"]
    WorkRecord.objects.filter(pk=party_id).update(**{name: F(name) + step for name, step in steps.items()})
