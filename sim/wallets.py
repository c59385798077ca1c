"""What freelancers do with what they have earned: once in a while they send it to their bank."""

from collections.abc import Generator
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from hirehall.kernel import clock
from hirehall.money.payments.actions.payouts import withdraw
from hirehall.money.payments.queries import balances_for
from sim.settlers import add_account

if TYPE_CHECKING:
    from sim.market import Market

LEAST_MINOR = 15_000


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
        if balances_for(actor).available >= LEAST_MINOR:
            market.driver.try_to(withdraw, actor, market.accounts[number])
            market.told("withdrawals")
