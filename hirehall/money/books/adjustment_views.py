"""Pages of adjustments: the list, a proposal, and the decision of another person."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from hirehall.kernel import clock, http
from hirehall.kernel.errors import Refused
from hirehall.money.books import forms, queries
from hirehall.money.books.actions import adjustments as deciding
from hirehall.money.books.policy import numbers
from hirehall.money.books.rules import AdjustmentState
from hirehall.money.books.words import KINDS
from hirehall.people.accounts.acting import acting

PER_PAGE = 20


@acting("staff")
def adjustments(request: HttpRequest) -> HttpResponse:
    """All of them, newest first, or those of one state."""
    state = request.GET.get("state", "")
    state = state if state in set(AdjustmentState) else ""
    page = http.paginate(request, queries.list_adjustments_for(request.actor, state), PER_PAGE)
    return http.page(request, "books/adjustments.html", rows=page, state=state, kinds=KINDS)


@acting("staff")
def propose(request: HttpRequest) -> HttpResponse:
    """Say what is to be put right, and why."""
    form = forms.AdjustmentForm(*http.sent(request))
    if request.method == "POST" and form.is_valid():
        outcome = http.submit(request, lambda: _address(deciding.propose_adjustment(request.actor, form.terms()).id))
        if not isinstance(outcome, Refused):
            return outcome
        http.add_refusal(form, outcome)
    status = http.UNPROCESSABLE if form.errors else 200
    return http.page(request, "books/propose.html", status=status, form=form, numbers=numbers())


@acting("staff")
def adjustment(request: HttpRequest, adjustment_id: str) -> HttpResponse:
    return _page(request, adjustment_id, forms.ReasonForm(), None)


@acting("staff")
@require_POST
def decide(request: HttpRequest, adjustment_id: str, verb: str) -> HttpResponse:
    """Approve, decline or take back; a refusal is told on the page, with what was typed."""
    form = forms.ReasonForm(request.POST)
    reason = form.cleaned_data.get("reason", "") if form.is_valid() else ""

    def act() -> str:
        if verb == "approve":
            deciding.approve_adjustment(request.actor, adjustment_id, reason)
        elif verb == "decline":
            deciding.decline_adjustment(request.actor, adjustment_id, reason)
        else:
            deciding.withdraw_adjustment(request.actor, adjustment_id)
        return _address(adjustment_id)

    if form.is_valid():
        outcome = http.submit(request, act)
        if not isinstance(outcome, Refused):
            return outcome
        if outcome.field == "reason":
            http.add_refusal(form, outcome)
            outcome = None
        return _page(request, adjustment_id, form, outcome)
    return _page(request, adjustment_id, form, None)


def _page(request: HttpRequest, adjustment_id: str, form: forms.ReasonForm, refusal: Refused | None) -> HttpResponse:
    one = queries.get_adjustment_for(request.actor, adjustment_id)
    is_open = one.state == AdjustmentState.PROPOSED and one.expires_at > clock.now()
    is_mine = one.proposed_by_id == request.actor.user_id
    status = http.UNPROCESSABLE if refusal or form.errors else 200
    late = [form] if form.is_bound and (is_mine or not is_open) else []
    return http.page(
        request, "books/adjustment.html", status=status, one=one, form=form, refusal=refusal, is_mine=is_mine, is_open=is_open,
        kinds=KINDS, late=late,
    )  # fmt: skip


def _address(adjustment_id: str) -> str:
    return reverse("books:adjustment", args=[adjustment_id])
