"""Makers of ended contracts and of feedback, built on actions."""

from hirehall.people.accounts.actors import Actor
from hirehall.trust.reputation.rules import CRITERIA, Answers
from hirehall.work.contracts.actions.endings import end_contract
from hirehall.work.contracts.actions.milestones import approve_milestone, submit_work
from hirehall.work.contracts.models import Contract
from hirehall.work.contracts.rules import MilestoneTerms, OfferTerms
from tests.support.contracts import make_contract
from tests.support.jobs import run_jobs

SMALL = OfferTerms("A logo for the bakery", "One logo in three sizes.", (MilestoneTerms("Logo", 20_000),), revisions=1)


def make_ended(client: Actor, freelancer: Actor, *, paid: bool = True) -> Contract:
    """A contract that the client has ended, with or without a released milestone."""
    contract, (milestone,) = make_contract(client, freelancer, SMALL)
    if paid:
        submit_work(freelancer, milestone.id, "Here is the logo.")
        approve_milestone(client, milestone.id)
        run_jobs()
        end_contract(client, contract.id)
    else:
        end_contract(freelancer, contract.id)
    run_jobs()
    contract.refresh_from_db()
    return contract


def answers(side: str, stars: int = 5, **more) -> Answers:
    """The same stars for everything."""
    return Answers(dict.fromkeys(CRITERIA[side], stars), **{"text": "Quick, careful and kind.", **more})
