"""Two who act on the same contract at the same moment: one result, every cent where it belongs."""

from datetime import timedelta

import pytest

from hirehall.kernel import clock
from hirehall.kernel.errors import Refused
from hirehall.kernel.models import Event
from hirehall.money.payments.actions.payouts import withdraw
from hirehall.money.payments.models import Charge, Hold
from hirehall.money.payments.queries import balances_for, escrow_balance
from hirehall.work.contracts.actions.amendments import answer_amendment, propose_amendment
from hirehall.work.contracts.actions.endings import answer_refund, end_contract
from hirehall.work.contracts.actions.milestones import (
    approve_milestone,
    ask_changes,
    fund_milestone,
    release_all_due,
    submit_work,
)
from hirehall.work.contracts.actions.offers import accept_offer, decline_offer, make_offer, request_change
from hirehall.work.contracts.models import Contract, Offer
from hirehall.work.contracts.rules import MilestoneTerms
from tests.flows.contract_checks import check_everything
from tests.support.at_once import at_once
from tests.support.contracts import TERMS, make_contract, make_offer_to
from tests.support.jobs import pass_time, run_jobs
from tests.support.jobs_market import make_job
from tests.support.money import UNIT, make_card, make_earnings, make_payout_method
from tests.support.proposals import make_proposal

pytestmark = pytest.mark.django_db(transaction=True)


def count(name):
    return Event.objects.filter(name=name).count()


def codes(results):
    """The refusals among results; anything else that was raised is a fault."""
    faults = [r for r in results if isinstance(r, Exception) and not isinstance(r, Refused)]
    assert faults == []
    return sorted(r.code for r in results if isinstance(r, Refused))


def settle(cast):
    run_jobs()
    check_everything([cast.ben.party_id, cast.dot.party_id, cast.eve.party_id])


@pytest.mark.feature("PRP-07", "CTR-01")
def test_two_accept_the_same_offer(cast):
    offer = make_offer_to(cast.cyd, cast.ada)
    found = at_once([lambda: accept_offer(cast.ada, offer.id)] * 4)
    assert codes(found) == []
    assert len({contract.id for contract in found}) == Contract.objects.count() == Charge.objects.count() == 1
    settle(cast)
    assert count("contract:started") == 1


@pytest.mark.feature("PRP-07")
def test_an_offer_is_accepted_declined_changed_and_withdrawn(cast):
    offer = make_offer_to(cast.cyd, cast.ada)
    other = MilestoneTerms("All", 900)
    found = at_once([
        lambda: accept_offer(cast.ada, offer.id), lambda: decline_offer(cast.ada, offer.id),
        lambda: decline_offer(cast.cyd, offer.id), lambda: request_change(cast.ada, offer.id, terms_of(other)),
    ])  # fmt: skip
    assert set(codes(found)) <= {"offer:closed"}
    assert count("offer:accepted") + count("offer:declined") + count("offer:withdrawn") == 1
    assert Contract.objects.count() == count("offer:accepted")
    settle(cast)


def terms_of(*parts):
    return TERMS.__class__(TERMS.title, TERMS.scope, tuple(parts))


@pytest.mark.feature("PRP-07")
def test_two_offers_on_one_proposal(cast):
    proposal = make_proposal(cast.ada, make_job(cast.cyd))
    make_card(cast.cyd)
    found = at_once([lambda: make_offer(cast.cyd, TERMS, proposal_id=proposal.id)] * 3)
    assert codes(found) == ["offer:exists"] * 2
    assert Offer.objects.count() == 1
    settle(cast)


@pytest.mark.feature("CTR-01", "PAY-04")
def test_two_approve(cast):
    _, (first, _) = make_contract(cast.cyd, cast.ada)
    assert codes(at_once([lambda: approve_milestone(cast.cyd, first.id)] * 4)) == []
    settle(cast)
    assert (Hold.objects.count(), balances_for(cast.ada).pending) == (1, 18_000)


@pytest.mark.feature("PAY-04")
def test_parts_that_together_are_too_much(cast):
    _, (first, _) = make_contract(cast.cyd, cast.ada)
    found = at_once([lambda: approve_milestone(cast.cyd, first.id, 8_000)] * 3)
    assert codes(found) == ["milestone:release_much"]
    assert escrow_balance(first.id, UNIT) == 4_000
    settle(cast)


