"""Pages of offers, and the list of contracts."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from hirehall.kernel import http
from hirehall.kernel.errors import Refused
from hirehall.kernel.money import share_half_up
from hirehall.market.proposals.queries import get_proposal_for
from hirehall.money.payments.policy import numbers as money_numbers
from hirehall.money.payments.queries import has_verified_method, preferred_unit
from hirehall.people.accounts.acting import acting
from hirehall.people.accounts.queries import get_party
from hirehall.work.contracts import queries, rules
from hirehall.work.contracts.actions import offers
from hirehall.work.contracts.forms import OfferForm

State = rules.ContractState
TABS = {"active": (State.ACTIVE, State.CLOSING), "ended": (State.ENDED,)}


@acting()
def list_contracts(request: HttpRequest) -> HttpResponse:
    """The party's contracts and open offers."""
    tab = request.GET.get("tab") if request.GET.get("tab") in (*TABS, "offers") else "active"
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


def _offer_form(request: HttpRequest, form: OfferForm, to_party: str, **to: str) -> HttpResponse:
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
        other=get_party(to_party),
        verified=has_verified_method(request.actor.party_id),
        fee_basis_points=money_numbers().service_fee_basis_points,
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
            "changes": rules.differences(versions[i - 1].terms, v.terms) if i else [],
        }
        for i, v in enumerate(versions)
    ]
    theirs = next((v for v in reversed(versions) if v.by_party_id != mine), None)
    current = rules.terms_from((theirs or versions[-1]).terms)
    fee = share_half_up(current.total_minor, money_numbers().service_fee_basis_points)
    return http.page(
        request, "contracts/offer.html", offer=found, versions=shown, terms=current, can_accept=theirs is not None,
        is_client=mine == found.client_id, fee=fee, net=current.total_minor - fee,
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
        other=other, offer=found, verified=True, fee_basis_points=money_numbers().service_fee_basis_points,
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
