"""Pages of conversions: asking for a quote, reading and accepting it; the usual currency; and the staff's rates."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hirehall.kernel import clock, http
from hirehall.kernel.errors import Refused
from hirehall.money.payments import queries, rates
from hirehall.money.payments.actions import conversions
from hirehall.money.payments.causes import percent
from hirehall.money.payments.conversion_forms import ConvertForm, RateForm, UnitForm
from hirehall.money.payments.method_views import form_page
from hirehall.money.payments.policy import main_unit, taken
from hirehall.people.accounts.acting import acting


@acting()
def convert(request: HttpRequest) -> HttpResponse:
    """How much of what becomes what; the answer is a quote."""
    in_use = queries.list_balances_for(request.actor)
    chosen = request.POST.get("unit", "") if request.method == "POST" else request.GET.get("unit", "")
    balances = queries.balances_among(in_use, chosen)
    form = ConvertForm(*http.sent(request), unit=balances.unit)
    if request.method == "POST" and form.is_valid():

        def ask() -> str:
            given = form.cleaned_data
            quote = conversions.quote_conversion(request.actor, given["unit"], given["unit_to"], given["amount"])
            return reverse("payments:quote", args=[quote.id])

        outcome = http.submit(request, ask)
        if not isinstance(outcome, Refused):
            return outcome
        http.add_refusal(form, outcome)
    margin = percent(taken().margin_basis_points)
    return form_page(request, "payments/convert.html", form, balances=balances, in_use=in_use, margin=margin)


@acting()
def show_quote(request: HttpRequest, quote_id: str) -> HttpResponse:
    """A quote: what is given, the rate, the margin, what comes out, and until when."""
    quote = rates.get_quote_for(request.actor, quote_id)
    return http.page(
        request, "payments/quote.html", quote=quote, rate=rates.ratio_of(quote).shown(),
        margin=percent(quote.margin_basis_points), over=quote.expires_at <= clock.now(),
    )  # fmt: skip


@acting()
@require_POST
def accept(request: HttpRequest, quote_id: str) -> HttpResponse:
    """Convert at the rate of the quote; a refusal is told on its page."""
    back = reverse("payments:quote", args=[quote_id])
    outcome = http.submit(request, lambda: (conversions.accept_conversion(request.actor, quote_id), back)[1])
    if isinstance(outcome, Refused):
        messages.error(request, outcome.sentence)
        return http.go(request, back)
    return outcome


@acting("client")
def choose_unit(request: HttpRequest) -> HttpResponse:
    """The currency in which a client's jobs and offers begin."""
    form = UnitForm(*http.sent(request)[:1], initial={"unit": queries.preferred_unit(request.actor.party_id)})
    if request.method == "POST" and form.is_valid():

        def choose() -> str:
            conversions.choose_unit(request.actor, form.cleaned_data["unit"])
            messages.success(request, _("Changed."))
            return reverse("payments:choose_unit")

        outcome = http.submit(request, choose)
        if not isinstance(outcome, Refused):
            return outcome
        http.add_refusal(form, outcome)
    return form_page(request, "payments/choose_unit.html", form)


@acting("staff")
def show_rates(request: HttpRequest) -> HttpResponse:
    """The rates in force, and setting a new one."""
    form = RateForm(*http.sent(request)[:1])
    if request.method == "POST" and form.is_valid():

        def keep() -> str:
            given = form.cleaned_data
            conversions.set_rate(request.actor, given["unit_from"], given["unit_to"], given["rate"], source=given["source"])
            messages.success(request, _("The rate is in force."))
            return reverse("payments:rates")

        outcome = http.submit(request, keep)
        if not isinstance(outcome, Refused):
            return outcome
        http.add_refusal(form, outcome)
    return form_page(request, "payments/rates.html", form, rates=rates.list_rates(clock.now()), main=main_unit())
