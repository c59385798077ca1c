"""Pages of money beside the milestones: bonus, expense, repayment; the paid test; and what the room shows of them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hirehall.kernel import clock, http
from hirehall.kernel.errors import NotFound, Refused
from hirehall.market.proposals.queries import get_proposal_for
from hirehall.money.payments import fees
from hirehall.money.payments.release_queries import list_contract_holds, preview_return, taken_back_of
from hirehall.people.accounts.acting import acting
from hirehall.people.accounts.actors import Actor
from hirehall.work.contracts import extra_forms, extra_queries, fee_words, queries, rules, words
from hirehall.work.contracts.actions import bonuses, expenses, repayments
from hirehall.work.contracts.models import Contract, Milestone
from hirehall.work.contracts.picture import BESIDE, RARE, WAY, Picture, picture
from hirehall.work.contracts.policy import extra_numbers, extra_numbers_in
from hirehall.work.contracts.pricing import price_on


def picture_of(contract: Contract, parts: list[Milestone], **rows: list) -> Picture:
    """The picture of a contract from its rows; page and API show the same."""
    return picture(
        parts,
        list_contract_holds(contract.pk),
        rows.get("bonuses") or extra_queries.list_bonuses(contract.pk),
        rows.get("expenses") or extra_queries.list_expenses(contract.pk),
        rows.get("repayments") or extra_queries.list_repayments(contract.pk),
        contract.state,
        refund_due_at=contract.refund_due_at,
        refund_refused=contract.refund_refused,
        client_id=contract.client_id,
        held=bool(contract.held_by),
        taken_back=taken_back_of(contract.pk),
    )


def room_context(contract: Contract, parts: list[Milestone], actor: Actor) -> dict[str, Any]:
    """What the room shows of the money and of what stands beside the milestones."""
    rows = {
        "bonuses": extra_queries.list_bonuses(contract.pk),
        "expenses": extra_queries.list_expenses(contract.pk),
        "repayments": extra_queries.list_repayments(contract.pk),
    }
    shown = picture_of(contract, parts, **rows)
    now = clock.now()
    open_repayment = next((r for r in rows["repayments"] if r.state == rules.RepaymentState.OPEN), None)
    return {
        **rows,
        "way": [(name, *words.place(name), shown.pots[name]) for name in WAY if name != "charging" or shown.pots[name]],
        "beside": [(name, *words.place(name), shown.pots[name]) for name in BESIDE if name not in RARE or shown.pots[name]],
        "moves": [(move, words.move_words(move)) for move in shown.moves],
        "paid_in": shown.paid_in,
        "open_repayment": open_repayment,
        "repayment_cost": _cost(contract, open_repayment.amount_minor) if open_repayment else None,
        "returnable": extra_queries.returnable_of(contract, now),
        "fee_facts": fee_words.frozen_lines(contract),
        "is_freelancer": actor.party_id == contract.freelancer_id,
        "test_can_go_on": contract.is_test and actor.party_id == contract.client_id and _may_hire(actor, contract),
    }


def _may_hire(actor: Actor, contract: Contract) -> bool:
    """True while the proposal behind a paid test can still become the real contract."""
    return rules.why_not_hire(get_proposal_for(actor, contract.proposal_id).state) is None


def _cost(contract: Contract, amount: int) -> tuple[int, int, int]:
    since = clock.now() - timedelta(days=extra_numbers().repayment_days)
    return preview_return(contract.pk, contract.unit, since, amount)


@acting("client")
def give_bonus(request: HttpRequest, contract_id: str) -> HttpResponse:
    contract = queries.get_contract_for(request.actor, contract_id)
    form = extra_forms.BonusForm(*http.sent(request)[:1], unit=contract.unit)
    return _extra_form(request, contract, form, "bonus", lambda given: bonuses.give_bonus(
        request.actor, contract_id, given["amount"], given["note"]))  # fmt: skip


@acting("freelancer")
def claim_expense(request: HttpRequest, contract_id: str) -> HttpResponse:
    contract = queries.get_contract_for(request.actor, contract_id)
    form = extra_forms.ExpenseForm(*http.sent(request), unit=contract.unit)
    return _extra_form(request, contract, form, "expense", lambda given: expenses.claim_expense(
        request.actor, contract_id, title=given["title"], amount=given["amount"], reason=given["reason"],
        receipt=given["receipt"]))  # fmt: skip


@acting()
def propose_repayment(request: HttpRequest, contract_id: str) -> HttpResponse:
    contract = queries.get_contract_for(request.actor, contract_id)
    form = extra_forms.RepaymentForm(*http.sent(request)[:1], unit=contract.unit)
    return _extra_form(request, contract, form, "repayment", lambda given: repayments.propose_repayment(
        request.actor, contract_id, given["amount"], given["reason"]))  # fmt: skip


def _extra_form(request: HttpRequest, contract: Contract, form: Form, what: str, act: Callable[[dict], object]) -> HttpResponse:
    """One of the three forms, which goes back to the room."""
    if form.is_bound and form.is_valid():
        back = reverse("contracts:room", args=[contract.pk])
        outcome = http.submit(request, lambda: (act(form.cleaned_data), back)[1])
        if not isinstance(outcome, Refused):
            return outcome
        http.add_refusal(form, outcome)
    is_client = request.actor.party_id == contract.client_id
    status = http.UNPROCESSABLE if form.is_bound and form.errors else 200
    return http.page(
        request, "contracts/extra_form.html", status, form=form, what=what, contract=contract, is_client=is_client,
        other=contract.freelancer if is_client else contract.client, numbers=extra_numbers_in(contract.unit),
        returnable=extra_queries.returnable_of(contract, clock.now()), fee_lines=fee_words.rates(contract, is_client), taken=fees.with_vat(contract.fee_basis_points, contract.vat_basis_points),
    )  # fmt: skip


@acting()
def expense(request: HttpRequest, expense_id: str) -> HttpResponse:
    """An expense with its receipt; the client answers here."""
    contract = queries.get_contract_for(request.actor, extra_queries.contract_id_of(request.actor, "expense", expense_id))
    found = next((e for e in extra_queries.list_expenses(contract.pk) if e.pk == expense_id), None)
    if found is None:
        raise NotFound("expense")
    declining = request.method == "POST" and request.POST.get("answer") == "decline"
    form = extra_forms.DeclineForm(request.POST if declining else None)
    if request.method == "POST":
        back = reverse("contracts:expense", args=[expense_id])

        def act() -> str:
            if request.POST.get("answer") == "withdraw":
                expenses.withdraw_expense(request.actor, expense_id)
            else:
                reason = form.cleaned_data["reason"] if declining else ""
                expenses.answer_expense(request.actor, expense_id, approve=not declining, reason=reason)
            return back

        if not declining or form.is_valid():
            outcome = http.submit(request, act)
            if not isinstance(outcome, Refused):
                return outcome
            if not declining:
                messages.error(request, http.told(outcome))
                return http.go(request, back)
            http.add_refusal(form, outcome)
    is_client = request.actor.party_id == contract.client_id
    return http.page(
        request, "contracts/expense.html", http.UNPROCESSABLE if form.is_bound and form.errors else 200, form=form,
        expense=found, contract=contract, is_client=is_client, price=price_on(contract, found.amount_minor),
        fee_lines=fee_words.lines(price_on(contract, found.amount_minor), contract.unit),
    )  # fmt: skip


@acting()
@require_POST
def answer_repayment(request: HttpRequest, repayment_id: str) -> HttpResponse:
    back = reverse("contracts:room", args=[extra_queries.contract_id_of(request.actor, "repayment", repayment_id)])
    accepted = request.POST.get("accept") == "1"

    def act() -> str:
        repayments.answer_repayment(request.actor, repayment_id, accept=accepted)
        messages.success(request, _("The money went back.") if accepted else _("Nothing moves."))
        return back

    outcome = http.submit(request, act)
    if isinstance(outcome, Refused):
        messages.error(request, http.told(outcome))
        return http.go(request, back)
    return outcome
