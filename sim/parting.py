"""Ends of contracts: by either side, in the middle or when all is done, and what both say about it afterwards."""

from collections.abc import Generator
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from hirehall.kernel import clock
from hirehall.trust.reputation.actions.answering import reply_to_feedback
from hirehall.trust.reputation.actions.giving import give_feedback
from hirehall.trust.reputation.rules import CRITERIA, Answers
from hirehall.work.contracts.actions.endings import answer_refund, end_contract

if TYPE_CHECKING:
    from sim.deals import Deal
    from sim.market import Market

Story = Generator[datetime, None, None]


def part(market: "Market", deal: "Deal", contract_id: str) -> Story:
    """All is paid: one side ends the contract, and most people say how it was."""
    rng = deal.rng
    yield clock.now() + timedelta(days=rng.uniform(0.3, 5))
    by_client = bool(deal.planned.script) or rng.random() < 0.85
    ended = market.driver.try_to(end_contract, deal.client if by_client else deal.freelancer, contract_id)
    if ended is not None:
        skill = market.settler(deal.settler).skill
        yield from _judge(
            market, deal, contract_id, (_stars(rng, skill), _stars(rng, 0.86)), client_first=not by_client
        )


def break_off(market: "Market", deal: "Deal", contract_id: str) -> Story:
    """Plans change before the next step: the contract ends with what was paid, and the rest goes back."""
    yield clock.now() + timedelta(days=deal.rng.uniform(1, 6))
    if market.driver.try_to(end_contract, deal.client, contract_id) is None:
        return
    yield clock.now() + timedelta(days=deal.rng.uniform(0.2, 2))
    market.driver.try_to(answer_refund, deal.freelancer, contract_id, agree=True)
    yield from _judge(market, deal, contract_id, (deal.rng.choice((3, 4)), deal.rng.choice((2, 3, 4))))


def _stars(rng: Random, skill: float) -> int:
    """Mostly five where the work was good."""
    return max(1, min(5, round(rng.gauss(2.3 + 3.2 * skill, 0.55))))


def _judge(
    market: "Market", deal: "Deal", contract_id: str, stars_by: tuple[int, int], *, client_first: bool = False
) -> Story:
    """Feedback of both, in either order; some stay silent, some answer a mixed one in public.

    Where the freelancer has ended the contract, the client's feedback completes it.
    """
    rng, (of_client, of_freelancer) = deal.rng, stars_by
    sides = [
        ("client", deal.client, of_client, 1.0 if client_first else 0.88),
        ("freelancer", deal.freelancer, of_freelancer, 0.8),
    ]
    if not client_first:
        rng.shuffle(sides)
    given = None
    for side, actor, stars, share in sides:
        if not deal.planned.script and rng.random() > share:
            continue
        yield clock.now() + timedelta(days=rng.uniform(0.2, 4))
        kept = market.driver.try_to(give_feedback, actor, contract_id, _answers(market, deal, side, stars))
        market.told("feedback")
        given = kept if side == "client" else given
    if given is not None and of_client <= 3 and rng.random() < 0.5:
        yield clock.now() + timedelta(days=rng.uniform(15, 17))
        market.driver.try_to(reply_to_feedback, deal.freelancer, given.id, market.letters.reply())


def _answers(market: "Market", deal: "Deal", side: str, stars: int) -> Answers:
    """Stars near each other, a text that fits them, and the private number."""
    rng, persona = deal.rng, market.settler(deal.settler).persona
    each = {name: max(1, min(5, stars + rng.choice((0, 0, 0, 0, -1, 1)))) for name in CRITERIA[side]}
    text = market.letters.feedback(side, stars, persona)
    return Answers(each, text, max(0, min(10, 2 * stars + rng.choice((-1, 0, 0)))))
