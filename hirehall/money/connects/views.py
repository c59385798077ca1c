"""Pages of Connects: the history with what expires soon, and buying."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from hirehall.kernel import http
from hirehall.kernel.errors import Refused
from hirehall.money.connects import history, queries, rules
from hirehall.money.connects.actions import buy_connects
from hirehall.money.connects.forms import BuyForm
from hirehall.money.connects.policy import numbers
from hirehall.money.payments.queries import find_default_method
from hirehall.money.payments.reasons import reason_words
from hirehall.people.accounts.acting import acting


@acting("freelancer")
def show_history(request: HttpRequest) -> HttpResponse:
    """How many there are, what expires soon, and every movement with its reason."""
    actor = request.actor
    return http.page(
        request,
        "connects/history.html",
        held=queries.connects_held(actor.party_id),
        soon=queries.list_soon_expiring_for(actor),
        lots=queries.list_lots_for(actor),
        purchases=[each for each in queries.list_purchases_for(actor) if each.state != "paid"][:3],
        rows=http.paginate(request, history.list_rows_for(actor), 30),
        reason_words=reason_words,
        numbers=numbers(),
    )


@acting("freelancer")
def buy(request: HttpRequest) -> HttpResponse:
    """Choose a bundle; the default card is charged."""
    actor = request.actor
    form = BuyForm(*http.sent(request), kind=actor.kind)
    if request.method == "POST" and form.is_valid():

        def pay() -> str:
            buy_connects(actor, form.cleaned_data["bundle"])
            return reverse("connects:history")

        outcome = http.submit(request, pay)
        if not isinstance(outcome, Refused):
            return outcome
        http.add_refusal(form, outcome)
    return http.page(
        request,
        "connects/buy.html",
        status=http.UNPROCESSABLE if form.errors else 200,
        form=form,
        held=queries.connects_held(actor.party_id),
        method=find_default_method(actor.party_id),
        bundles=[(n, rules.bundle_price(n, numbers())) for n in rules.bundles_for(actor.kind, numbers())],
        numbers=numbers(),
    )
