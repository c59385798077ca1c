"""Reads of memberships: the plan of a party, its months, and what is due."""

from datetime import datetime

from django.db.models import QuerySet

from hirehall.kernel.errors import NotFound
from hirehall.money.memberships import rules
from hirehall.money.memberships.models import Membership, Month
from hirehall.money.memberships.policy import numbers
from hirehall.people.accounts.actors import Actor


def find_membership(party_id: str | None) -> Membership | None:
    """The paid plan of a party that has not ended."""
    return Membership.objects.filter(party_id=party_id).exclude(state=rules.State.ENDED).first()


def lock_membership(party_id: str | None) -> Membership | None:
    found = Membership.objects.select_for_update().filter(party_id=party_id)
    return found.exclude(state=rules.State.ENDED).first()


def lock_by_id(membership_id: str) -> Membership:
    return Membership.objects.select_for_update().get(pk=membership_id)


def lock_month(month_id: str) -> tuple[Membership, Month]:
    """A month with its membership, which is locked first."""
    membership = lock_by_id(Month.objects.get(pk=month_id).membership_id)
    return membership, Month.objects.get(pk=month_id)


def plan_of(party_id: str, kind: str) -> rules.Plan | None:
    """The plan that acts for a party now: the paid one while it runs, else the free one of its kind."""
    held = find_membership(party_id)
    if held is not None and held.state in rules.RUNNING:
        found = rules.find_plan(held.plan, numbers())
        if found is not None:
            return found
    return next(iter(rules.plans_of(kind, numbers())), None)


def has_perk(party_id: str, perk: str) -> bool:
    """True when a party's paid plan gives a perk."""
    held = find_membership(party_id)
    plan = rules.find_plan(held.plan, numbers()) if held is not None and held.state in rules.RUNNING else None
    return plan is not None and perk in plan.perks


def list_months_for(actor: Actor) -> QuerySet[Month]:
    """Every month that was charged to the party, over all its plans, newest first."""
    return Month.objects.select_related("membership").filter(membership__party_id=actor.party_id).order_by("-id")


def find_last_ended_for(actor: Actor) -> Membership | None:
    return Membership.objects.filter(party_id=actor.party_id, state=rules.State.ENDED).order_by("-id").first()


def get_month_for(actor: Actor, month_id: str) -> Month:
    found = list_months_for(actor).filter(pk=month_id).first()
    if found is None:
        raise NotFound("month")
    return found


def list_due(now: datetime, limit: int) -> list[str]:
    """Memberships whose month is over, or whose failed charge is due again."""
    over = Membership.objects.filter(state=rules.State.ACTIVE, paid_until__lte=now).order_by("paid_until", "id")
    again = Membership.objects.filter(state=rules.State.PAST_DUE, next_try_at__lte=now).order_by("next_try_at", "id")
    return [*over.values_list("id", flat=True)[:limit], *again.values_list("id", flat=True)[:limit]]
