"""Steps in the contract room of a silent contract, and closing by consent; and what the room shows of pauses."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from hirehall.kernel import clock, http
from hirehall.kernel.errors import Refused
from hirehall.money.payments.debt_queries import owed_by
from hirehall.money.payments.recovery_words import failure_words, next_try_words
from hirehall.people.accounts.acting import acting
from hirehall.work.contracts import queries, quiet_queries
from hirehall.work.contracts.actions import closing, dormancy
from hirehall.work.contracts.models import Contract


def facts_of(contract: Contract, *, is_client: bool) -> dict[str, Any]:
    """What the fragments of pauses, silence and closing need of a contract."""
    failing = quiet_queries.list_failing(contract.pk) if contract.paused_at else []
    return {
        "quiet": quiet_queries.quiet_of(contract, clock.now()),
        "closing_asked": quiet_queries.find_close_proposal(contract.pk) if contract.state == "active" else None,
        "failing": failing,
        "owed": owed_by(contract.client_id) if is_client and failing else {},
        "failure_words": failure_words,
        "next_try_words": next_try_words,
    }


@acting("client")
@require_POST
def keep_open(request: HttpRequest, contract_id: str) -> HttpResponse:
    return _do(request, contract_id, lambda: dormancy.keep_open(request.actor, contract_id))


@acting("client")
@require_POST
def release_dormant(request: HttpRequest, contract_id: str) -> HttpResponse:
    return _do(request, contract_id, lambda: dormancy.release_dormant(request.actor, contract_id))


@acting("freelancer")
@require_POST
def ask_release(request: HttpRequest, contract_id: str) -> HttpResponse:
    return _do(request, contract_id, lambda: dormancy.ask_release(request.actor, contract_id))


@acting()
@require_POST
def answer_close(request: HttpRequest, closing_id: str) -> HttpResponse:
    contract_id = queries.get_contract_for(request.actor, quiet_queries.get_close_proposal(closing_id).contract_id).pk
    accepted = request.POST.get("accept") == "1"
    return _do(request, contract_id, lambda: closing.answer_close(request.actor, closing_id, accept=accepted))


def _do(request: HttpRequest, contract_id: str, act: Callable[[], object]) -> HttpResponse:
    """Carry a step out and go back to the room, where a refusal is told."""
    back = reverse("contracts:room", args=[contract_id])
    outcome = http.submit(request, lambda: (act(), back)[1])
    if isinstance(outcome, Refused):
        messages.error(request, outcome.sentence)
        return http.go(request, back)
    return outcome
