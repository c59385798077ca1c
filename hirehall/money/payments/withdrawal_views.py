"""Pages of single withdrawals: the list, each one's receipt, what its owner can do, and the desk of staff."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from hirehall.kernel import clock, http
from hirehall.kernel.errors import Refused
from hirehall.money.payments import payout_forms, payout_queries, queries
from hirehall.money.payments.actions import withdrawal_holds, withdrawals
from hirehall.money.payments.hold_words import hold_words
from hirehall.money.payments.policy import payout_numbers
from hirehall.money.payments.reasons import reason_words
from hirehall.people.accounts.acting import acting


@acting()
def list_withdrawals(request: HttpRequest) -> HttpResponse:
    """All of them, newest first."""
    page = http.paginate(request, queries.list_withdrawals_for(request.actor), 30)
    return http.page(request, "payments/withdrawals.html", withdrawals=page, reason_words=reason_words)


@acting()
def show_withdrawal(request: HttpRequest, withdrawal_id: str) -> HttpResponse:
    """The receipt, and what can be done now."""
    return _receipt(request, withdrawal_id)


@acting()
@require_POST
def take_back(request: HttpRequest, withdrawal_id: str) -> HttpResponse:
    return _do(request, withdrawal_id, lambda: withdrawals.take_back_withdrawal(request.actor, withdrawal_id).id)


@acting()
@require_POST
def retry(request: HttpRequest, withdrawal_id: str) -> HttpResponse:
    method_id = request.POST.get("method") or None
    return _do(request, withdrawal_id, lambda: withdrawals.retry_withdrawal(request.actor, withdrawal_id, method_id).id)


@acting()
@require_POST
def appeal(request: HttpRequest, withdrawal_id: str) -> HttpResponse:
    """The owner's answer to a hold."""
    form = payout_forms.AppealForm(*http.sent(request))
    if not form.is_valid():
        return _receipt(request, withdrawal_id, status=http.UNPROCESSABLE, form=form)
    text = form.cleaned_data["text"]
    return _do(
        request,
        withdrawal_id,
        lambda: withdrawal_holds.appeal_hold(request.actor, withdrawal_id, text).withdrawal_id,
        form,
    )


def _do(request: HttpRequest, withdrawal_id: str, change, form=None) -> HttpResponse:
    outcome = http.submit(request, lambda: reverse("payments:withdrawal", args=[change()]))
    if not isinstance(outcome, Refused):
        return outcome
    if form is not None:
        http.add_refusal(form, outcome)
    return _receipt(request, withdrawal_id, status=http.UNPROCESSABLE, refusal=outcome, form=form)


def _receipt(request: HttpRequest, withdrawal_id: str, status: int = 200, refusal=None, form=None) -> HttpResponse:
    actor = request.actor
    return http.page(
        request,
        "payments/withdrawal.html",
        status=status,
        withdrawal=payout_queries.get_withdrawal_for(actor, withdrawal_id),
        hold=payout_queries.find_hold_of(withdrawal_id),
        methods=queries.list_payout_methods_for(actor),
        form=form or payout_forms.AppealForm(),
        days=payout_numbers().arrival_days,
        reason_words=reason_words,
        hold_words=hold_words,
        refusal=refusal,
        now=clock.now(),
    )


# Staff


@acting("staff")
def holds(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, what leaves next, and what was decided."""
    return _desk(request)


@acting("staff")
@require_POST
def decide(request: HttpRequest, hold_id: str) -> HttpResponse:
    form = payout_forms.DecisionForm(*http.sent(request))
    if not form.is_valid():
        return _desk(request, about=hold_id, form=form)
    release = request.POST.get("verdict") == "release"
    reason = form.cleaned_data["reason"]
    return _decide(
        request, hold_id, form, lambda: withdrawal_holds.decide_hold(request.actor, hold_id, release, reason)
    )


@acting("staff")
@require_POST
def hold(request: HttpRequest, withdrawal_id: str) -> HttpResponse:
    form = payout_forms.DecisionForm(*http.sent(request))
    if not form.is_valid():
        return _desk(request, about=withdrawal_id, form=form)
    reason = form.cleaned_data["reason"]
    return _decide(
        request, withdrawal_id, form, lambda: withdrawal_holds.hold_withdrawal(request.actor, withdrawal_id, reason)
    )


def _decide(request: HttpRequest, about: str, form, change) -> HttpResponse:
    def run() -> str:
        change()
        return reverse("payments:holds")

    outcome = http.submit(request, run)
    if not isinstance(outcome, Refused):
        return outcome
    http.add_refusal(form, outcome)
    return _desk(request, about=about, form=form, refusal=outcome)


def _desk(request: HttpRequest, about: str = "", form=None, refusal=None) -> HttpResponse:
    page, unsent = http.paginate(request, payout_queries.list_open_holds(), 20), payout_queries.list_unsent()[:30]
    has_place = about in {each.id for each in (*page, *unsent)}
    return http.page(
        request,
        "payments/holds.html",
        status=http.UNPROCESSABLE if form else 200,
        holds=page,
        unsent=unsent,
        decided=payout_queries.list_decided_holds()[:20],
        about=about,
        given=form,
        typed="" if has_place else request.POST.get("reason", ""),
        empty=payout_forms.DecisionForm(),
        hold_words=hold_words,
        refusal=refusal,
        now=clock.now(),
    )
