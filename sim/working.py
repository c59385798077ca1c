"""Running contracts: milestones are funded, worked on, handed in, looked at and paid; some are changed on the way."""

from collections.abc import Generator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from hirehall.kernel import clock
from hirehall.people.messages.actions import post_message
from hirehall.people.messages.queries import find_room
from hirehall.work.contracts.actions.amendments import answer_amendment, propose_amendment
from hirehall.work.contracts.actions.milestones import approve_milestone, ask_changes, fund_milestone, submit_work
from hirehall.work.contracts.models import Milestone
from hirehall.work.contracts.queries import list_milestones
from hirehall.work.contracts.rules import MilestoneState, MilestoneTerms
from sim.parting import break_off, part
from sim.quarrels import falls_out, quarrel
from sim.wallets import cash_in

if TYPE_CHECKING:
    from sim.deals import Deal
    from sim.market import Market

Story = Generator[datetime, None, None]
# After so many days a client who says nothing has approved; the timers of the run come every third day.
SILENCE_DAYS = 17.5


def work_on(market: "Market", deal: "Deal", contract_id: str) -> Story:
    """Every milestone in turn, then the end."""
    rng, script = deal.rng, deal.planned.script
    cash_in(market, deal.settler)
    market.start(_chat(market, deal, contract_id))
    stops_at = 2 if not script and rng.random() < 0.05 else None
    for number, milestone in enumerate(list_milestones(contract_id), 1):
        if number == stops_at:
            yield from break_off(market, deal, contract_id)
            return
        if number > 1:
            yield _in_days(deal, 0.2, 1.6)
            market.driver.try_to(fund_milestone, deal.client, milestone.id)
        if script == "started" or _state(milestone) != MilestoneState.FUNDED:
            return  # The card was declined, or work has only begun: it stays so.
        if number == 2 and falls_out(market, deal):
            yield from quarrel(market, deal, contract_id)
            return
        if script == "running" and number == 2:
            yield market.plan.until - timedelta(days=2, hours=3)
        else:
            yield _in_days(deal, 2, 9)
        if not script and rng.random() < 0.1:
            yield from _amend(market, deal, contract_id, milestone)
        yield from _hand_in(market, deal, milestone)
    yield from part(market, deal, contract_id)


def _in_days(deal: "Deal", low: float, high: float) -> datetime:
    return clock.now() + timedelta(days=deal.rng.uniform(low, high))


def _state(milestone: Milestone) -> str:
    milestone.refresh_from_db()
    return milestone.state


def _hand_in(market: "Market", deal: "Deal", milestone: Milestone) -> Story:
    """Hand in, perhaps twice; the client approves, or says nothing until the work counts as approved."""
    rng, driver = deal.rng, market.driver
    driver.try_to(submit_work, deal.freelancer, milestone.id, market.letters.note(milestone.title))
    market.told("deliveries")
    skill = market.settler(deal.settler).skill
    if rng.random() < 0.45 - 0.3 * skill:
        yield _in_days(deal, 0.4, 3)
        if driver.try_to(ask_changes, deal.client, milestone.id, market.letters.change(deal.planned.post)):
            yield _in_days(deal, 0.5, 3)
            driver.try_to(submit_work, deal.freelancer, milestone.id, market.letters.note(milestone.title))
    silent = not deal.planned.script and rng.random() < 0.13
    yield _in_days(deal, SILENCE_DAYS, SILENCE_DAYS) if silent else _in_days(deal, 0.3, 4)
    if _state(milestone) != MilestoneState.APPROVED:
        driver.try_to(approve_milestone, deal.client, milestone.id)
        if rng.random() < 0.5:
            _say(market, deal, milestone.contract_id, "client", market.letters.approval())
    market.told("payments")


def _amend(market: "Market", deal: "Deal", contract_id: str, milestone: Milestone) -> Story:
    """There is more to do than was agreed: the freelancer asks for more, and mostly gets it."""
    amount = milestone.amount_minor + max(
        1000, round(milestone.amount_minor * deal.rng.uniform(0.1, 0.3) / 1000) * 1000
    )
    terms = MilestoneTerms(milestone.title, amount, milestone.due_on)
    found = market.driver.try_to(
        propose_amendment, deal.freelancer, contract_id, terms, milestone_id=milestone.id, note=market.letters.dearer()
    )
    if found is not None:
        yield _in_days(deal, 0.2, 1.5)
        accept = deal.rng.random() < 0.75
        market.driver.try_to(answer_amendment, deal.client, found.id, accept=accept)
        yield _in_days(deal, 0.3, 2)


def _chat(market: "Market", deal: "Deal", contract_id: str) -> Story:
    """What both write while work is running."""
    persona = market.settler(deal.settler).persona
    yield _in_days(deal, 0.5, 4)
    for one in market.letters.work(deal.planned.post, persona):
        _say(market, deal, contract_id, one.by, one.text)
        yield clock.now() + timedelta(minutes=20 + 240 * deal.rng.random())


def _say(market: "Market", deal: "Deal", contract_id: str, by: str, text: str) -> None:
    room = find_room("contract", contract_id)
    if room is not None:
        market.driver.try_to(post_message, deal.client if by == "client" else deal.freelancer, room.id, text)
        market.told("messages")
