"""Pages of withdrawals: where money goes, sending it, how often it goes by itself, and the tax form."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from hirehall.kernel import clock, http
from hirehall.kernel.errors import Refused
from hirehall.money.payments import bank_rules, earnings, intake, payout_forms, payout_queries, queries
from hirehall.money.payments.actions import payouts as accounts
from hirehall.money.payments.actions.schedules import choose_schedule
from hirehall.money.payments.actions.tax_forms import sign_tax_form
from hirehall.money.payments.method_views import do_here, form_page
from hirehall.money.payments.models import PayoutMethod
from hirehall.money.payments.payout_rules import BANK, Rhythm, next_run
from hirehall.money.payments.policy import numbers, numbers_in, payout_numbers
from hirehall.money.payments.reasons import condition_words, reason_words
from hirehall.money.payments.rules import PAYOUT_KINDS
from hirehall.people.accounts.acting import acting, open_to_all
from hirehall.people.accounts.actors import Actor
from hirehall.people.accounts.places import country_name
from hirehall.people.accounts.queries import get_party

RECENT = 5
HOLDS_SHOWN = 60


@acting()
def add_payout(request: HttpRequest) -> HttpResponse:
    """Type a bank account in the way of its country, a card or a wallet."""
    asked = request.POST if request.method == "POST" else request.GET
    kind = asked.get("kind", "") if asked.get("kind", "") in PAYOUT_KINDS else BANK
    country = asked.get("country", "")[:2]
    if request.method == "GET" and not country:
        country = get_party(request.actor.party_id).country
    form = payout_forms.PayoutForm(
        *http.sent(request),
        kind=kind,
        country=country if kind == BANK else "",
        initial={"holder_name": request.actor.name},
    )
    if request.method == "POST" and form.is_valid():

        def add() -> str:
            given = form.cleaned_data
            accounts.add_payout_method(request.actor, given["kind"], form.keep(), given["holder_name"])
            return reverse("payments:methods")

        outcome = http.submit(request, add)
        if not isinstance(outcome, Refused):
            return outcome
        http.add_refusal(form, outcome)
    context = {
        "kind": kind,
        "countries": payout_forms.CountryForm(initial={"country": country}) if kind == BANK else None,
        "iban": kind == BANK and (not country or bank_rules.uses_iban(country)),
        "numbers": payout_numbers(),
    }
    return form_page(request, "payments/add_payout.html", form, days=numbers().payout_wait_days, **context)


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


@open_to_all
def stop_payout(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the mail about a new method: whoever did not add it stops it, without signing in."""
    method = payout_queries.find_method_to_stop(token)
    if request.method == "POST":

        def stop() -> str:
            accounts.stop_payout_method(token)
            return request.path

        outcome = http.submit(request, stop)
        if not isinstance(outcome, Refused):
            return outcome
    return http.page(request, "payments/stop_payout.html", method=method, token=token, now=clock.now())


@dataclass(frozen=True)
class Offer:
    """A method as the page offers it: what it costs to send all, what arrives, and when."""

    method: PayoutMethod
    fee: int
    arrives: int
    days: int


@acting()
def withdraw(request: HttpRequest) -> HttpResponse:
    """What there is in one currency, what stands in the way, sending it, and what was sent."""
    actor, now = request.actor, clock.now()
    in_use = queries.list_balances_for(actor)
    balances = queries.balances_among(in_use, _asked_unit(request))
    unit, available = balances.unit, balances.available
    offers = [_offer(each, available, unit) for each in queries.list_payout_methods_for(actor)]
    # What can be used and costs least is chosen beforehand.
    offers.sort(key=lambda each: (each.method.usable_at > now, each.fee))
    form = payout_forms.WithdrawForm(*http.sent(request), methods=[each.method for each in offers], unit=unit)
    if request.method == "POST" and form.is_valid():

        def send() -> str:
            given = form.cleaned_data
            sent = accounts.withdraw(actor, given["method"], given["amount"], given["unit"], undo=True)
            return reverse("payments:withdrawal", args=[sent.id])

        outcome = http.submit(request, send)
        if not isinstance(outcome, Refused):
            return outcome
        http.add_refusal(form, outcome)
    return form_page(
        request,
        "payments/withdraw.html",
        form,
        balances=balances,
        in_use=in_use,
        offers=offers,
        numbers=numbers_in(unit),
        payout_numbers=payout_numbers(),
        now=now,
        **_around(actor, unit, offers, now),
    )


