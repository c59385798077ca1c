"""API of payout methods and withdrawals. Amounts are whole minor units with their unit."""

from datetime import datetime

from ninja import Router, Schema
from ninja.pagination import paginate

from hirehall.money.payments import queries
from hirehall.money.payments.actions import payouts
from hirehall.money.payments.intake import keep_account
from hirehall.people.accounts.scopes import needs

router = Router(tags=["money"])


class PayoutMethodIn(Schema):
    kind: str
    account: str
    holder_name: str


class PayoutMethodOut(Schema):
    id: str
    kind: str
    label: str
    last4: str
    holder_name: str
    usable_at: datetime


class WithdrawIn(Schema):
    method_id: str
    amount: int | None = None
    unit: str = ""


class WithdrawalOut(Schema):
    id: str
    amount: int
    fee: int
    unit: str
    state: str
    reason: str
    asked_at: datetime
    done_at: datetime | None

    @staticmethod
    def resolve_amount(withdrawal) -> int:
        return withdrawal.amount_minor

    @staticmethod
    def resolve_fee(withdrawal) -> int:
        return withdrawal.fee_minor


@router.get("/payout-methods", response=list[PayoutMethodOut])
@needs("read")
def list_payout_methods(request):
    """Where withdrawals can go."""
    return queries.list_payout_methods_for(request.actor)


@router.post("/payout-methods", response=PayoutMethodOut)
@needs("money")
def add_payout_method(request, given: PayoutMethodIn):
    """Add a bank account (kind 'bank', an IBAN) or a wallet (kind 'wallet', a mail address)."""
    kept = keep_account(given.kind, given.account, given.holder_name)
    return payouts.add_payout_method(request.actor, given.kind, kept, given.holder_name)


@router.delete("/payout-methods/{method_id}", response={204: None})
@needs("money")
def remove_payout_method(request, method_id: str):
    """Take a payout method away."""
    payouts.remove_payout_method(request.actor, method_id)
    return 204, None


@router.get("/withdrawals", response=list[WithdrawalOut])
@paginate
@needs("read")
def list_withdrawals(request):
    """The party's withdrawals, newest first."""
    return queries.list_withdrawals_for(request.actor)


@router.post("/withdrawals", response=WithdrawalOut)
@needs("money")
def withdraw(request, given: WithdrawIn):
    """Withdraw an amount in minor units of `unit` (the main one), or everything available in it when none is given."""
    return payouts.withdraw(request.actor, given.method_id, given.amount, given.unit or None)
