"""Pages of what is owed: the debtor's own, and the staff's list with its ages."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from hirehall.kernel import clock, http
from hirehall.kernel.errors import Refused
from hirehall.money.payments import debt_queries, queries
from hirehall.money.payments.actions import recovery
from hirehall.money.payments.debt_forms import TransferForm
from hirehall.money.payments.method_views import form_page
from hirehall.money.payments.recovery_words import cause_words, failure_words, next_try_words
from hirehall.people.accounts.acting import acting


@acting()
def debts(request: HttpRequest) -> HttpResponse:
    """What the party owes, why, what happens next, and what it has paid."""
    actor = request.actor
    found = http.paginate(request, debt_queries.list_debts_for(actor), 20)
    return http.page(
        request,
        "payments/debts.html",
        found=found,
        owed=debt_queries.owed_by(str(actor.party_id)),
        disputed=debt_queries.list_open_chargebacks_for(actor),
        charging=debt_queries.list_charging([debt.pk for debt in found]),
        method=queries.find_default_method(str(actor.party_id)),
        cause_words=cause_words,
        failure_words=failure_words,
        next_try_words=next_try_words,
    )


@acting()
@require_POST
def pay_debt(request: HttpRequest, debt_id: str) -> HttpResponse:
    """Pay what is left with the card that is charged."""
    back = reverse("payments:debts")
    outcome = http.submit(request, lambda: (recovery.pay_debt(request.actor, debt_id), back)[1])
    if isinstance(outcome, Refused):
        messages.error(request, outcome.sentence)
        return http.go(request, back)
    return outcome


@acting("staff")
def all_debts(request: HttpRequest) -> HttpResponse:
    """Everything that is owed, by age."""
    now = clock.now()
    found = http.paginate(request, debt_queries.list_open_debts(), 30)
    return http.page(
        request, "payments/all_debts.html", found=found, ages=debt_queries.ageing(now), now=now,
        failure_words=failure_words, charging=debt_queries.list_charging([debt.pk for debt in found]),
    )  # fmt: skip


@acting("staff")
def record_transfer(request: HttpRequest, debt_id: str) -> HttpResponse:
    """Write down a bank transfer that paid a debt."""
    debt = debt_queries.get_open_debt(debt_id)
    form = TransferForm(debt, *http.sent(request)[:1])
    if request.method == "POST" and form.is_valid():

        def record() -> str:
            given = form.cleaned_data
            recovery.record_debt_transfer(request.actor, debt_id, given["amount"], given["reference"], given["reason"])
            return reverse("payments:all_debts")

        outcome = http.submit(request, record)
        if not isinstance(outcome, Refused):
            return outcome
        http.add_refusal(form, outcome)
    return form_page(request, "payments/record_transfer.html", form, debt=debt)
