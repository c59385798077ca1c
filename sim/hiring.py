"""What clients do with the answers to a job: read, choose, talk, hire or give up."""

from collections.abc import Generator
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from hirehall.kernel import clock
from hirehall.market.jobs.actions.posts import close_job
from hirehall.market.proposals.actions.deciding import (
    archive_proposal,
    decline_proposal,
    shortlist_proposal,
    start_talk,
    view_proposal,
)
from hirehall.people.messages.actions import post_message
from sim.bidding import put_up
from sim.deals import hire
from sim.letters import Said
from sim.plans import PlannedPost

if TYPE_CHECKING:
    from sim.market import Market

Story = Generator[datetime, None, None]
REASONS = ("price", "skills", "another", "late", "unclear")


def run_job(market: "Market", planned: PlannedPost) -> Story:
    """A job from its post to its end."""
    yield planned.at
    job = put_up(market, planned)
    if job is None:
        return
    rng = market.plan.rng("client", planned.number)
    yield planned.at + timedelta(days=1 if planned.script == "fresh" else rng.uniform(1.5, 5))
    if not planned.script and rng.random() < 0.06:
        return  # This client never looks.
    best = read_proposals(market, planned, rng)
    if planned.script in ("fresh", "many") or not best:
        if planned.script == "many":
            talk(market, planned, best[0], rng)
        elif not planned.script and rng.random() < 0.4:
            yield clock.now() + timedelta(days=rng.uniform(6, 16))
            market.driver.try_to(
                close_job,
                market.clients[planned.employer],
                job.id,
                rng.choice(("not_needed", "no_fit", "hired_elsewhere")),
            )
        return
    yield from choose(market, planned, best, rng)


def read_proposals(market: "Market", planned: PlannedPost, rng: Random) -> list[tuple[int, str]]:
    """Open what has come in, shortlist the best, decline or put aside some; the best first."""
    client, sent = market.clients[planned.employer], market.proposals[planned.number]
    read = [one for one in sent if rng.random() < 0.92]
    for _, proposal_id in read:
        market.driver.try_to(view_proposal, client, proposal_id)
    ranked = sorted(
        read, key=lambda one: -market.settler(one[0]).skill - rng.random() * 0.4 - _is_star(market, planned, one[0])
    )
    for _, proposal_id in ranked[: 3 if len(ranked) > 4 else 1]:
        market.driver.try_to(shortlist_proposal, client, proposal_id)
    for place, (_, proposal_id) in enumerate(ranked[3:]):
        if place % 3 == 0 or rng.random() < 0.25:
            market.driver.try_to(decline_proposal, client, proposal_id, rng.choice(REASONS))
        elif rng.random() < 0.3:
            market.driver.try_to(archive_proposal, client, proposal_id)
    return ranked


def _is_star(market: "Market", planned: PlannedPost, settler: int) -> int:
    """In the scripted jobs the demo's own freelancers are chosen."""
    return 9 if planned.script and market.settler(settler).persona.person in market.stars else 0


def choose(market: "Market", planned: PlannedPost, best: list[tuple[int, str]], rng: Random) -> Story:
    """Talk with one or two, then offer a contract to the better one."""
    for chosen in best[: 2 if len(best) > 4 and rng.random() < 0.25 else 1]:
        talk(market, planned, chosen, rng)
    yield clock.now() + timedelta(days=rng.uniform(0.5, 3))
    yield from hire(market, planned, best[0], rng)


def talk(market: "Market", planned: PlannedPost, chosen: tuple[int, str], rng: Random) -> None:
    """Open a room and begin to talk; the answers follow in the next hours."""
    number, proposal_id = chosen
    room = market.driver.try_to(start_talk, market.clients[planned.employer], proposal_id)
    if room is not None:
        persona = market.settler(number).persona
        said = market.letters.talk(planned.post, persona)
        # Most first talks are short; those of the demo's own people are told to the end.
        said = said if planned.script else said[: rng.randint(1, 4)]
        market.start(converse(market, planned, number, room.id, said, rng))


def converse(market: "Market", planned: PlannedPost, number: int, room_id: str, said: list[Said], rng: Random) -> Story:
    """Both sides write in turn."""
    sides = {"client": market.clients[planned.employer], "freelancer": market.freelancers[number]}
    for one in said:
        market.driver.try_to(post_message, sides[one.by], room_id, one.text)
        market.told("messages")
        yield clock.now() + timedelta(minutes=rng.uniform(6, 240))
