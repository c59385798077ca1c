"""Pages of feedback: what waits, what was said, and the exchange on one contract."""

from collections.abc import Callable
from datetime import timedelta

from babel.dates import format_date
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hirehall.kernel import clock, http
from hirehall.kernel.errors import Refused
from hirehall.people.accounts.acting import acting
from hirehall.trust.reputation import queries, rules, words
from hirehall.trust.reputation.actions import answering, giving
from hirehall.trust.reputation.forms import FeedbackForm, ReplyForm
from hirehall.trust.reputation.policy import numbers, numbers_in

SHOWN = {"criteria": words.CRITERIA, "reasons": words.REASONS, "english": words.ENGLISH}


@acting()
def overview(request: HttpRequest) -> HttpResponse:
    """Feedback that waits for the reader, about them, and by them."""
    actor = request.actor
    tab = request.GET.get("tab") if request.GET.get("tab") in ("about", "given") else "waiting"
    rows = {
        "waiting": queries.list_waiting_for(actor, clock.now()),
        "about": queries.list_received_for(actor),
        "given": queries.list_given_for(actor),
    }[tab]
    found = http.paginate(request, rows, 20)
    shown = [queries.publish_view(row) for row in found] if tab == "about" else list(found)
    return http.page(
        request, "reputation/overview.html", tab=tab, found=found, rows=shown, me=actor.party_id,
        closing=queries.list_closing_for(actor) if tab == "waiting" else [], **SHOWN,
    )  # fmt: skip


@acting()
def exchange(request: HttpRequest, contract_id: str) -> HttpResponse:
    """Both sides' feedback on a contract: the form while it can be given, then what was said."""
    found = queries.get_exchange_for(request.actor, contract_id)
    refusal = rules.why_not_give(found.side, found.standing, clock.now(), numbers())
    other = found.contract.freelancer if found.side == "client" else found.contract.client
    form = FeedbackForm(found.side, other.name, request.POST or None) if refusal is None else None
    if request.method == "POST" and form is None:
        messages.error(request, refusal.sentence)
        return http.go(request, request.path)
    if request.method == "POST" and form.is_valid():

        def give() -> str:
            giving.give_feedback(request.actor, contract_id, form.answers())
            messages.success(request, _("Thank you. Your feedback is stored."))
            return request.path

        outcome = http.submit(request, give)
        if not isinstance(outcome, Refused):
            return outcome
        http.add_refusal(form, outcome)
    return http.page(
        request, "reputation/exchange.html", http.UNPROCESSABLE if form and form.errors else 200, exchange=found,
        contract=found.contract, other=other, form=form, refusal=refusal, phase=rules.phase_now(found.side, found.standing),
        closes_at=_closes_at(found), last_day=_last_day(_closes_at(found)), now=clock.now(), floor=numbers_in(found.contract.unit).public_floor_minor, **SHOWN,
    )  # fmt: skip


def _closes_at(found: queries.Exchange):
    ended = found.contract.ended_at
    return rules.window_closes(ended, numbers().window_days) if ended else None


def _last_day(closes_at) -> str:
    """The day at whose end (24:00 UTC) a window closes, in the reader's language."""
    if closes_at is None:
        return ""
    return format_date((closes_at - timedelta(days=1)).date(), "d MMMM yyyy", locale=to_locale(get_language() or "en"))


@acting()
def change(request: HttpRequest, feedback_id: str) -> HttpResponse:
    """Change feedback that the other side has unlocked."""
    row = queries.find_own_feedback(request.actor, feedback_id)
    back = reverse("reputation:contract", args=[row.contract_id])
    form = FeedbackForm(row.side, row.about.name, request.POST or None, initial=FeedbackForm.values_of(row))
    if row.unlocked_until is None or row.unlocked_until <= clock.now():
        messages.error(request, _("Published feedback can be changed only when the other side allows it."))
        return http.go(request, back)
    if request.method == "POST" and form.is_valid():

        def put() -> str:
            answering.change_feedback(request.actor, feedback_id, form.answers())
            return back

        outcome = http.submit(request, put)
        if not isinstance(outcome, Refused):
            return outcome
        http.add_refusal(form, outcome)
    status = http.UNPROCESSABLE if form.is_bound and form.errors else 200
    return http.page(request, "reputation/change.html", status, form=form, row=row, back=back, **SHOWN)


@acting()
def reply(request: HttpRequest, feedback_id: str) -> HttpResponse:
    """The one public reply; a refused text comes back in its form."""
    row = queries.get_received_for(request.actor, feedback_id)
    back = reverse("reputation:contract", args=[row.contract_id])
    if row.reply:
        return http.go(request, back)
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def put() -> str:
            answering.reply_to_feedback(request.actor, feedback_id, form.cleaned_data["reply"])
            return back

        outcome = http.submit(request, put)
        if not isinstance(outcome, Refused):
            return outcome
        http.add_refusal(form, outcome)
    status = http.UNPROCESSABLE if form.is_bound and form.errors else 200
    return http.page(request, "reputation/reply.html", status, form=form, row=row, back=back, **SHOWN)


@acting()
@require_POST
def ask(request: HttpRequest, feedback_id: str) -> HttpResponse:
    row = queries.find_own_feedback(request.actor, feedback_id)
    return _do(request, row.contract_id, lambda: answering.ask_to_change(request.actor, feedback_id))


@acting()
@require_POST
def allow(request: HttpRequest, feedback_id: str) -> HttpResponse:
    row = queries.get_received_for(request.actor, feedback_id)
    return _do(request, row.contract_id, lambda: answering.allow_change(request.actor, feedback_id))


def _do(request: HttpRequest, contract_id: str, act: Callable[[], object]) -> HttpResponse:
    back = reverse("reputation:contract", args=[contract_id])

    def and_return() -> str:
        act()
        return back

    outcome = http.submit(request, and_return)
    if isinstance(outcome, Refused):
        messages.error(request, outcome.sentence)
        return http.go(request, back)
    return outcome
