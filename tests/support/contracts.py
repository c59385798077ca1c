"""Makers of offers and contracts, built on actions."""

from datetime import date

from hirehall.money.payments.queries import has_verified_method
from hirehall.people.accounts.actors import Actor
from hirehall.work.contracts.actions.offers import accept_offer, make_offer
from hirehall.work.contracts.models import Contract, Milestone, Offer
from hirehall.work.contracts.queries import list_milestones
from hirehall.work.contracts.rules import MilestoneTerms, OfferTerms
from tests.support.jobs import run_jobs
from tests.support.money import make_card

TERMS = OfferTerms(
    title="A page for the bakery",
    scope="One page with opening hours, map and six pictures.",
    milestones=(MilestoneTerms("First draft", 20_000, date(2026, 4, 1)), MilestoneTerms("Finished page", 25_000)),
    deliverables="HTML and pictures.",
    revisions=2,
)


def make_offer_to(client: Actor, freelancer: Actor, terms: OfferTerms = TERMS, **more) -> Offer:
    """A direct offer; the client gets a card that works when there is none."""
    if not has_verified_method(client.party_id):
        make_card(client)
    return make_offer(client, terms, freelancer_id=freelancer.party_id, **more)


def make_contract(client: Actor, freelancer: Actor, terms: OfferTerms = TERMS) -> tuple[Contract, list[Milestone]]:
    """A started contract whose first milestone is funded."""
    contract = accept_offer(freelancer, make_offer_to(client, freelancer, terms).id)
    run_jobs()
    return contract, list_milestones(contract.id)
