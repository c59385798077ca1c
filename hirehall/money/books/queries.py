"""Reads of findings, runs of the checks, adjustments, and the trail of what staff did in the books."""

from datetime import datetime

from django.db.models import Count, Max, QuerySet

from hirehall.kernel.errors import NotFound
from hirehall.kernel.models import Event
from hirehall.money.books.models import Adjustment, CheckRun, Finding
from hirehall.money.books.rules import AdjustmentState, FindingState
from hirehall.people.accounts.actors import Actor

TRAIL = (
    "adjustment:proposed", "adjustment:approved", "adjustment:declined", "adjustment:withdrawn", "adjustment:expired",
    "finding:explained",
)  # fmt: skip


def list_findings_for(actor: Actor, state: str = "") -> QuerySet[Finding]:
    """Findings of a state, or all, newest first; only staff sees any."""
    found = Finding.objects.order_by("-id") if actor.is_staff else Finding.objects.none()
    return found.filter(state=state) if state in set(FindingState) else found


def count_findings() -> dict[str, int]:
    """How many findings are in each state."""
    return dict(Finding.objects.values_list("state").annotate(Count("id")))


def get_finding_for(actor: Actor, finding_id: str) -> Finding:
    found = Finding.objects.filter(pk=finding_id).first() if actor.is_staff else None
    if found is None:
        raise NotFound("finding")
    return found


def lock_finding_for(actor: Actor, finding_id: str) -> Finding:
    found = Finding.objects.select_for_update().filter(pk=finding_id).first() if actor.is_staff else None
    if found is None:
        raise NotFound("finding")
    return found


def last_runs() -> dict[str, CheckRun]:
    """The last run of each check by its name."""
    found = CheckRun.objects.order_by("check_name", "-at").distinct("check_name")
    return {run.check_name: run for run in found}


def has_run_since(check: str, moment: datetime) -> bool:
    last = CheckRun.objects.filter(check_name=check).aggregate(last=Max("at"))["last"]
    return last is not None and last > moment


def list_adjustments_for(actor: Actor, state: str = "") -> QuerySet[Adjustment]:
    """Adjustments, newest first; only staff sees any."""
    found = Adjustment.objects.select_related("source_party", "target_party", "proposed_by", "decided_by").order_by("-id")
    if not actor.is_staff:
        return found.none()
    return found.filter(state=state) if state in set(AdjustmentState) else found


def count_waiting_adjustments() -> int:
    return Adjustment.objects.filter(state=AdjustmentState.PROPOSED).count()


def get_adjustment_for(actor: Actor, adjustment_id: str) -> Adjustment:
    found = list_adjustments_for(actor).filter(pk=adjustment_id).first()
    if found is None:
        raise NotFound("adjustment")
    return found


def lock_adjustment_for(actor: Actor, adjustment_id: str) -> Adjustment:
    """Locked, so that two who decide at the same moment decide one after the other."""
    found = Adjustment.objects.select_for_update().filter(pk=adjustment_id).first() if actor.is_staff else None
    if found is None:
        raise NotFound("adjustment")
    return found


def list_due_adjustments(now: datetime) -> list[str]:
    found = Adjustment.objects.filter(state=AdjustmentState.PROPOSED, expires_at__lte=now).order_by("pk")
    return list(found.values_list("pk", flat=True)[:1000])


def list_trail_for(actor: Actor) -> QuerySet[Event]:
    """What staff did in the books, newest first."""
    return Event.objects.filter(name__in=TRAIL).order_by("-id") if actor.is_staff else Event.objects.none()


def count_open() -> int:
    return Finding.objects.filter(state=FindingState.OPEN).count()


def list_findings_of(check: str) -> QuerySet[Finding]:
    """What a check still finds, explained or not, in the order of the accounts."""
    return Finding.objects.filter(check_name=check).exclude(state=FindingState.CLEARED).order_by("account", "unit", "id")
