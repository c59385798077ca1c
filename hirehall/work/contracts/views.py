"""Pages of offers and contracts."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hirehall.kernel import http
from hirehall.kernel.errors import Refused
from hirehall.kernel.events import list_events
from hirehall.kernel.money import share_half_up
from hirehall.market.proposals.queries import get_proposal_for
from hirehall.money.payments.policy import numbers as money_numbers
from hirehall.money.payments.queries import has_verified_method
from hirehall.people.accounts.acting import acting
from hirehall.people.accounts.queries import get_party
from hirehall.people.messages.queries import find_room
from hirehall.work.contracts import queries, rules, words
from hirehall.work.contracts.actions import amendments, endings, milestones, offers
from hirehall.work.contracts.forms import AmendForm, EndForm, OfferForm, ReasonsForm, ReleaseForm, WorkForm

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
    return _offer_form(request, terms, proposal.freelancer_id, proposal_id=proposal_id)


@acting("client")
def make_direct_offer(request: HttpRequest, freelancer_id: str) -> HttpResponse:
    """An offer to somebody known, without a job post."""
    return _offer_form(request, None, freelancer_id, freelancer_id=freelancer_id)


def _offer_form(request: HttpRequest, first: rules.OfferTerms | None, to_party: str, **to: str) -> HttpResponse:
    form = OfferForm(request.POST or None, initial=OfferForm.values_of(first) if first else None)
    if request.method == "POST" and form.is_valid():

        def make() -> str:
            offer = offers.make_offer(request.actor, form.terms(), note=form.cleaned_data["note"], **to)
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
    )  # fmt: skip


@acting()
def change_offer(request: HttpRequest, offer_id: str) -> HttpResponse:
    """A counter-offer, begun with the latest terms."""
    found = queries.get_offer_for(request.actor, offer_id)
    latest = rules.terms_from(queries.list_versions(offer_id)[-1].terms)
    form = OfferForm(request.POST or None, initial=OfferForm.values_of(latest))
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


@acting()
def room(request: HttpRequest, contract_id: str) -> HttpResponse:
    """The contract room: terms, milestones and money, files, messages, and what happens next."""
    contract = queries.get_contract_for(request.actor, contract_id)
    parts = queries.list_milestones(contract_id)
    work = queries.list_submissions(contract_id)
    files = queries.list_files([each.pk for each in work])
    is_client = request.actor.party_id == contract.client_id
    return http.page(
        request,
        "contracts/room.html",
        contract=contract,
        other=contract.freelancer if is_client else contract.client,
        is_client=is_client,
        milestones=parts,
        work={m.pk: [(w, files.get(w.pk, [])) for w in work if w.milestone_id == m.pk] for m in parts},
        open_amendments=queries.list_amendments(contract_id, open_only=True),
        money=_money(contract, parts),
        room=find_room("contract", contract_id),
        history=[(words.title_of(e.name), e.at, e.data.get("title", ""), "done") for e in list_events(contract_id)],
        next_step=words.next_step(contract, parts, is_client),
        forms_of={m.pk: _forms_of(m.pk) for m in parts},
        amend_form=AmendForm([m for m in parts if m.state in rules.MOVES["amend"]]),
        end_form=EndForm(),
    )


def _forms_of(milestone_id: str) -> dict:
    """The small forms of one milestone, each control with an id of its own."""
    ids = f"{milestone_id}-%s"
    return {"work": WorkForm(auto_id=ids), "reasons": ReasonsForm(auto_id=ids), "release": ReleaseForm(auto_id=ids)}


def _money(contract, parts: list) -> list[tuple[str, int]]:
    """Where the money of a contract is."""
    released = sum(m.released_minor for m in parts)
    fee = share_half_up(released, contract.fee_basis_points)
    return [
        (_("Paid to the freelancer"), released - fee), (_("Fee"), fee), (_("In escrow"), sum(m.escrow_minor for m in parts)),
        (_("Not funded yet"), sum(m.missing_minor for m in parts)),
    ]  # fmt: skip


@acting("client")
@require_POST
def fund(request: HttpRequest, milestone_id: str) -> HttpResponse:
    return _move(request, milestone_id, lambda: milestones.fund_milestone(request.actor, milestone_id))


@acting("freelancer")
@require_POST
def submit(request: HttpRequest, milestone_id: str) -> HttpResponse:
    form = WorkForm(request.POST, request.FILES)
    text = form.cleaned_data["message"] if form.is_valid() else request.POST.get("message", "")[:20_000]
    uploads = form.cleaned_data.get("files", [])
    return _move(request, milestone_id, lambda: milestones.submit_work(request.actor, milestone_id, text, uploads))


@acting("client")
@require_POST
def changes(request: HttpRequest, milestone_id: str) -> HttpResponse:
    reasons = request.POST.get("reasons", "")[:6_000]
    return _move(request, milestone_id, lambda: milestones.ask_changes(request.actor, milestone_id, reasons))


@acting("client")
@require_POST
def approve(request: HttpRequest, milestone_id: str) -> HttpResponse:
    form = ReleaseForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(form.errors["amount"]))
        return http.go(request, _room_of(request, milestone_id))
    amount = form.cleaned_data["amount"]
    return _move(request, milestone_id, lambda: milestones.approve_milestone(request.actor, milestone_id, amount))


@acting()
@require_POST
def amend(request: HttpRequest, contract_id: str) -> HttpResponse:
    """Propose a change; the other side decides."""
    back = reverse("contracts:room", args=[contract_id])
    parts = queries.list_milestones(queries.get_contract_for(request.actor, contract_id).pk)
    form = AmendForm(parts, request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(f"{form[name].label}: {' '.join(found)}" for name, found in form.errors.items()))
        return http.go(request, back)
    given = form.cleaned_data
    return _do(request, back, lambda: amendments.propose_amendment(
        request.actor, contract_id, form.terms(), milestone_id=given["milestone"], note=given["note"]))  # fmt: skip


@acting()
@require_POST
def answer(request: HttpRequest, amendment_id: str) -> HttpResponse:
    contract = queries.get_contract_for(request.actor, queries.get_amendment(amendment_id).contract_id)
    accepted = request.POST.get("accept") == "1"
    back = reverse("contracts:room", args=[contract.pk])
    return _do(request, back, lambda: amendments.answer_amendment(request.actor, amendment_id, accept=accepted))


@acting()
@require_POST
def end(request: HttpRequest, contract_id: str) -> HttpResponse:
    summary = request.POST.get("summary", "")[:20_000]
    back = reverse("contracts:room", args=[contract_id])
    return _do(request, back, lambda: endings.end_contract(request.actor, contract_id, summary))


@acting("freelancer")
@require_POST
def refund(request: HttpRequest, contract_id: str) -> HttpResponse:
    agreed = request.POST.get("agree") == "1"
    back = reverse("contracts:room", args=[contract_id])
    return _do(request, back, lambda: endings.answer_refund(request.actor, contract_id, agree=agreed))


def _room_of(request: HttpRequest, milestone_id: str) -> str:
    return reverse("contracts:room", args=[queries.find_contract_id(request.actor, milestone_id)])


def _move(request: HttpRequest, milestone_id: str, act: Callable[[], object]) -> HttpResponse:
    return _do(request, _room_of(request, milestone_id), act)


def _do(request: HttpRequest, back: str, act: Callable[[], object]) -> HttpResponse:
    def and_return() -> str:
        act()
        return back

    return _or_back(request, http.submit(request, and_return), back)


def _or_back(request: HttpRequest, outcome: HttpResponse | Refused, back: str) -> HttpResponse:
    if isinstance(outcome, Refused):
        messages.error(request, outcome.sentence)
        return http.go(request, back)
    return outcome
