"""Pages of cards: what a party pays with, how a card gets here, and payments that the bank wants confirmed."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from hirehall.kernel import clock, http
from hirehall.kernel.errors import Refused
from hirehall.money.payments import forms, intake, method_rules, queries
from hirehall.money.payments.actions import charges
from hirehall.money.payments.actions import methods as cards
from hirehall.money.payments.gateways.registry import gateway, gateways
from hirehall.money.payments.policy import method_numbers
from hirehall.money.payments.reasons import reason_words
from hirehall.people.accounts.acting import acting


@acting()
def methods(request: HttpRequest) -> HttpResponse:
    """The party's cards and payout methods, with what each waits for."""
    return http.page(request, "payments/methods.html", next=_next(request), **_shown(request))


def _shown(request: HttpRequest) -> dict:
    found, now = queries.list_methods_for(request.actor), clock.now()
    return {
        "methods": found,
        "payouts": queries.list_payout_methods_for(request.actor),
        "unconfirmed": queries.list_unconfirmed_charges_for(request.actor),
        "with_details": [each.name for each in gateways().values() if each.has_own_form],
        "reason_words": reason_words,
        "now": now,
        "soon": method_rules.last_day_told(now.date(), method_numbers().notice_days),
    }


@acting()
def add_method(request: HttpRequest, method_id: str = "") -> HttpResponse:
    """Enter a card, new or in the place of another; it comes back verified or not.

    It is typed into the payment company's own form where that has one, and into ours with the sandbox.
    """
    old = queries.get_method_for(request.actor, method_id) if method_id else None
    company = gateway()
    form = (forms.EnteredCardForm if company.has_own_form else forms.CardForm)(*http.sent(request))
    target = reverse("payments:methods") + (f"?next={_next(request)}" if _next(request) else "")
    if request.method == "POST" and form.is_valid():
        outcome = _add(request, form, method_id, target)
        if not isinstance(outcome, Refused):
            return outcome
        http.add_refusal(form, outcome)
        if outcome.code == "card:not_entered":
            # The next try begins a new entry instead of sending this one again.
            form.data = {**form.data.dict(), "entry": ""}
    script, public_key = company.form_script()
    template = "payments/enter_method.html" if company.has_own_form else "payments/add_method.html"
    return form_page(request, template, form, next=_next(request), old=old, script=script, public_key=public_key)


def _add(request: HttpRequest, form, method_id: str, target: str) -> HttpResponse | Refused:
    try:
        # The company is asked before the transaction begins: an answer may take seconds.
        kept = form.keep(request.actor) if gateway().has_own_form else None
    except Refused as refusal:
        return refusal

    def add() -> str:
        cards.add_method(request.actor, kept or form.keep(request.actor), method_id)
        return target

    return http.submit(request, add)


@acting()
@require_POST
def begin_card(request: HttpRequest) -> HttpResponse:
    """For the script of the card page: an entry that the browser will finish at the payment company."""
    try:
        entry = intake.begin_card(request.actor)
    except Refused as refusal:
        return JsonResponse({"code": refusal.code, "message": refusal.sentence}, status=http.UNPROCESSABLE)
    return JsonResponse({"id": entry.id, "secret": entry.secret})


@acting()
@require_POST
def change_method(request: HttpRequest, method_id: str, verb: str) -> HttpResponse:
    """Confirm a card, make it the default, or remove it."""
    change = {"confirm": cards.confirm_method, "default": cards.choose_method, "remove": cards.remove_method}[
        verb
    ]
    return do_here(request, lambda: change(request.actor, method_id))


@acting()
def confirm_charge(request: HttpRequest, charge_id: str) -> HttpResponse:
    """Confirm a payment at the bank, or give it up."""
    charge = queries.get_charge_for(request.actor, charge_id)
    refusal, entry, drops = None, None, request.POST.get("verb") == "drop"
    asked = "asked" in request.GET
    if request.method == "POST":

        def run() -> str:
            (charges.drop_charge if drops else charges.confirm_charge)(request.actor, charge_id)
            # The answer comes in a moment; until then the page waits for it instead of asking again.
            return f"{request.path}?asked=1"

        outcome = http.submit(request, run)
        if not isinstance(outcome, Refused):
            return outcome
        refusal = outcome
    try:
        entry = intake.ask_owner(charge) if charge.state == "needs_action" and not asked else None
    except Refused as problem:
        refusal = refusal or problem
    until = method_rules.confirm_until(charge.asked_at, method_numbers())
    status = http.UNPROCESSABLE if request.method == "POST" else 200
    return http.page(
        request,
        "payments/confirm_charge.html",
        status=status,
        own_form=gateway(charge.method.gateway).has_own_form,
        asked=asked,
        charge=charge,
        entry=entry,
        until=until,
        refusal=refusal,
        reason_words=reason_words,
    )


def do_here(request: HttpRequest, change) -> HttpResponse:
    """Carry out a form of one button and go back to the methods; a refusal is told there."""

    def run() -> str:
        change()
        return reverse("payments:methods")

    outcome = http.submit(request, run)
    if not isinstance(outcome, Refused):
        return outcome
    shown = _shown(request)
    return http.page(request, "payments/methods.html", http.UNPROCESSABLE, refusal=outcome, next="", **shown)


def form_page(request: HttpRequest, template: str, form, **context) -> HttpResponse:
    return http.page(request, template, status=http.UNPROCESSABLE if form.errors else 200, form=form, **context)


def _next(request: HttpRequest) -> str:
    """Where the reader wanted to go before; only inside this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else ""
