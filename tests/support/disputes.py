"""Makers of disputes, built on actions: a contract whose return was refused, a claim, and cases further on."""

from hirehall.people.accounts.actors import Actor
from hirehall.work.contracts.actions.endings import answer_refund, end_contract
from hirehall.work.contracts.actions.milestones import approve_milestone, fund_milestone
from hirehall.work.contracts.models import Contract
from hirehall.work.contracts.queries import list_milestones
from hirehall.work.contracts.rules import OfferTerms
from hirehall.work.disputes.actions.claims import answer_claim, open_dispute
from hirehall.work.disputes.actions.evidence import finish_evidence
from hirehall.work.disputes.actions.solutions import answer_solution, propose_solution
from hirehall.work.disputes.models import Dispute
from hirehall.work.disputes.rules import Claim, Split
from tests.support.contracts import TERMS, make_contract
from tests.support.jobs import run_jobs

WHY = "Half of what was agreed was never handed in."
ANSWER = "All of it was handed in on the third of March."


def make_refused(client: Actor, freelancer: Actor, *, both: bool = False, released: int = 0, terms: OfferTerms = TERMS) -> Contract:
    """The client has ended it, the freelancer does not return what waits: 200.00, or with both parts 450.00."""
    contract, parts = make_contract(client, freelancer, terms)
    if both:
        fund_milestone(client, parts[1].id)
        run_jobs()
    if released:
        approve_milestone(client, parts[0].id, released)
    end_contract(client, contract.id)
    answer_refund(freelancer, contract.id, agree=False)
    run_jobs()
    contract.refresh_from_db()
    return contract


def make_paid_and_ended(client: Actor, freelancer: Actor) -> Contract:
    """200.00 were released and the contract has ended; nothing waits."""
    contract, parts = make_contract(client, freelancer)
    approve_milestone(client, parts[0].id)
    end_contract(client, contract.id)
    run_jobs()
    contract.refresh_from_db()
    return contract


def make_dispute(claimant: Actor, contract: Contract, escrow: int = 20_000, refund: int = 0) -> Dispute:
    return fresh(open_dispute(claimant, contract.id, Claim(escrow, refund), WHY))


def make_heard(cast, escrow: int = 20_000, given: int = 0) -> Dispute:
    """Cyd claims, Ada answers, both have said all: it is the mediator's turn."""
    dispute = make_dispute(cast.cyd, make_refused(cast.cyd, cast.ada), escrow)
    answer_claim(cast.ada, dispute.id, Claim(given), ANSWER)
    for side in (cast.ada, cast.cyd):
        finish_evidence(side, dispute.id)
    run_jobs()
    return fresh(dispute)


def make_undecided(cast) -> Dispute:
    """One side has declined the mediator's proposal: it is to be decided."""
    dispute = make_heard(cast)
    solution = propose_solution(cast.sam, dispute.id, Split(10_000), "Half of it was done.")
    answer_solution(cast.ada, solution.id, accept=False)
    run_jobs()
    return fresh(dispute)


def fresh(dispute: Dispute) -> Dispute:
    dispute.refresh_from_db()
    return dispute


def waiting_in(contract: Contract) -> int:
    return sum(part.escrow_minor for part in list_milestones(contract.id))
