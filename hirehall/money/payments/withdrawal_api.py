"""API of withdrawals: asking, what stands in the way, taking back, trying again, and the holds on them.

Amounts are whole minor units with their unit.
"""

from datetime import datetime
from typing import Any

from ninja import Router, Schema
from ninja.pagination import paginate

from hirehall.kernel import clock
from hirehall.kernel.errors import NotFound
from hirehall.money.payments import payout_queries, queries
from hirehall.money.payments.actions import payouts, withdrawal_holds, withdrawals
from hirehall.money.payments.hold_words import hold_words
from hirehall.money.payments.policy import main_unit
from hirehall.people.accounts.scopes import needs

router = Router(tags=["money"])


class WithdrawIn(Schema):
    method_id: str
    amount: int | None = None
    unit: str = ""
    undo: bool = False


class WithdrawalOut(Schema):
    id: str
    amount: int
    fee: int
    vat: int
    unit: str
    state: str
    reason: str
    asked_at: datetime
    done_at: datetime | None
    send_at: datetime | None
    waits_for: str

    @staticmethod
    def resolve_amount(withdrawal) -> int:
        return withdrawal.amount_minor

    @staticmethod
    def resolve_fee(withdrawal) -> int:
        return withdrawal.fee_minor

    @staticmethod
    def resolve_vat(withdrawal) -> int:
        """The part of the fee that is VAT."""
        return withdrawal.vat_minor


class ConditionOut(Schema):
    code: str
    met: bool


class RetryIn(Schema):
    method_id: str | None = None


class AppealIn(Schema):
    text: str


class HoldIn(Schema):
    reason: str


class DecisionIn(Schema):
    release: bool
    reason: str


class WithdrawalHoldOut(Schema):
    id: str
    withdrawal_id: str
    rule: str
    inputs: dict[str, Any]
    reason: str
    words: list[str]
    placed_at: datetime
    decide_by: datetime
    appeal: str
    appealed_at: datetime | None
    outcome: str
    decision: str
    decided_at: datetime | None

    @staticmethod
    def resolve_words(hold) -> list[str]:
        """What led to it, one sentence a fact."""
        return hold_words(hold.rule, hold.looked_at)


@router.get("/withdrawals", response=list[WithdrawalOut])
@paginate
@needs("read")
def list_withdrawals(request):
    """The party's withdrawals, newest first."""
    return queries.list_withdrawals_for(request.actor)


@router.post("/withdrawals", response=WithdrawalOut)
@needs("money")
def withdraw(request, given: WithdrawIn):
    """Withdraw an amount in minor units of `unit` (the main one), or everything available in it when none is given.

    With `undo` it waits some minutes in which it can be taken back. `waits_for` says what keeps it.
    """
    return payouts.withdraw(request.actor, given.method_id, given.amount, given.unit or None, undo=given.undo)


@router.get("/withdrawals/conditions", response=list[ConditionOut])
@needs("read")
def list_conditions(request, method_id: str = "", unit: str = ""):
    """What must hold before money leaves, and whether it does."""
    method = queries.get_payout_method_for(request.actor, method_id) if method_id else None
    return payout_queries.list_conditions(request.actor.party_id, method, unit or main_unit(), clock.now())


@router.get("/withdrawals/{withdrawal_id}", response=WithdrawalOut)
@needs("read")
def show_withdrawal(request, withdrawal_id: str):
    return payout_queries.get_withdrawal_for(request.actor, withdrawal_id)


@router.post("/withdrawals/{withdrawal_id}/take-back", response=WithdrawalOut)
@needs("money")
def take_back(request, withdrawal_id: str):
    """Take a withdrawal back that has not left."""
    return withdrawals.take_back_withdrawal(request.actor, withdrawal_id)


@router.post("/withdrawals/{withdrawal_id}/retry", response=WithdrawalOut)
@needs("money")
def retry(request, withdrawal_id: str, given: RetryIn):
    """Send what came back once more, to the same method or another."""
    return withdrawals.retry_withdrawal(request.actor, withdrawal_id, given.method_id)


@router.get("/withdrawals/{withdrawal_id}/hold", response=WithdrawalHoldOut)
@needs("read")
def show_hold(request, withdrawal_id: str):
    """Why a withdrawal is held: rule, inputs, reason, and the decision."""
    payout_queries.get_withdrawal_for(request.actor, withdrawal_id)
    found = payout_queries.find_hold_of(withdrawal_id)
    if found is None:
        raise NotFound("hold")
    return found


@router.post("/withdrawals/{withdrawal_id}/appeal", response=WithdrawalHoldOut)
@needs("money")
def appeal(request, withdrawal_id: str, given: AppealIn):
    """Answer a hold."""
    return withdrawal_holds.appeal_hold(request.actor, withdrawal_id, given.text)


@router.post("/withdrawals/{withdrawal_id}/hold", response=WithdrawalHoldOut)
@needs("money", "staff")
def hold(request, withdrawal_id: str, given: HoldIn):
    """Staff: keep a withdrawal that has not left."""
    return withdrawal_holds.hold_withdrawal(request.actor, withdrawal_id, given.reason)


@router.get("/holds", response=list[WithdrawalHoldOut])
@paginate
@needs("read", "staff")
def list_holds(request):
    """Staff: what waits for a decision, appeals first."""
    return payout_queries.list_open_holds()


@router.post("/holds/{hold_id}/decide", response=WithdrawalHoldOut)
@needs("money", "staff")
def decide(request, hold_id: str, given: DecisionIn):
    """Staff: let a withdrawal go or refuse it, with a reason that its owner reads."""
    return withdrawal_holds.decide_hold(request.actor, hold_id, given.release, given.reason)
