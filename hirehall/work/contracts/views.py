"""Pages of offers, and the list of contracts."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hirehall.kernel import clock, http
from hirehall.kernel.errors import Refused
from hirehall.market.proposals.queries import get_proposal_for
from hirehall.money.payments.queries import has_verified_method, preferred_unit
from hirehall.money.payments.quoting import fees_between
from hirehall.people.accounts.acting import acting
from hirehall.people.accounts.queries import get_party
from hirehall.work.contracts import fee_words, queries, quiet_queries, rules
from hirehall.work.contracts.actions import offers
from hirehall.work.contracts.forms import OfferForm
from hirehall.work.contracts.policy import extra_numbers_in, numbers, numbers_in
from hirehall.work.contracts.pricing import fees_of_offer, price_of_offer
from hirehall.work.contracts.versions import differences

State = rules.ContractState
# What the form of a paid test begins with.
TEST_PART, TEST_DAYS = 7, 14
TABS = {"active": (State.ACTIVE, State.CLOSING), "ended": (State.ENDED,)}
NARROWED = {"paused": quiet_queries.only_paused, "silent": quiet_queries.only_dormant}


@acting()
def list_contracts(request: HttpRequest) -> HttpResponse:
    """The party's contracts and open offers."""
    tab = request.GET.get("tab") if request.GET.get("tab") in (*TABS, *NARROWED, "offers") else "active"
    if tab in NARROWED:
        rows = NARROWED[tab](queries.list_contracts_for(request.actor, TABS["active"]))
    else:
        rows = queries.list_offers_for(request.actor) if tab == "offers" else queries.list_contracts_for(request.actor, TABS[tab])
    found = http.paginate(request, rows, 20)
    parts = queries.list_milestones_of([row.pk for row in found]) if tab != "offers" else {}
    return http.page(request, "contracts/list.html", found=found, tab=tab, parts=parts, me=request.actor.party_id)


@acting("client")
def make_offer(request: HttpRequest, proposal_id: str) -> HttpResponse:
    """An offer on a proposal, begun with the proposal's own terms."""
    proposal = get_proposal_for(request.actor, proposal_id)
    parts = [rules.MilestoneTerms(title, amount) for title, amount in proposal.parts]
    parts = parts or [rules.MilestoneTerms(proposal.job.title[:120], proposal.price_minor)]
    terms = rules.OfferTerms(proposal.job.title, proposal.job.description, tuple(parts))
    form = OfferForm(request.POST or None, initial=OfferForm.values_of(terms), unit=proposal.unit)
    return _offer_form(request, form, proposal.freelancer_id, proposal_id=proposal_id)


@acting("client")
def make_direct_offer(request: HttpRequest, freelancer_id: str) -> HttpResponse:
    """An offer to somebody known, without a job post."""
    form = OfferForm(request.POST or None, unit=preferred_unit(request.actor.party_id), choose_unit=True)
    return _offer_form(request, form, freelancer_id, freelancer_id=freelancer_id)


