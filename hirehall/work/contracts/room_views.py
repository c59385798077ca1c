"""Pages of one contract: its room, and every step that is taken from there.

A refused form comes back in the room, open and with what was typed in it.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from hirehall.kernel import http
from hirehall.kernel.errors import Refused
from hirehall.kernel.events import list_events
from hirehall.money.payments.queries import has_verified_method
from hirehall.people.accounts.acting import acting
from hirehall.people.messages.queries import find_room
from hirehall.work.contracts import extra_queries, fee_words, queries, quiet_views, rules, turns, words
from hirehall.work.contracts.actions import amendments, closing, endings, milestones
from hirehall.work.contracts.extra_views import room_context
from hirehall.work.contracts.forms import AmendForm, CloseForm, EndForm, ReasonsForm, ReleaseForm, WorkForm
from hirehall.work.contracts.models import Contract, Milestone
from hirehall.work.contracts.pricing import price_to_fund

# The forms in the room: those of a milestone stand in it once for each.
OF_MILESTONE = {"work": WorkForm, "reasons": ReasonsForm, "release": ReleaseForm}
# What must be possible for a form of a milestone to have a place in the room.
MOVE_OF = {"work": "submit", "reasons": "ask_changes", "release": "approve", "amend": "amend"}
Filled = dict[tuple[str, str], Form]


@acting()
def room(request: HttpRequest, contract_id: str) -> HttpResponse:
    """The contract room: terms, milestones and money, files, messages, and what happens next."""
    return _show_room(request, contract_id, {})


def _show_room(request: HttpRequest, contract_id: str, filled: Filled) -> HttpResponse:
    """The room; `filled` holds a form that came back, by its name and its milestone's (or the contract's) id."""
    contract = queries.get_contract_for(request.actor, contract_id)
    parts = queries.list_milestones(contract_id)
    work = queries.list_submissions(contract_id)
    files = queries.list_files([each.pk for each in work])
    is_client = request.actor.party_id == contract.client_id
    return http.page(
        request,
        "contracts/room.html",
        http.UNPROCESSABLE if filled else 200,
        contract=contract,
        other=contract.freelancer if is_client else contract.client,
        is_client=is_client,
        client_verified=None if is_client else has_verified_method(contract.client_id),
        milestones=parts,
        to_pay={m.pk: _to_pay(contract, m.missing_minor) for m in parts if m.missing_minor},
        work={m.pk: [(w, files.get(w.pk, [])) for w in work if w.milestone_id == m.pk] for m in parts},
        open_amendments=queries.list_amendments(contract_id, open_only=True),
        **room_context(contract, parts, request.actor),
        room=find_room("contract", contract_id),
        history=[(words.title_of(e.name), e.at, e.data.get("title", ""), "done") for e in list_events(contract_id)],
        steps=turns.steps(contract, parts, extra_queries.list_open_of([contract.pk])[contract.pk], request.actor.party_id),
        forms_of={
            m.pk: {name: filled.get((name, m.pk)) or _form(name, m.pk, contract.unit) for name in OF_MILESTONE} for m in parts
        },
        amend_forms=_amend_forms(contract, parts, filled),
        add_form=filled.get(("amend", contract_id)) or AmendForm(parts, unit=contract.unit),
        close_form=filled.get(("close", contract_id)) or CloseForm(),
        end_form=filled.get(("end", contract_id)) or EndForm(),
        **quiet_views.facts_of(contract, is_client=is_client),
        late=[form for spot, form in filled.items() if not _has_place(spot, contract, parts)],
    )


def _to_pay(contract: Contract, amount: int) -> tuple[int, str]:
    """What the card pays for a milestone in all, and the fees in it in words."""
    price = price_to_fund(contract, amount)
    return price.charged, fee_words.on_top(price, contract.unit)


def _has_place(spot: tuple[str, str], contract: Contract, parts: list[Milestone]) -> bool:
    """False for a form that came too late: something else happened meanwhile, and the room shows it no more."""
    name, subject_id = spot
    part = next((m for m in parts if m.pk == subject_id), None)
    if part is None:
        return contract.state == rules.ContractState.ACTIVE
    return rules.why_not_move(MOVE_OF[name], part.state, contract.state) is None


def _amend_forms(contract: Contract, parts: list[Milestone], filled: Filled) -> dict[str, AmendForm]:
    """The form of a change for each milestone that can be changed."""
    can = [m for m in parts if rules.why_not_move("amend", m.state, contract.state) is None]
    return {m.pk: filled.get(("amend", m.pk)) or AmendForm(parts, unit=contract.unit, about=m.pk) for m in can}


def _form(name: str, milestone_id: str, unit: str, *sent: Any) -> Form:
    """A small form of one milestone, each control with an id of its own."""
    typed = {"unit": unit} if name == "release" else {}
    return OF_MILESTONE[name](*sent, auto_id=f"{milestone_id}-%s", **typed)


@acting("client")
@require_POST
def fund(request: HttpRequest, milestone_id: str) -> HttpResponse:
    contract_id = queries.find_contract_id(request.actor, milestone_id)
    return _do(request, contract_id, lambda: milestones.fund_milestone(request.actor, milestone_id))


@acting("freelancer")
def submit(request: HttpRequest, milestone_id: str) -> HttpResponse:
    return _fill(request, milestone_id, "work", lambda given: milestones.submit_work(
        request.actor, milestone_id, given["message"], given["files"]))  # fmt: skip


@acting("client")
def changes(request: HttpRequest, milestone_id: str) -> HttpResponse:
    return _fill(request, milestone_id, "reasons", lambda given: milestones.ask_changes(
        request.actor, milestone_id, given["reasons"]))  # fmt: skip


@acting("client")
def approve(request: HttpRequest, milestone_id: str) -> HttpResponse:
    return _fill(request, milestone_id, "release", lambda given: milestones.approve_milestone(
        request.actor, milestone_id, given["amount"]))  # fmt: skip


@acting()
def amend(request: HttpRequest, contract_id: str) -> HttpResponse:
    """Propose a change; the other side decides."""
    contract = queries.get_contract_for(request.actor, contract_id)
    parts = queries.list_milestones(contract.pk)
    about = next((m.pk for m in parts if m.pk == request.POST.get("milestone")), "")
    form = AmendForm(parts, *http.sent(request)[:1], unit=contract.unit, about=about)
    return _take(request, contract_id, ("amend", about or contract_id), form, lambda given: amendments.propose_amendment(
        request.actor, contract_id, form.terms(), milestone_id=given["milestone"], note=given["note"]))  # fmt: skip


@acting()
def end(request: HttpRequest, contract_id: str) -> HttpResponse:
    """End it, with a last word; what waits in escrow is asked about then."""
    queries.get_contract_for(request.actor, contract_id)
    form = EndForm(*http.sent(request)[:1])
    return _take(request, contract_id, ("end", contract_id), form, lambda given: endings.end_contract(
        request.actor, contract_id, given["summary"]))  # fmt: skip


@acting()
def propose_close(request: HttpRequest, contract_id: str) -> HttpResponse:
    """Propose to close by consent; the other side decides."""
    queries.get_contract_for(request.actor, contract_id)
    form = CloseForm(*http.sent(request)[:1])
    return _take(request, contract_id, ("close", contract_id), form, lambda given: closing.propose_close(
        request.actor, contract_id, given["escrow_to"], given["note"]))  # fmt: skip


@acting()
@require_POST
def answer(request: HttpRequest, amendment_id: str) -> HttpResponse:
    contract = queries.get_contract_for(request.actor, queries.get_amendment(amendment_id).contract_id)
    accepted = request.POST.get("accept") == "1"
    return _do(request, contract.pk, lambda: amendments.answer_amendment(request.actor, amendment_id, accept=accepted))


@acting("freelancer")
@require_POST
def refund(request: HttpRequest, contract_id: str) -> HttpResponse:
    agreed = request.POST.get("agree") == "1"
    return _do(request, contract_id, lambda: endings.answer_refund(request.actor, contract_id, agree=agreed))


def _fill(request: HttpRequest, milestone_id: str, name: str, act: Callable[[dict], object]) -> HttpResponse:
    """Take a form of a milestone."""
    contract = queries.get_contract_for(request.actor, queries.find_contract_id(request.actor, milestone_id))
    form = _form(name, milestone_id, contract.unit, *http.sent(request))
    return _take(request, contract.pk, (name, milestone_id), form, act)


def _take(
    request: HttpRequest, contract_id: str, spot: tuple[str, str], form: Form, act: Callable[[dict], object]
) -> HttpResponse:
    """Carry a form out and go back to the room; a refusal is shown there, at its field."""
    back = reverse("contracts:room", args=[contract_id])
    if request.method != "POST":
        # Somebody loads the address of a form again.
        return http.go(request, back)
    if form.is_valid():
        outcome = http.submit(request, lambda: (act(form.cleaned_data), back)[1])
        if not isinstance(outcome, Refused):
            return outcome
        http.add_refusal(form, outcome)
    return _show_room(request, contract_id, {spot: form})


def _do(request: HttpRequest, contract_id: str, act: Callable[[], object]) -> HttpResponse:
    """Something that nothing is typed for: a refusal is told in the room."""
    back = reverse("contracts:room", args=[contract_id])
    outcome = http.submit(request, lambda: (act(), back)[1])
    if isinstance(outcome, Refused):
        messages.error(request, http.told(outcome))
        return http.go(request, back)
    return outcome
