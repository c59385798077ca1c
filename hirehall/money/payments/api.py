"""API of payments. Amounts are whole minor units with their unit."""

from datetime import date, datetime

from ninja import Router, Schema
from ninja.pagination import paginate

from hirehall.money.ledger.entries import Filter
from hirehall.money.payments import queries, statement
from hirehall.money.payments.actions import charges, methods
from hirehall.money.payments.causes import codes_of
from hirehall.money.payments.intake import ask_owner, begin_card, finish_card, keep_card
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
        return hold.left_minor

    @staticmethod
    def resolve_fee(hold) -> int:
        return hold.left_minor - hold.net_left_minor

    @staticmethod
    def resolve_net(hold) -> int:
        return hold.net_left_minor


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


class SpanOut(Schema):
    since: datetime | None
    until: datetime | None
    opening: int
    closing: int
    change: int
    unit: str


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
    request,
    kind: str = "",
    contract: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
    party: str = "",
    text: str = "",
    unit: str = "",
):
    """Every entry with its cause, newest first. `kind` is earnings, fees, withdrawals, payments, refunds or other;
    `party` is the other side's name, `text` any words of title, name or reference.
    """
    return statement.list_rows_for(request.actor, Filter(codes_of(kind), since, until, contract, party, text), unit)


@router.get("/statement/balances", response=SpanOut)
@needs("read")
def show_span(request, since: datetime | None = None, until: datetime | None = None, unit: str = ""):
    """The opening and the closing balance of a period; an open end is the beginning, or now."""
    return statement.span_for(request.actor, since, until, unit)


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