def _asked_unit(request: HttpRequest) -> str:
    """The currency of the tab, which the form of a page sends back."""
    return (request.POST if request.method == "POST" else request.GET).get("unit", "")


def _around(actor: Actor, unit: str, offers: list[Offer], now: datetime) -> dict[str, object]:
    """What stands around the form: conditions, the schedule, what comes, and what was sent last."""
    schedule = payout_queries.find_schedule_for(actor, unit)
    runs = schedule is not None and schedule.next_on is not None
    ready = min((each.method for each in offers), key=lambda each: each.usable_at, default=None)
    return {
        "conditions": payout_queries.list_conditions(actor.party_id, ready, unit, now),
        "ready": ready,
        "schedule": schedule,
        "rhythms": payout_forms.RHYTHMS,
        "condition_words": condition_words,
        "reason_words": reason_words,
        "expected": payout_queries.expected_on(actor.party_id, unit, schedule.next_on) if runs else None,
        "coming": earnings.due_dates(list(queries.list_waiting_holds_for(actor, unit)[:HOLDS_SHOWN])),
        "withdrawals": queries.list_withdrawals_for(actor)[:RECENT],
    }


def _offer(method: PayoutMethod, available: int, unit: str) -> Offer:
    fee = payout_queries.withdrawal_fee(method, available, unit).total
    return Offer(method, fee, max(available - fee, 0), payout_numbers().arrival_days.get(method.kind, 0))


@acting()
def schedule(request: HttpRequest) -> HttpResponse:
    """How often available money of one currency is sent by itself."""
    actor = request.actor
    unit = queries.balances_for(actor, _asked_unit(request)).unit
    methods = queries.list_payout_methods_for(actor)
    now_set = payout_queries.find_schedule_for(actor, unit)
    initial = {"rhythm": now_set.rhythm if now_set else Rhythm.BY_HAND}
    if now_set:
        initial |= {"method": now_set.method_id}
    form = payout_forms.ScheduleForm(*http.sent(request), methods=methods, unit=unit, initial=initial)
    if request.method == "POST" and form.is_valid():

        def choose() -> str:
            given = form.cleaned_data
            choose_schedule(actor, given["rhythm"], given["method"] or None, given["least"], given["unit"])
            return f"{reverse('payments:withdraw')}?unit={unit}"

        outcome = http.submit(request, choose)
        if not isinstance(outcome, Refused):
            return outcome
        http.add_refusal(form, outcome)
    today = clock.now().date()
    runs = {rhythm: next_run(rhythm, today, payout_numbers()) for rhythm in Rhythm}
    context = {"unit": unit, "methods": methods, "schedule": now_set, "runs": runs, "rhythms": payout_forms.RHYTHMS}
    return form_page(
        request, "payments/schedule.html", form, numbers=numbers_in(unit), payout_numbers=payout_numbers(), **context
    )


@acting()
def tax_form(request: HttpRequest) -> HttpResponse:
    """Sign the tax form, or sign it anew."""
    actor = request.actor
    party = get_party(actor.party_id)
    form = payout_forms.TaxForm(*http.sent(request), initial={"name": party.name, "country": party.country})
    if request.method == "POST" and form.is_valid():

        def sign() -> str:
            given = form.cleaned_data
            sign_tax_form(actor, given["name"], given["country"], given["number"], given["agrees"])
            return reverse("payments:withdraw")

        outcome = http.submit(request, sign)
        if not isinstance(outcome, Refused):
            return outcome
        http.add_refusal(form, outcome)
    signed = payout_queries.find_tax_form(actor.party_id)
    kind = payout_numbers().tax_form(party.country)
    country = country_name(signed.country, get_language() or "en") if signed else ""
    return form_page(request, "payments/tax_form.html", form, signed=signed, kind=kind, country=country)
