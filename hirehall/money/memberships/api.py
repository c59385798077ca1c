"""API of memberships. Amounts are whole minor units with their unit."""

from datetime import datetime

from ninja import Router, Schema
from ninja.pagination import paginate

from hirehall.money.memberships import actions, queries, rules
from hirehall.money.memberships.policy import numbers
from hirehall.people.accounts.scopes import needs

router = Router(tags=["memberships"])


class PlanOut(Schema):
    code: str
    name: str
    amount: int
    unit: str
    monthly_connects: int
    perks: list[str]


class HeldOut(Schema):
    plan: str
    next_plan: str
    state: str
    paid_until: datetime | None
    ends_with_month: bool
    next_try_at: datetime | None


class MembershipOut(Schema):
    plans: list[PlanOut]
    held: HeldOut | None


class MonthOut(Schema):
    id: str
    plan: str
    number: int
    starts_at: datetime
    ends_at: datetime
    amount: int
    unit: str
    state: str
    reason: str

    @staticmethod
    def resolve_plan(month) -> str:
        return month.membership.plan

    @staticmethod
    def resolve_amount(month) -> int:
        return month.price_minor


class ChooseIn(Schema):
    plan: str


@router.get("", response=MembershipOut)
@needs("read")
def show_membership(request):
    """The plans of this kind of account, and the paid one that the party has."""
    current = numbers()
    plans = [
        {"code": p.code, "name": p.name, "amount": p.price_minor, "unit": current.unit, "monthly_connects": p.monthly_connects, "perks": p.perks}
        for p in rules.plans_of(request.actor.kind, current)
    ]
    return {"plans": plans, "held": queries.find_membership(request.actor.party_id)}


@router.get("/months", response=list[MonthOut])
@paginate
@needs("read")
def list_months(request):
    """Every month that was charged, newest first."""
    return queries.list_months_for(request.actor)


@router.post("", response=HeldOut)
@needs("money")
def choose(request, given: ChooseIn):
    """Take a paid plan; the default card is charged. Another paid plan begins with the next month."""
    return actions.choose_plan(request.actor, given.plan)


@router.post("/leave", response=HeldOut)
@needs("money")
def leave(request):
    """End the plan with its paid month."""
    return actions.leave_plan(request.actor)


@router.post("/stay", response=HeldOut)
@needs("money")
def stay(request):
    """Take the end back while the month runs."""
    return actions.stay_on_plan(request.actor)


@router.post("/pay", response=HeldOut)
@needs("money")
def pay(request):
    """Try a failed month again now."""
    return actions.pay_plan_now(request.actor)
