"""API of payments. Amounts are whole minor units with their unit."""

from datetime import date, datetime

from ninja import Router, Schema
from ninja.pagination import paginate

from hirehall.money.ledger.entries import Filter
from hirehall.money.payments import queries, statement
from hirehall.money.payments.actions import charges, methods, payouts
from hirehall.money.payments.intake import (
    ask_owner,
    begin_card,
    finish_card,
    keep_account,
    keep_card,
    keep_local_account,
)
from hirehall.people.accounts.scopes import needs

router = Router(tags=["money"])


class BalancesOut(Schema):
    unit: str
    available: int
    pending: int
    escrow: int
    on_the_way: int


class HoldOut(Schema):
    contract_id: str
    gross: int
    fee: int
    net: int
    unit: str
    released_at: datetime
    due_at: datetime

    @staticmethod
    def resolve_gross(hold) -> int:
        return hold.gross_minor

    @staticmethod
    def resolve_fee(hold) -> int:
        return hold.fee_minor

    @staticmethod
    def resolve_net(hold) -> int:
        return hold.net_minor


class CardIn(Schema):
    """A card as typed (sandbox), or `entry`, what the payment company calls the one that was entered there."""

    number: str = ""
    expires_on: date | None = None
    code: str = ""
    entry: str = ""
    replaces: str = ""


class EntryOut(Schema):
    """What Stripe's own libraries need to enter a card (confirmCardSetup) or to confirm a payment."""

    id: str
    secret: str
    public_key: str
    script: str


class MethodOut(Schema):
    id: str
    brand: str
    last4: str
    expires_on: date
    state: str
    reason: str
    is_default: bool
    replaces_id: str | None


class PayoutMethodIn(Schema):
    kind: str
    holder_name: str
    account: str = ""
    country: str = ""
    parts: dict[str, str] = {}


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
    undo: bool = False


class WithdrawalOut(Schema):
    id: str
    amount: int
    fee: int
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


class ChargeOut(Schema):
    id: str
    purpose: str
    subject_id: str
    amount: int
    unit: str
    state: str
    reason: str
    asked_at: datetime

    @staticmethod
    def resolve_amount(charge) -> int:
        return charge.amount_minor


class LineOut(Schema):
    at: datetime
    title: str
    why: str
    contract_id: str
    change: int
    moved: int
    balance_after: int
    unit: str
    ref: str


@router.get("", response=BalancesOut)
@needs("read")
def show_balances(request, unit: str = ""):
    """What the party has in a unit (the main one): available, pending, in escrow, on its way out."""
    return queries.balances_for(request.actor, unit)


@router.get("/balances", response=list[BalancesOut])
@needs("read")
def list_balances(request):
    """The same in every unit in which the party ever had money, the main one first."""
    return queries.list_balances_for(request.actor)


@router.get("/pending", response=list[HoldOut])
@paginate
@needs("read")
def list_pending(request):
    """Earnings that wait for the security days, the next one first."""
    return queries.list_waiting_holds_for(request.actor)


@router.get("/statement", response=list[LineOut])
@paginate
@needs("read")
def list_statement(
    request, kind: str = "", contract: str = "", since: datetime | None = None, until: datetime | None = None, unit: str = ""
):
    """Every entry in a unit (the main one) with its cause, newest first.

    `kind` is earnings, fees, withdrawals, payments, conversions or refunds.
    """
    codes = statement.GROUPS[kind][1] if kind in statement.GROUPS else ()
    return statement.list_rows_for(request.actor, Filter(codes, since, until, contract), unit)


@router.get("/charges", response=list[ChargeOut])
@paginate
@needs("read")
def list_charges(request):
    """What was asked of the party's cards, newest first."""
    return queries.list_charges_for(request.actor)


@router.post("/charges/{charge_id}/confirm", response=ChargeOut)
@needs("money")
def confirm_charge(request, charge_id: str):
    """Say that a payment in state 'needs_action' was confirmed at the bank."""
    return charges.confirm_charge(request.actor, charge_id)


@router.post("/charges/{charge_id}/drop", response=ChargeOut)
@needs("money")
def drop_charge(request, charge_id: str):
    """Give up a payment that waits for its confirmation."""
    return charges.drop_charge(request.actor, charge_id)


@router.get("/charges/{charge_id}/confirmation", response=EntryOut | None)
@needs("money")
def show_confirmation(request, charge_id: str):
    """What the payment company's libraries need to confirm a payment; null where /confirm alone does it."""
    return ask_owner(queries.get_charge_for(request.actor, charge_id))


@router.get("/methods", response=list[MethodOut])
@needs("read")
def list_methods(request):
    """The party's cards."""
    return queries.list_methods_for(request.actor)


@router.post("/methods", response=MethodOut)
@needs("money")
def add_method(request, given: CardIn):
    """Add a card. Its verification comes later: ask for the list until it is no longer 'verifying'.

    With `replaces` it takes the place of that card, once it is verified. Where the payment company has a form of its
    own, ask for /methods/begin first and send the finished `entry`; card numbers are refused there.
    """
    if given.entry:
        kept = finish_card(request.actor, given.entry)
    else:
        kept = keep_card(given.number, given.expires_on or date.min, given.code)
    return methods.add_method(request.actor, kept, given.replaces)


@router.post("/methods/begin", response=EntryOut)
@needs("money")
def begin_method(request):
    """Start the entry of a card at the payment company."""
    return begin_card(request.actor)


@router.post("/methods/{method_id}/confirm", response=MethodOut)
@needs("money")
def confirm_method(request, method_id: str):
    """Say yes to the bank that asks whether the card is one's own."""
    return methods.confirm_method(request.actor, method_id)


@router.post("/methods/{method_id}/default", response=MethodOut)
@needs("money")
def choose_method(request, method_id: str):
    """Make a verified card the one that is charged."""
    return methods.choose_method(request.actor, method_id)


@router.delete("/methods/{method_id}", response={204: None})
@needs("money")
def remove_method(request, method_id: str):
    """Take a card away."""
    methods.remove_method(request.actor, method_id)
    return 204, None


@router.get("/payout-methods", response=list[PayoutMethodOut])
@needs("read")
def list_payout_methods(request):
    """Where withdrawals can go."""
    return queries.list_payout_methods_for(request.actor)


@router.post("/payout-methods", response=PayoutMethodOut)
@needs("money")
def add_payout_method(request, given: PayoutMethodIn):
    """Add a bank account, a card (kind 'card', its number) or a wallet (kind 'wallet', a mail address).

    A bank account (kind 'bank') is an IBAN in `account`, or `country` with the `parts` that its banks ask for:
    GET /money/bank-forms/{country} says which.
    """
    if given.kind == "bank" and given.parts:
        kept = keep_local_account(given.country.upper(), given.parts, given.holder_name)
    else:
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
    """Withdraw an amount in minor units of `unit` (the main one), or everything available in it when none is given.

    With `undo` it waits some minutes in which it can be taken back. `waits_for` says what keeps it.
    """
    return payouts.withdraw(request.actor, given.method_id, given.amount, given.unit or None, undo=given.undo)
