"""Pages of memberships: the plans side by side, taking one, and how one's own stands."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from hirehall.kernel import clock, http
from hirehall.kernel.errors import NotFound, Refused
from hirehall.money.memberships import actions, queries, rules
from hirehall.money.memberships.policy import numbers
from hirehall.money.memberships.words import perk_words
from hirehall.money.payments.queries import find_default_method
from hirehall.money.payments.reasons import reason_words
from hirehall.people.accounts.acting import acting


@acting()
def plans(request: HttpRequest) -> HttpResponse:
    return _page(request)


@acting()
def take(request: HttpRequest, plan_code: str) -> HttpResponse:
    """What the plan costs and when, and the button that orders it."""
    plan = rules.find_plan(plan_code, numbers())
    if plan is None or plan.is_free or not plan.is_offered or plan.kind != request.actor.kind:
        raise NotFound("plan")
    refusal = None
    if request.method == "POST":

        def order() -> str:
            actions.choose_plan(request.actor, plan.code)
            return reverse("memberships:plans")

        outcome = http.submit(request, order)
        if not isinstance(outcome, Refused):
            return outcome
        refusal = outcome
    now = clock.now()
    return http.page(
        request,
        "memberships/take.html",
        status=http.UNPROCESSABLE if refusal else 200,
        plan=plan,
        unit=numbers().unit,
        perks=perk_words(plan),
        held=queries.find_membership(request.actor.party_id),
        method=find_default_method(request.actor.party_id),
        next_charges=[rules.month_end(now, number) for number in (1, 2, 3)],
        retry_days=numbers().retry_days,
        refusal=refusal,
    )


@acting()
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    return _do(request, lambda: actions.leave_plan(request.actor))


@acting()
@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    return _do(request, lambda: actions.stay_on_plan(request.actor))


@acting()
@require_POST
def pay(request: HttpRequest) -> HttpResponse:
    return _do(request, lambda: actions.pay_plan_now(request.actor))


def _do(request: HttpRequest, act: Callable[[], object]) -> HttpResponse:
    def run() -> str:
        act()
        return reverse("memberships:plans")

    outcome = http.submit(request, run)
    return _page(request, outcome) if isinstance(outcome, Refused) else outcome


def _page(request: HttpRequest, refusal: Refused | None = None) -> HttpResponse:
    actor, current = request.actor, numbers()
    held = queries.find_membership(actor.party_id)
    return http.page(
        request,
        "memberships/plans.html",
        status=http.UNPROCESSABLE if refusal else 200,
        refusal=refusal,
        held=held,
        held_plan=rules.find_plan(held.plan, current) if held else None,
        next_plan=rules.find_plan(held.next_plan, current) if held else None,
        ended=None if held else queries.find_last_ended_for(actor),
        plans=[(plan, perk_words(plan)) for plan in rules.plans_of(actor.kind, current)],
        months=http.paginate(request, queries.list_months_for(actor), 12),
        unit=current.unit,
        reason_words=reason_words,
    )