@pytest.mark.feature("CTR-01")
@pytest.mark.parametrize("what", ["approve", "ask_changes", "end"])
def test_against_the_automatic_release(cast, what):
    contract, (first, _) = make_contract(cast.cyd, cast.ada)
    submit_work(cast.ada, first.id, "Done")
    run_jobs()
    clock.advance(timedelta(days=14))
    acts = {
        "approve": lambda: approve_milestone(cast.cyd, first.id),
        "ask_changes": lambda: ask_changes(cast.cyd, first.id, "Warmer"),
        "end": lambda: end_contract(cast.cyd, contract.id),
    }
    found = at_once([acts[what], release_all_due, release_all_due])
    assert set(codes(found)) <= {"milestone:state"}
    settle(cast)
    first.refresh_from_db()
    assert Hold.objects.count() == (1 if first.state == "approved" else 0)


@pytest.mark.feature("PAY-05")
def test_two_withdrawals_of_everything(cast):
    make_earnings(cast.ada, cast.cyd, 10_000)
    payout = make_payout_method(cast.ada)
    found = at_once([lambda: withdraw(cast.ada, payout.id)] * 3)
    assert len(codes(found)) == 2
    run_jobs()
    assert balances_for(cast.ada).available == 0
    assert count("withdrawal:paid") == 1


@pytest.mark.feature("CTR-12")
@pytest.mark.parametrize("who", ["ada", "cyd"])
def test_end_against_approve(cast, who):
    contract, (first, _) = make_contract(cast.cyd, cast.ada)
    found = at_once([lambda: end_contract(getattr(cast, who), contract.id), lambda: approve_milestone(cast.cyd, first.id)])
    assert set(codes(found)) <= {"milestone:state", "milestone:release_nothing", "contract:ended"}
    settle(cast)
    contract.refresh_from_db()
    first.refresh_from_db()
    assert contract.state in ("ended", "closing")
    assert first.released_minor + first.returned_minor == 20_000


@pytest.mark.feature("CTR-12")
def test_both_end(cast):
    contract, _ = make_contract(cast.cyd, cast.ada)
    found = at_once([lambda: end_contract(cast.ada, contract.id), lambda: end_contract(cast.cyd, contract.id)])
    assert codes(found) == ["contract:ended"]
    settle(cast)


@pytest.mark.feature("CTR-12", "PAY-04")
def test_the_return_is_agreed_while_the_client_releases(cast):
    contract, (first, _) = make_contract(cast.cyd, cast.ada)
    end_contract(cast.cyd, contract.id)
    run_jobs()
    found = at_once([lambda: answer_refund(cast.ada, contract.id, agree=True), lambda: approve_milestone(cast.cyd, first.id)])
    # What was released first is not returned, and the other way round.
    assert len(codes(found)) <= 1
    settle(cast)
    first.refresh_from_db()
    assert sorted((first.released_minor, first.returned_minor)) == [0, 20_000]


@pytest.mark.feature("CTR-01", "PAY-03")
def test_fund_twice(cast):
    _, (_, second) = make_contract(cast.cyd, cast.ada)
    assert codes(at_once([lambda: fund_milestone(cast.cyd, second.id)] * 4)) == []
    settle(cast)
    assert Charge.objects.filter(subject_id=second.id).count() == 1
    assert escrow_balance(second.id, UNIT) == 25_000


@pytest.mark.feature("CTR-02")
def test_a_change_is_accepted_twice_while_the_work_is_approved(cast):
    contract, (first, _) = make_contract(cast.cyd, cast.ada)
    change = propose_amendment(cast.ada, contract.id, MilestoneTerms("First draft", 30_000), milestone_id=first.id)
    run_jobs()
    found = at_once([
        lambda: answer_amendment(cast.cyd, change.id, accept=True), lambda: answer_amendment(cast.cyd, change.id, accept=True),
        lambda: answer_amendment(cast.ada, change.id, accept=False), lambda: approve_milestone(cast.cyd, first.id),
    ])  # fmt: skip
    assert set(codes(found)) <= {"amendment:answered", "milestone:state", "milestone:charging"}
    settle(cast)
    pass_time(minutes=1)


@pytest.mark.feature("CTR-01")
def test_the_same_work_is_handed_in_twice_at_once(cast):
    _, (first, _) = make_contract(cast.cyd, cast.ada)
    assert codes(at_once([lambda: submit_work(cast.ada, first.id, "Done")] * 2)) == ["milestone:state"]
    settle(cast)
    assert count("milestone:submitted") == 1
