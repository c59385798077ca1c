"""Makers of proposals, built on actions."""

from dataclasses import replace

from hirehall.market.jobs.models import Job
from hirehall.market.profiles.queries import is_published
from hirehall.market.proposals.actions.sending import submit_proposal
from hirehall.market.proposals.models import Proposal
from hirehall.market.proposals.rules import ProposalTerms
from hirehall.people.accounts.actors import Actor
from tests.support.jobs import run_jobs
from tests.support.profiles import make_profile

TERMS = ProposalTerms(
    letter="Your bakery page needs the opening hours first and the map second. I would begin with your pictures.",
    price_minor=45_000,
    answers=("The page of a tea house, with the same kind of map.", "On Monday."),
)


def make_proposal(freelancer: Actor, job: Job, **changes) -> Proposal:
    """A sent proposal; the freelancer gets a profile and the first Connects when there are none."""
    if not is_published(freelancer.party_id):
        make_profile(freelancer)
        run_jobs()
    return submit_proposal(freelancer, job.id, replace(TERMS, **changes))
