"""Makers for the books: a market in which money has moved in every way, and a second person of the staff."""

from hirehall.money.books.actions.adjustments import propose_adjustment
from hirehall.money.books.models import Adjustment
from hirehall.money.books.rules import Side, Terms
from hirehall.money.connects.actions import buy_connects
from hirehall.money.ledger.actions import post
from hirehall.money.ledger.chart import Address
from hirehall.money.ledger.models import Account, Transfer
from hirehall.money.ledger.rules import Entry
from hirehall.money.payments.actions import escrow, payouts
from hirehall.people.accounts.actors import Actor
from hirehall.work.contracts.actions.milestones import approve_milestone, submit_work
from tests.support.cast import Cast, sign_up
from tests.support.contracts import make_contract
from tests.support.jobs import pass_time, run_jobs
from tests.support.money import CLOSED_IBAN, make_card, make_earnings, make_payout_method

REASON = "The bank took this fee twice; ticket 4711."


def make_colleague() -> Actor:
    """Another person of the staff."""
    return sign_up("Tess Second", "client", staff=True)


def make_adjustment(actor: Actor, party_id: str, amount: int = 500, *, unit: str = "USD", **more) -> Adjustment:
    """A proposal to give a party something from the adjustments."""
    return propose_adjustment(actor, Terms(Side("adjustment"), Side("party", party_id), amount, unit, REASON, **more))


def make_busy_market(cast: Cast) -> None:
    """Cyd pays, Ada earns, withdraws (once in vain) and buys Connects, a part goes back to the card; Ben has work in escrow."""
    make_card(cast.cyd)
    make_card(cast.ada)
    _, (first, _) = make_contract(cast.cyd, cast.ada)
    submit_work(cast.ada, first.id, "The first draft, with all six pictures in it.", [])
    approve_milestone(cast.cyd, first.id)
    make_contract(cast.cyd, cast.ben)
    run_jobs()
    returned = make_earnings(cast.ada, cast.cyd, 30_000)
    escrow.fund_escrow(
        cast.cyd, escrow_id=returned, contract_id=returned, client_id=cast.cyd.party_id, amount=4_000, unit="USD", ref=f"more:{returned}"
    )
    run_jobs()
    escrow.return_escrow(
        escrow_id=returned, contract_id=returned, client_id=cast.cyd.party_id, amount=4_000, unit="USD", ref=f"back:{returned}"
    )
    pass_time(days=6)
    good, bad = make_payout_method(cast.ada), make_payout_method(cast.ada, CLOSED_IBAN)
    payouts.withdraw(cast.ada, good.id, 10_000)
    payouts.withdraw(cast.ada, bad.id, 2_000)
    buy_connects(cast.ada, 10)
    run_jobs()


def post_odd_entries(party_id: str, memo: dict[str, str]) -> None:
    """What the other makers do not bring: tax, the guarantee and an exchange, with words of a careless writer."""
    free = Address("available", party_id)
    post([Entry(free, Address("tax"), 21, "USD", "vat", "vat:1", memo), Entry(free, Address("guarantee"), 5, "KWD", "test", "g:1", memo)])
    post([Entry(free, Address("exchange"), 100, "JPY", "exchange", "x:1"), Entry(Address("exchange"), free, 1, "USD", "exchange", "x:2")])


def post_unheard(party_id: str, amount: int) -> None:
    """An entry of a code that no room knows."""
    post([Entry(Address("adjustment"), Address("available", party_id), amount, "USD", "never_heard_of", "n", {})])


def transfer_ids() -> list[int]:
    """The number of every transfer there is."""
    return list(Transfer.objects.values_list("id", flat=True))


def spoil_balance(kind: str, by: int, owner_id: str = "", unit: str = "USD") -> None:
    """Change the balance of one account behind the ledger's back, as an accident would; the opposite heals it."""
    account = Account.objects.filter(kind=kind, owner_id=owner_id, unit=unit).order_by("pk").first()
    Account.objects.filter(pk=account.pk).update(balance=account.balance + by)
