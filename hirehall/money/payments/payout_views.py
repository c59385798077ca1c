"""Pages of withdrawals: where money goes, and sending it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from hirehall.kernel import clock, http
from hirehall.kernel.errors import Refused
from hirehall.money.payments import forms, intake, queries
from hirehall.money.payments.actions import payouts as accounts
from hirehall.money.payments.method_views import do_here, form_page
from hirehall.money.payments.policy import numbers
from hirehall.people.accounts.acting import acting


@acting()
def add_payout(request: HttpRequest) -> HttpResponse:
    """Type a bank account or a wallet."""
    form = forms.PayoutForm(*http.sent(request), initial={"holder_name": request.actor.name})
    if request.method == "POST" and form.is_valid():

        def add() -> str:
            given = form.cleaned_data
            accounts.add_payout_method(request.actor, given["kind"], form.keep(), given["holder_name"])
            return reverse("payments:methods")

        outcome = http.submit(request, add)
        if not isinstance(outcome, Refused):
            return outcome
        http.add_refusal(form, outcome)
    return form_page(request, "payments/add_payout.html", form, days=numbers().payout_wait_days)


@acting()
@require_GET
def payout_details(request: HttpRequest, method_id: str) -> HttpResponse:
    """To the payment company's own page about the holder of an account, and back."""
    method = queries.get_payout_method_for(request.actor, method_id)
    return redirect(intake.details_page(method, request.build_absolute_uri(reverse("payments:methods"))))


@acting()
@require_POST
def remove_payout(request: HttpRequest, method_id: str) -> HttpResponse:
    return do_here(request, lambda: accounts.remove_payout_method(request.actor, method_id))


@acting()
def withdraw(request: HttpRequest) -> HttpResponse:
    """Send available money away, part or all."""
    payouts = queries.list_payout_methods_for(request.actor)
    form = forms.WithdrawForm(*http.sent(request), methods=payouts)
    if request.method == "POST" and form.is_valid():

        def send() -> str:
            accounts.withdraw(request.actor, form.cleaned_data["method"], form.cleaned_data["amount"])
            return reverse("payments:overview")

        outcome = http.submit(request, send)
        if not isinstance(outcome, Refused):
            return outcome
        http.add_refusal(form, outcome)
    context = {"payouts": payouts, "balances": queries.balances_for(request.actor), "numbers": numbers()}
    return form_page(request, "payments/withdraw.html", form, now=clock.now(), **context)
