"""How a talk becomes a contract: an offer, sometimes another price, then yes or no."""

from collections.abc import Generator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from hirehall.kernel import clock
from hirehall.people.accounts.actors import Actor
from hirehall.work.contracts.actions.offers import accept_offer, decline_offer, make_offer, request_change
from hirehall.work.contracts.rules import MilestoneTerms, OfferTerms
from sim.bidding import split
from sim.plans import PlannedPost
from sim.purses import price
from sim.working import work_on

if TYPE_CHECKING:
    from sim.market import Market

Story = Generator[datetime, None, None]
# Hourly jobs mostly stay talks, as hours can't be billed yet.
HOURLY_SHARE = 0.33
FIRST_HOURS = (10, 12, 16, 20, 24)


@dataclass
class Deal:
    """Two sides and what they agreed to do."""

    planned: PlannedPost
    settler: int
    client: Actor
    freelancer: Actor
    rng: Random


def hire(market: "Market", planned: PlannedPost, chosen: tuple[int, str], rng: Random) -> Story:
    """Offer a contract to one; what follows is their story."""
    if not planned.script and rng.random() > market.plan.offers * (HOURLY_SHARE if planned.post.hourly else 1):
        return
    number, proposal_id = chosen
    deal = Deal(planned, number, market.clients[planned.employer], market.freelancers[number], rng)
    terms = terms_of(market, deal)
    offer = market.driver.try_to(make_offer, deal.client, terms, proposal_id=proposal_id)
    if offer is None:
        return
    market.told("offers")
    yield _later(rng, 0.2, 2)
    answer = 1.0 if planned.script else rng.random()
    if answer < 0.07:
        market.driver.try_to(decline_offer, deal.freelancer, offer.id)
        return
    if answer < 0.2 or planned.script == "running":
        dearer = _raised(terms, rng)
        market.driver.try_to(request_change, deal.freelancer, offer.id, dearer, market.letters.dearer())
        yield _later(rng, 0.2, 2)
        contract = market.driver.try_to(accept_offer, deal.client, offer.id)
    else:
        contract = market.driver.try_to(accept_offer, deal.freelancer, offer.id)
    if contract is not None:
        market.told("contracts")
        yield from work_on(market, deal, contract.id)


def _later(rng: Random, low: float, high: float) -> datetime:
    return clock.now() + timedelta(days=rng.uniform(low, high))


def terms_of(market: "Market", deal: Deal) -> OfferTerms:
    """The price of the proposal in the steps of the trade; of an hourly job a first package of some hours."""
    post, rng, settler = deal.planned.post, deal.rng, market.settler(deal.settler)
    unit = market.unit_of(deal.planned)
    if post.hourly:
        rate = min(max(settler.persona.rate, post.rate_low), post.rate_high or settler.persona.rate)
        parts = [(post.craft.steps[0], price(unit, rate * rng.choice(FIRST_HOURS)))]
    elif post.budget < 200:
        parts = [(post.craft.steps[-1], price(unit, max(60, round(post.budget * rng.uniform(0.9, 1.1), -1))))]
    else:
        parts = split(post, price(unit, round(post.budget * rng.uniform(0.85, 1.1), -1)), rng)
    day, milestones = clock.now().date(), []
    for title, amount in parts:
        day += timedelta(days=rng.randint(5, 12))
        milestones.append(MilestoneTerms(title, amount, day if rng.random() < 0.8 else None))
    scope = "\n".join(f"- {point}" for point in post.task.points)
    return OfferTerms(post.title, f"{post.task.need}\n\n{scope}", tuple(milestones), revisions=rng.choice((1, 2, 2, 3)))


def _raised(terms: OfferTerms, rng: Random) -> OfferTerms:
    """The same for somewhat more, on the last step."""
    *first, last = terms.milestones
    more = max(1000, round(last.amount_minor * rng.uniform(0.06, 0.18) / 1000) * 1000)
    return replace(terms, milestones=(*first, replace(last, amount_minor=last.amount_minor + more)))
