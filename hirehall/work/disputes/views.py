"""Pages of disputes for the two sides. A refused form comes back on the page with what was typed in it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hirehall.kernel import clock, http
from hirehall.kernel.errors import Refused
from hirehall.people.accounts.acting import acting
from hirehall.work.contracts.queries import get_contract_for
from hirehall.work.disputes import pictures, queries, rules, words
from hirehall.work.disputes.actions import claims, solutions
from hirehall.work.disputes.actions import evidence as showing
from hirehall.work.disputes.forms import AnswerForm, ClaimForm, EvidenceForm, SplitForm
from hirehall.work.disputes.models import Dispute
from hirehall.work.disputes.policy import numbers


@acting()
def mine(request: HttpRequest) -> HttpResponse:
    """The party's disputes, open ones or all."""
    tab = "all" if request.GET.get("tab") == "all" else "open"
    found = http.paginate(request, queries.list_disputes_for(request.actor, open_only=tab == "open"), 20)
    rows = [(row, words.state_text(row.state), words.state_tone(row.state)) for row in found]
    return http.page(request, "disputes/mine.html", tab=tab, found=found, rows=rows, me=request.actor.party_id)


def _standing(request: HttpRequest, contract_id: str) -> dict[str, Any]:
    """What the reader can do about a contract now, and until when."""
    contract = get_contract_for(request.actor, contract_id)
    side = queries.side_of(request.actor, contract)
    before = queries.list_of_contract(contract_id)
    ground = queries.ground_of(contract)
    refusal = rules.why_not_again(side, [(one.state, one.claimant) for one in before])
    return {
        "contract": contract, "side": side, "ground": ground, "before": before[0] if before else None,
        "refusal": refusal or rules.why_not_open(side, ground, clock.now(), numbers()), "until": ground.open_until(numbers()),
    }  # fmt: skip


@acting()
def card(request: HttpRequest, contract_id: str) -> HttpResponse:
    """The piece of the contract room that says what is possible."""
    return http.page(request, "disputes/_card.html", **_standing(request, contract_id))


@acting()
def open_one(request: HttpRequest, contract_id: str) -> HttpResponse:
    """Open a dispute; leads to the one that there is, and says why when there can be none."""
    now = _standing(request, contract_id)
    form = ClaimForm(now["side"], now["ground"], *http.sent(request))
    if request.method != "POST" and now["before"] and now["before"].is_open:
        return http.go(request, reverse("disputes:case", args=[now["before"].pk]))
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            given = form.cleaned_data
            made = claims.open_dispute(request.actor, contract_id, form.claim(), given["text"], given["files"])
            return reverse("disputes:case", args=[made.pk])

        outcome = http.submit(request, act)
        if not isinstance(outcome, Refused):
            return outcome
        http.add_refusal(form, outcome)
    status = http.UNPROCESSABLE if form.is_bound and form.errors else 200
    return http.page(request, "disputes/open.html", status, form=form, days=numbers(), **now)


@acting()
def case(request: HttpRequest, dispute_id: str) -> HttpResponse:
    """One dispute: whose turn it is, claim and answer, evidence, solutions, money, and its outcome."""
    return _show(request, queries.get_dispute_for(request.actor, dispute_id), {})


def _show(request: HttpRequest, dispute: Dispute, filled: dict[str, Form]) -> HttpResponse:
    """The page of a dispute; `filled` holds a form that came back."""
    side = queries.side_of(request.actor, dispute)
    found = queries.list_solutions(dispute.pk)
    can = {what: rules.why_not_move(what, dispute.state) is None for what in rules.MOVES}
    has_place = {"answer": can["answer"] and side != dispute.claimant, "evidence": can["add_evidence"], "offer": can["settle"]}
    return http.page(
        request,
        "disputes/case.html",
        http.UNPROCESSABLE if filled else 200,
        side=side,
        next_step=words.next_step(dispute, side, found),
        can=can,
        late=[form for name, form in filled.items() if not has_place[name]],
        done=dispute.client_done if side == rules.CLIENT else dispute.freelancer_done,
        answer_form=filled.get("answer") or AnswerForm(dispute),
        evidence_form=filled.get("evidence") or EvidenceForm(label=_("What you add")),
        offer_form=filled.get("offer") or SplitForm(dispute, reasons_required=False),
        **pictures.of(dispute, found),
    )


@acting()
def answer(request: HttpRequest, dispute_id: str) -> HttpResponse:
    dispute = queries.get_dispute_for(request.actor, dispute_id)
    form = AnswerForm(dispute, *http.sent(request))
    return _take(request, dispute, "answer", form, lambda given: claims.answer_claim(
        request.actor, dispute_id, form.given(), given["text"], given["files"]))  # fmt: skip


@acting()
def evidence(request: HttpRequest, dispute_id: str) -> HttpResponse:
    dispute = queries.get_dispute_for(request.actor, dispute_id)
    form = EvidenceForm(*http.sent(request), label=_("What you add"))
    return _take(request, dispute, "evidence", form, lambda given: showing.add_evidence(
        request.actor, dispute_id, given["text"], given["files"]))  # fmt: skip


@acting()
def offer(request: HttpRequest, dispute_id: str) -> HttpResponse:
    dispute = queries.get_dispute_for(request.actor, dispute_id)
    form = SplitForm(dispute, *http.sent(request)[:1], reasons_required=False)
    return _take(request, dispute, "offer", form, lambda given: solutions.offer_settlement(
        request.actor, dispute_id, form.split(), given["reasons"]))  # fmt: skip


@acting()
@require_POST
def done(request: HttpRequest, dispute_id: str) -> HttpResponse:
    return _do(request, dispute_id, lambda: showing.finish_evidence(request.actor, dispute_id))


@acting()
@require_POST
def withdraw(request: HttpRequest, dispute_id: str) -> HttpResponse:
    return _do(request, dispute_id, lambda: claims.withdraw_dispute(request.actor, dispute_id))


@acting()
@require_POST
def answer_solution(request: HttpRequest, solution_id: str) -> HttpResponse:
    accepts = request.POST.get("accept") == "1"
    dispute_id = queries.find_dispute_id(request.actor, solution_id)
    return _do(request, dispute_id, lambda: solutions.answer_solution(request.actor, solution_id, accept=accepts))


def _take(
    request: HttpRequest, dispute: Dispute, name: str, form: Form, act: Callable[[dict], object]
) -> HttpResponse:
    """Carry a form out and go back to the page; a refusal is shown there, at its field."""
    back = reverse("disputes:case", args=[dispute.pk])
    if request.method != "POST":
        return http.go(request, back)
    if form.is_valid():
        outcome = http.submit(request, lambda: (act(form.cleaned_data), back)[1])
        if not isinstance(outcome, Refused):
            return outcome
        http.add_refusal(form, outcome)
    return _show(request, dispute, {name: form})


def _do(request: HttpRequest, dispute_id: str, act: Callable[[], object]) -> HttpResponse:
    """Something that nothing is typed for: a refusal is told on the page."""
    back = reverse("disputes:case", args=[dispute_id])
    outcome = http.submit(request, lambda: (act(), back)[1])
    if isinstance(outcome, Refused):
        messages.error(request, outcome.sentence)
        return http.go(request, back)
    return outcome
