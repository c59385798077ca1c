"""API of what is owed: the debtor's own, and for the staff everything with bank transfers. Amounts are minor units."""

from datetime import datetime

from ninja import Router, Schema
from ninja.pagination import paginate

from hirehall.money.payments import debt_queries
from hirehall.money.payments.actions import recovery
from hirehall.people.accounts.scopes import needs

router = Router(tags=["money"])


class DebtOut(Schema):
    """`cause` is chargeback: a bank took back money with which work was paid; award: money that a dispute gave to the
    freelancer; or purchase. `next_try_at` is null when no try follows."""

    id: str
    amount_minor: int
    paid_minor: int
    left_minor: int
    unit: str
    cause: str
    state: str
    fail_reason: str
    opened_at: datetime
    next_try_at: datetime | None
    paid_at: datetime | None


class OwedOut(DebtOut):
    party_id: str


class TransferIn(Schema):
    amount_minor: int
    reference: str
    reason: str


class TransferOut(Schema):
    id: str
    debt_id: str
    amount_minor: int
    reference: str
    at: datetime


@router.get("", response=list[DebtOut])
@paginate
@needs("read")
def list_debts(request):
    """What the party owes and what it has paid, newest first."""
    return debt_queries.list_debts_for(request.actor)


@router.post("/{debt_id}/pay", response=DebtOut)
@needs("money")
def pay_debt(request, debt_id: str):
    """Charge the party's card for what is left; the result comes as state paid, or as fail_reason."""
    return recovery.pay_debt(request.actor, debt_id)


@router.get("/all", response=list[OwedOut])
@paginate
@needs("read", "staff")
def list_all_debts(request):
    """Everything that is owed, the oldest first."""
    return debt_queries.list_open_debts()


@router.post("/{debt_id}/transfers", response={201: TransferOut})
@needs("money", "staff")
def record_transfer(request, debt_id: str, given: TransferIn):
    """Write down a bank transfer that paid a debt; the same reference and amount again is the same transfer."""
    return 201, recovery.record_debt_transfer(request.actor, debt_id, given.amount_minor, given.reference, given.reason)
