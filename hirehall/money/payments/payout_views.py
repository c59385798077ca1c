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
from hirehall.money.payments.policy import numbers, numbers_in
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
    """Send available money of one currency away, part or all."""
    payouts, in_use = queries.list_payout_methods_for(request.actor), queries.list_balances_for(request.actor)
    chosen = request.POST.get("unit", "") if request.method == "POST" else request.GET.get("unit", "")
    balances = queries.balances_among(in_use, chosen)
    form = forms.WithdrawForm(*http.sent(request), methods=payouts, unit=balances.unit)
    if request.method == "POST" and form.is_valid():

        def send() -> str:
            given = form.cleaned_data
            accounts.withdraw(request.actor, given["method"], given["amount"], given["unit"])
            return f"{reverse('payments:overview')}?unit={given['unit']}"

        outcome = http.submit(request, send)
        if not isinstance(outcome, Refused):
            return outcome
        http.add_refusal(form, outcome)
    context = {"payouts": payouts, "balances": balances, "in_use": in_use, "numbers": numbers_in(balances.unit)}
    return form_page(request, "payments/withdraw.html", form, now=clock.now(), **context)
