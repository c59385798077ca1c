"""Posting jobs and answering them, in the words of the people of the market."""

from collections.abc import Generator
from datetime import datetime
from typing import TYPE_CHECKING

from hirehall.market.jobs.actions.posts import post_job
from hirehall.market.jobs.models import Job
from hirehall.market.jobs.rules import Hours, JobTerms, Kind, Length
from hirehall.market.proposals.actions.sending import submit_proposal
from hirehall.market.proposals.rules import Part, ProposalTerms
from hirehall.money.connects.actions import buy_connects
from hirehall.money.connects.queries import connects_held
from sim.plans import PlannedBid, PlannedPost, Settler
from sim.posts import Post
from sim.purses import price
from sim.settlers import add_card

if TYPE_CHECKING:
    from sim.market import Market

LENGTHS = {
    "less_than_month": Length.WEEKS, "one_to_three_months": Length.ONE_TO_THREE, "three_to_six_months": Length.THREE_TO_SIX,
    "more_than_six_months": Length.LONGER,
}  # fmt: skip


def terms_of(post: Post, unit: str) -> JobTerms:
    """A post as the product takes it, in the currency of its client."""
    return JobTerms(
        title=post.title, description=post.description, category=post.craft.category, specialty=post.craft.specialty,
        kind=Kind.HOURLY if post.hourly else Kind.FIXED, skills=post.skills, budget_minor=price(unit, post.budget) or None,
        rate_low_minor=price(unit, post.rate_low) or None, rate_high_minor=price(unit, post.rate_high) or None, unit=unit, level=post.level, length=LENGTHS[post.length],
        hours=Hours.MORE if post.weekly_hours >= 30 else Hours.LESS, questions=post.questions,
    )  # fmt: skip


def put_up(market: "Market", planned: PlannedPost) -> Job | None:
    """Post the job; None when the market says no."""
    job = market.driver.try_to(post_job, market.clients[planned.employer], terms_of(planned.post, market.unit_of(planned)))
    if job is not None:
        market.proposals[planned.number] = []
        market.jobs[planned.number] = job.id
        market.told("jobs")
    return job


def answer_job(market: "Market", planned: PlannedPost, bid: PlannedBid) -> Generator[datetime, None, None]:
    """One freelancer's proposal, if the job is still open and the Connects suffice; some buy more."""
    yield bid.at
    job_id = market.jobs.get(planned.number)
    actor = market.freelancers.get(bid.settler)
    if job_id is None or actor is None:
        return
    rng = market.plan.rng("bid", planned.number, bid.settler)
    settler = market.settler(bid.settler)
    cost = Job.objects.values_list("connects_price", flat=True).get(pk=job_id)
    if connects_held(actor.party_id) < cost and (planned.script or rng.random() < 0.5):
        add_card(market.driver, actor)
        market.driver.try_to(buy_connects, actor, 20)
    sent = market.driver.try_to(submit_proposal, actor, job_id, offer_terms(market, planned, settler, rng))
    if sent is not None:
        market.proposals[planned.number].append((bid.settler, sent.id))
        market.told("proposals")


def offer_terms(market: "Market", planned: PlannedPost, settler: Settler, rng) -> ProposalTerms:
    """A price near the budget, in milestones where there is one; a letter and the answers."""
    post, persona, unit = planned.post, settler.persona, market.unit_of(planned)
    answers = tuple(market.letters.answer(post, persona, question) for question in post.questions)
    letter = market.letters.cover(post, persona)
    if post.hourly:
        rate = min(max(persona.rate, round(post.rate_low * 0.9)), round(post.rate_high * 1.15))
        return ProposalTerms(letter, price_minor=price(unit, rate), answers=answers)
    total = max(60, round(post.budget * rng.uniform(0.82, 1.14), -1))
    if total < 200 or rng.random() < 0.25:
        return ProposalTerms(letter, price_minor=price(unit, total), answers=answers)
    return ProposalTerms(
        letter, parts=tuple(Part(title, amount) for title, amount in split(post, price(unit, total), rng)), answers=answers
    )


def split(post: Post, total_minor: int, rng) -> list[tuple[str, int]]:
    """A price over the steps of the trade, in full tens; the last step takes the rest."""
    weights = [rng.uniform(0.7, 1.4) for _ in post.craft.steps]
    amounts = [round(total_minor * weight / sum(weights) / 1000) * 1000 for weight in weights[:-1]]
    return list(zip(post.craft.steps, [*amounts, total_minor - sum(amounts)], strict=True))
