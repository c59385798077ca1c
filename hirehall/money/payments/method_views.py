"""Pages of cards and accounts: what a party pays with."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from hirehall.kernel import clock, http
from hirehall.kernel.errors import Refused
from hirehall.money.payments import forms, queries
from hirehall.money.payments.actions import methods as cards
from hirehall.money.payments.reasons import reason_words
from hirehall.people.accounts.acting import acting


@acting()
def methods(request: HttpRequest) -> HttpResponse:
    """The party's cards and payout methods, with what each waits for."""
    return http.page(
        request,
        "payments/methods.html",
        methods=queries.list_methods_for(request.actor),
        payouts=queries.list_payout_methods_for(request.actor),
        reason_words=reason_words,
        now=clock.now(),
        next=_next(request),
    )


@acting()
def add_method(request: HttpRequest) -> HttpResponse:
    """Type a card; it goes to the gateway and comes back verified or not."""
    form = forms.CardForm(*http.sent(request))
    target = reverse("payments:methods") + (f"?next={_next(request)}" if _next(request) else "")
    if request.method == "POST" and form.is_valid():

        def add() -> str:
            cards.add_method(request.actor, form.keep())
            return target

        outcome = http.submit(request, add)
        if not isinstance(outcome, Refused):
            return outcome
        http.add_refusal(form, outcome)
    return form_page(request, "payments/add_method.html", form, next=_next(request))


@acting()
@require_POST
def change_method(request: HttpRequest, method_id: str, verb: str) -> HttpResponse:
    """Confirm a card, make it the default, or remove it."""
    change = {"confirm": cards.confirm_method, "default": cards.choose_method, "remove": cards.remove_method}[
        verb
    ]
    return do_here(request, lambda: change(request.actor, method_id))


def do_here(request: HttpRequest, change) -> HttpResponse:
    """Carry out a form of one button and go back to the methods; a refusal is told there."""

    def run() -> str:
        change()
        return reverse("payments:methods")

    outcome = http.submit(request, run)
    if not isinstance(outcome, Refused):
        return outcome
    return http.page(
        request,
        "payments/methods.html",
        status=http.UNPROCESSABLE,
        methods=queries.list_methods_for(request.actor),
        payouts=queries.list_payout_methods_for(request.actor),
        reason_words=reason_words,
        now=clock.now(),
        refusal=outcome,
        next="",
    )


def form_page(request: HttpRequest, template: str, form, **context) -> HttpResponse:
    return http.page(request, template, status=http.UNPROCESSABLE if form.errors else 200, form=form, **context)


def _next(request: HttpRequest) -> str:
    """Where the reader wanted to go before; only inside this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else ""
