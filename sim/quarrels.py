"""Contracts that go wrong: the client ends one with money in escrow, the freelancer does not return it, and it is disputed.

Some never answer, some agree between them, some accept what the mediator proposes, and of some the decision is the end.
"""

from collections.abc import Generator
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from hirehall.kernel import clock
from hirehall.work.contracts.actions.endings import answer_refund, end_contract
from hirehall.work.contracts.queries import list_milestones
from hirehall.work.disputes.actions.claims import answer_claim, open_dispute
from hirehall.work.disputes.actions.evidence import add_evidence, finish_evidence
from hirehall.work.disputes.actions.solutions import answer_solution, decide_dispute, offer_settlement, propose_solution
from hirehall.work.disputes.models import Dispute
from hirehall.work.disputes.rules import Claim, Split

if TYPE_CHECKING:
    from sim.deals import Deal
    from sim.market import Market

Story = Generator[datetime, None, None]
SHARE = 0.04
LATE = (
    "The second part was due two weeks ago. What I have are sketches; I asked twice for the files that we agreed on and got none.",
    "What was handed in differs from the scope in three points, and the corrections never came. I had to give it to somebody else.",
)
DONE = (
    "All that was agreed for this part is in the folder since Tuesday; the last changes were not in the scope.",
    "I worked on this part for nine days, and half of it waited for texts that were promised and did not come.",
)
SHOWN = (
    "Here is what was sent, day by day, with the answers.",
    "The scope names five things; four of them can be seen in what I handed in on the 14th.",
)
REASONS = (
    "The files show about this much of the agreed scope. Both sides let dates pass, so neither bears all of it.",
    "What was handed in can be used for this part of the work; the rest was not begun.",
)
KINDS = ("silent", "agreed", "accepted", "decided", "decided")


def falls_out(market: "Market", deal: "Deal") -> bool:
    """Whether this deal goes wrong; drawn apart, so that all other deals stay as they were."""
    return not deal.planned.script and _rng(market, deal).random() < SHARE


def _rng(market: "Market", deal: "Deal") -> Random:
    return market.plan.rng("quarrel", deal.planned.number)


def quarrel(market: "Market", deal: "Deal", contract_id: str) -> Story:
    """From the end that one side does not agree with to how it was settled."""
    rng, driver = _rng(market, deal), market.driver
    kind, client_asks = KINDS[rng.randrange(len(KINDS))], rng.random() < 0.6
    yield _later(rng, 4, 9)
    if driver.try_to(end_contract, deal.client, contract_id) is None:
        return
    yield _later(rng, 0.3, 2)
    driver.try_to(answer_refund, deal.freelancer, contract_id, agree=False)
    yield _later(rng, 0.3, 3)
    asking, other = (deal.client, deal.freelancer) if client_asks else (deal.freelancer, deal.client)
    said, answered = (LATE, DONE) if client_asks else (DONE, LATE)
    dispute = driver.try_to(_open, asking, contract_id, rng.choice(said))
    if dispute is None or kind == "silent":
        return
    yield _later(rng, 0.5, 3)
    tenth = dispute.claim_escrow_minor // 10
    driver.try_to(answer_claim, other, dispute.pk, Claim(tenth), rng.choice(answered))
    market.told("disputes")
    yield _later(rng, 0.2, 1)
    dispute.refresh_from_db()
    if kind == "agreed":
        offer = driver.try_to(offer_settlement, other, dispute.pk, Split(dispute.disputed_escrow // 2), "Let us share it and go on.")
        yield _later(rng, 0.1, 0.6)
        driver.try_to(answer_solution, asking, offer.pk, accept=True)
        return
    driver.try_to(add_evidence, asking, dispute.pk, rng.choice(SHOWN))
    for side in (asking, other):
        driver.try_to(finish_evidence, side, dispute.pk)
    yield from _mediate(market, deal, dispute, accept=kind == "accepted")


def _open(asking, contract_id: str, why: str) -> Dispute:
    """All that waits is asked for."""
    waits = sum(part.escrow_minor for part in list_milestones(contract_id))
    return open_dispute(asking, contract_id, Claim(waits), why)


def _mediate(market: "Market", deal: "Deal", dispute: Dispute, *, accept: bool) -> Story:
    """What staff do with it, and what both say to that."""
    rng, driver = _rng(market, deal), market.driver
    yield _later(rng, 0.5, 1.8)
    part = Split(dispute.disputed_escrow * rng.choice((3, 4, 6, 7)) // 10)
    solution = driver.try_to(propose_solution, market.staff, dispute.pk, part, rng.choice(REASONS))
    yield _later(rng, 0.2, 1.2)
    driver.try_to(answer_solution, deal.client, solution.pk, accept=True)
    driver.try_to(answer_solution, deal.freelancer, solution.pk, accept=accept)
    if accept:
        return
    yield _later(rng, 0.5, 2)
    driver.try_to(decide_dispute, market.staff, dispute.pk, part, rng.choice(REASONS))


def _later(rng: Random, low: float, high: float) -> datetime:
    return clock.now() + timedelta(days=rng.uniform(low, high))
