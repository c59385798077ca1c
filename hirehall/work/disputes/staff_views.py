"""Pages of disputes for staff: the queue by deadline, and a case with its proposal and its decision.

Whoever has a seat in one of the two accounts is refused; everybody else who looks stands in the log.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from hirehall.kernel import clock, http
from hirehall.kernel.errors import Refused
from hirehall.people.accounts.acting import acting
from hirehall.work.disputes import pictures, queries, rules, words
from hirehall.work.disputes.actions import deadlines, solutions
from hirehall.work.disputes.forms import SplitForm
from hirehall.work.disputes.models import Dispute


@acting("staff")
def queue(request: HttpRequest) -> HttpResponse:
    """Open cases, those that wait for staff first, each by its deadline; or the ended ones."""
    ended = request.GET.get("tab") == "ended"
    found = http.paginate(request, queries.list_queue(mine_first=True, ended=ended), 20)
    now = clock.now()
    rows = [
        (row, words.state_text(row.state), words.state_tone(row.state), row.due_at is not None and row.due_at <= now)
        for row in found
    ]
    return http.page(request, "disputes/queue.html", ended=ended, found=found, rows=rows)


@acting("staff")
def case(request: HttpRequest, dispute_id: str) -> HttpResponse:
    """A case as the mediator sees it; that it was opened is kept."""
    dispute = queries.get_case_for(request.actor, dispute_id)
    deadlines.note_look(request.actor, dispute_id)
    return _show(request, dispute, {})


def _show(request: HttpRequest, dispute: Dispute, filled: dict[str, SplitForm]) -> HttpResponse:
    found = queries.list_solutions(dispute.pk)
    can = {what: rules.why_not_move(what, dispute.state) is None for what in ("propose", "decide")}
    return http.page(
        request,
        "disputes/staff_case.html",
        http.UNPROCESSABLE if filled else 200,
        next_step=words.staff_step(dispute),
        can=can,
        late=[form for name, form in filled.items() if not can[name]],
        propose_form=filled.get("propose") or SplitForm(dispute, auto_id="propose-%s"),
        decide_form=filled.get("decide") or SplitForm(dispute, auto_id="decide-%s"),
        looks=queries.list_looks(dispute.pk),
        overdue=dispute.due_at is not None and dispute.due_at <= clock.now(),
        **pictures.of(dispute, found),
    )


@acting("staff")
def propose(request: HttpRequest, dispute_id: str) -> HttpResponse:
    return _take(request, dispute_id, "propose", lambda form: solutions.propose_solution(
        request.actor, dispute_id, form.split(), form.cleaned_data["reasons"]))  # fmt: skip


@acting("staff")
def decide(request: HttpRequest, dispute_id: str) -> HttpResponse:
    return _take(request, dispute_id, "decide", lambda form: solutions.decide_dispute(
        request.actor, dispute_id, form.split(), form.cleaned_data["reasons"]))  # fmt: skip


def _take(
    request: HttpRequest, dispute_id: str, name: str, act: Callable[[SplitForm], object]
) -> HttpResponse:
    """Carry a form out and go back to the case; a refusal is shown there, at its field."""
    dispute = queries.get_case_for(request.actor, dispute_id)
    back = reverse("disputes:staff_case", args=[dispute_id])
    if request.method != "POST":
        return http.go(request, back)
    form = SplitForm(dispute, request.POST, auto_id=f"{name}-%s")
    if form.is_valid():
        outcome = http.submit(request, lambda: (act(form), back)[1])
        if not isinstance(outcome, Refused):
            return outcome
        http.add_refusal(form, outcome)
    return _show(request, dispute, {name: form})
