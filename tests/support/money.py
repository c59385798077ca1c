"""Makers of money: verified cards, funded escrow, earnings, payout methods, and the check of all books."""

from datetime import date

from hirehall.kernel.ids import new_id
from hirehall.money.books.recount import list_wrong_parties
from hirehall.money.connects.queries import list_wrong_lots
from hirehall.money.ledger.models import Transfer
from hirehall.money.ledger.queries import list_wrong_balances, trial_balance
from hirehall.money.payments.actions import escrow, methods, payouts
from hirehall.money.payments.actions.conversions import set_rate
from hirehall.money.payments.actions.tax_forms import sign_tax_form
from hirehall.money.payments.conversion import read_rate
from hirehall.money.payments.debt_queries import list_wrong_debts
from hirehall.money.payments.gateways.port import Card
from hirehall.money.payments.gateways.registry import gateway
from hirehall.money.payments.models import Debt, Method, PayoutMethod, Rate, TaxForm
from hirehall.money.payments.payout_queries import find_tax_form
from hirehall.money.payments.queries import list_wrong_pending
from hirehall.people.accounts.actors import SYSTEM, Actor
from tests.support.jobs import pass_time, run_jobs

WORKS = "4242424242424242"
DECLINED = "4000000000000002"
EXPIRED = "4000000000000069"
NO_MONEY = "4000000000009995"
DECLINED_LATER = "4000000000000341"
MUST_CONFIRM = "4000002500003155"
CONFIRM_ALWAYS = "4000002760003184"
TAKEN_BACK = "4000000000000259"
TAKEN_BACK_IN_VAIN = "4000000000002685"
IBAN = "DE89370400440532013000"
CLOSED_IBAN = "DE89370400440000000000"
RETURNING_IBAN = "DE70370400440532011111"
UNIT = "USD"


def make_card(actor: Actor, number: str = WORKS) -> Method:
    """A card that went through verification."""
    kept = gateway().keep_card(Card(number, date(2031, 12, 31), "123"))
    method = methods.add_method(actor, kept)
    run_jobs()
    method.refresh_from_db()
    return method


def make_escrow(client: Actor, amount: int = 10_000, *, contract_id: str | None = None, unit: str = UNIT) -> str:
    """A funded escrow; returns its id. The client gets a card when there is none."""
    if not Method.objects.filter(party_id=client.party_id, state="verified").exists():
        make_card(client)
    escrow_id = new_id()
    escrow.fund_escrow(
        client,
        escrow_id=escrow_id,
        contract_id=contract_id or new_id(),
        client_id=client.party_id,
        amount=amount,
        unit=unit,
        ref=f"fund:{escrow_id}",
        memo={"contract_title": "Shop design", "milestone": "First draft"},
    )
    run_jobs()
    return escrow_id


def make_earnings(freelancer: Actor, client: Actor, gross: int = 10_000, *, wait: bool = True, unit: str = UNIT) -> str:
    """Earnings of one release; available unless they shall still wait. Returns the escrow's id."""
    escrow_id = make_escrow(client, gross, unit=unit)
    escrow.release_escrow(
        escrow_id=escrow_id,
        contract_id=new_id(),
        freelancer_id=freelancer.party_id,
        client_id=client.party_id,
        amount=gross,
        unit=unit,
        fee_basis_points=1_000,
        ref=f"release:{escrow_id}",
        memo={"contract_title": "Shop design", "milestone": "First draft", "client_name": client.name},
    )
    if wait:
        pass_time(days=5)
    return escrow_id


def make_payout_method(actor: Actor, account: str = IBAN, kind: str = "bank", *, wait: bool = True) -> PayoutMethod:
    """A payout method; old enough to be used unless it shall be new."""
    kept = gateway().keep_account(kind, account, actor.name)
    method = payouts.add_payout_method(actor, kind, kept, actor.name)
    if find_tax_form(actor.party_id) is None:
        make_tax_form(actor)
    if wait:
        pass_time(days=3)
    return method


def make_tax_form(actor: Actor) -> TaxForm:
    """The form without which no withdrawal leaves."""
    return sign_tax_form(actor, actor.name, "DE", "12 345 678 903", True)


def make_debt(client: Actor, freelancer: Actor, amount: int = 10_000) -> Debt:
    """A client's debt: finished work was paid, and the client's bank took the money back. Its card is still the default."""
    methods.choose_method(client, make_card(client, TAKEN_BACK).id)
    make_earnings(freelancer, client, amount)
    pass_time(days=3)
    return Debt.objects.get(party_id=client.party_id)


def make_rate(unit_from: str, unit_to: str, figures: str) -> Rate:
    """A rate that is in force from now on."""
    return set_rate(SYSTEM, unit_from, unit_to, read_rate(figures), source="Central bank of the tests")


def check_books() -> None:
    """What must hold after everything: zero totals, balances that follow from transfers, holds, and lots."""
    assert [books for books in trial_balance() if books.total] == []
    assert list_wrong_balances() == []
    assert list_wrong_pending() == []
    assert list_wrong_lots() == []
    assert list_wrong_debts() == []


def check_all_books() -> None:
    """The same, and the count of what every party has from the events alone; for tests that post nothing past the actions."""
    check_books()
    assert list(list_wrong_parties()) == []


def amounts_of(code: str, **wanted) -> list[int]:
    """What was posted under a code, oldest first."""
    return list(Transfer.objects.filter(code=code, **wanted).order_by("id").values_list("amount", flat=True))