@acting("client")
def make_test_offer(request: HttpRequest, proposal_id: str) -> HttpResponse:
    """A paid test on a proposal: one small milestone, begun with a seventh of the price and the limits of a test."""
    proposal = get_proposal_for(request.actor, proposal_id)
    limits = extra_numbers_in(proposal.unit)
    amount = min(limits.test_ceiling_minor, max(numbers_in(proposal.unit).milestone_floor_minor, proposal.price_minor // TEST_PART))
    due = (clock.now() + timedelta(days=TEST_DAYS)).date()
    title = _("Paid test: %(job)s") % {"job": proposal.job.title}
    part = rules.MilestoneTerms(_("Paid test"), amount, due)
    terms = rules.OfferTerms(title[: numbers().title_max], _("A small part of the work, so that both see how it goes."), (part,), revisions=1)
    form = OfferForm(request.POST or None, initial=OfferForm.values_of(terms), unit=proposal.unit)
    return _offer_form(request, form, proposal.freelancer_id, proposal_id=proposal_id, is_test=True)


def _offer_form(request: HttpRequest, form: OfferForm, to_party: str, **to: Any) -> HttpResponse:
    other, unit = get_party(to_party), form.unit
    frozen = fees_between(str(request.actor.party_id), to_party, unit)
    if request.method == "POST" and form.is_valid():

        def make() -> str:
            given = form.cleaned_data
            offer = offers.make_offer(request.actor, form.terms(), note=given["note"], unit=form.unit, **to)
            return reverse("contracts:offer", args=[offer.id])

        outcome = http.submit(request, make)
        if not isinstance(outcome, Refused):
            return outcome
        http.add_refusal(form, outcome)
    return http.page(
        request,
        "contracts/offer_form.html",
        http.UNPROCESSABLE if form.is_bound and form.errors else 200,
        form=form,
        other=other,
        verified=has_verified_method(request.actor.party_id),
        fee_lines=fee_words.rates_before(frozen, unit),
        is_test=to.get("is_test", False),
        limits=extra_numbers_in(unit),
        unit=unit,
    )


@acting()
def offer(request: HttpRequest, offer_id: str) -> HttpResponse:
    """An offer with its versions, what changed, and what can be answered."""
    found = queries.get_offer_for(request.actor, offer_id)
    versions = queries.list_versions(offer_id)
    mine = request.actor.party_id
    shown = [
        {
            "number": v.number,
            "by": found.client.name if v.by_party_id == found.client_id else found.freelancer.name,
            "at": v.at,
            "note": v.note,
            "changes": differences(versions[i - 1].terms, v.terms) if i else [],
        }
        for i, v in enumerate(versions)
    ]
    theirs = next((v for v in reversed(versions) if v.by_party_id != mine), None)
    current = rules.terms_from((theirs or versions[-1]).terms)
    price = price_of_offer(found, [part.amount_minor for part in current.milestones])
    return http.page(
        request, "contracts/offer.html", offer=found, versions=shown, terms=current, can_accept=theirs is not None,
        is_client=mine == found.client_id, fee_lines=fee_words.lines(price, found.unit),
        client_verified=None if mine == found.client_id else has_verified_method(found.client_id),
    )  # fmt: skip


@acting()
def change_offer(request: HttpRequest, offer_id: str) -> HttpResponse:
    """A counter-offer, begun with the latest terms."""
    found = queries.get_offer_for(request.actor, offer_id)
    latest = rules.terms_from(queries.list_versions(offer_id)[-1].terms)
    form = OfferForm(request.POST or None, initial=OfferForm.values_of(latest), unit=found.unit)
    if request.method == "POST" and form.is_valid():

        def change() -> str:
            offers.request_change(request.actor, offer_id, form.terms(), form.cleaned_data["note"])
            return reverse("contracts:offer", args=[offer_id])

        outcome = http.submit(request, change)
        if not isinstance(outcome, Refused):
            return outcome
        http.add_refusal(form, outcome)
    other = found.freelancer if request.actor.party_id == found.client_id else found.client
    return http.page(
        request, "contracts/offer_form.html", http.UNPROCESSABLE if form.is_bound and form.errors else 200, form=form,
        other=other, offer=found, verified=True, is_test=found.is_test, limits=extra_numbers_in(found.unit), unit=found.unit,
        fee_lines=fee_words.rates_before(fees_of_offer(found), found.unit),
    )  # fmt: skip


@acting()
@require_POST
def accept(request: HttpRequest, offer_id: str) -> HttpResponse:
    def act() -> str:
        return reverse("contracts:room", args=[offers.accept_offer(request.actor, offer_id).id])

    return _or_back(request, http.submit(request, act), reverse("contracts:offer", args=[offer_id]))


@acting()
@require_POST
def decline(request: HttpRequest, offer_id: str) -> HttpResponse:
    back = reverse("contracts:offer", args=[offer_id])
    return _do(request, back, lambda: offers.decline_offer(request.actor, offer_id))


def _do(request: HttpRequest, back: str, act: Callable[[], object]) -> HttpResponse:
    """Something that nothing is typed for: a refusal is shown on the page that one comes from."""

    def and_return() -> str:
        act()
        return back

    return _or_back(request, http.submit(request, and_return), back)


def _or_back(request: HttpRequest, outcome: HttpResponse | Refused, back: str) -> HttpResponse:
    if isinstance(outcome, Refused):
        messages.error(request, outcome.sentence)
        return http.go(request, back)
    return outcome
