"""What freelancers do with what they have earned: once in a while they send it to their bank, some convert it first."""

from collections.abc import Generator
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from hirehall.kernel import clock
from hirehall.money.payments.actions.conversions import accept_conversion, quote_conversion
from hirehall.money.payments.actions.payouts import withdraw
from hirehall.money.payments.policy import main_unit, taken
from hirehall.money.payments.queries import list_balances_for
from hirehall.people.accounts.actors import Actor
from sim.settlers import add_account

if TYPE_CHECKING:
    from sim.market import Market

LEAST_MINOR = 15_000
CONVERTS_ONE_IN = 2


def cash_in(market: "Market", number: int) -> None:
    """With the first contract a freelancer begins to look after the money."""
    if number not in market.accounts:
        market.accounts[number] = ""
        market.start(_look_after(market, number, market.plan.rng("wallet", number)))


def _look_after(market: "Market", number: int, rng: Random) -> Generator[datetime, None, None]:
    actor = market.freelancers[number]
    yield clock.now() + timedelta(days=rng.uniform(8, 20))
    market.accounts[number] = add_account(market.driver, actor)
    while True:
        yield clock.now() + timedelta(days=rng.uniform(18, 34))
        for one in list_balances_for(actor):
            if taken().worth(one.unit, one.available) >= LEAST_MINOR:
                _cash(market, actor, number, one.unit)


def _cash(market: "Market", actor: Actor, number: int, unit: str) -> None:
    """Send all of one currency to the bank, or turn it into the main one and wait for the next time."""
    if unit != main_unit() and number % CONVERTS_ONE_IN == 0:
        quote = market.driver.try_to(quote_conversion, actor, unit, main_unit())
        if quote is not None:
            market.driver.try_to(accept_conversion, actor, quote.id)
            market.told("conversions")
            return
    market.driver.try_to(withdraw, actor, market.accounts[number], None, unit)
    market.told("withdrawals")
