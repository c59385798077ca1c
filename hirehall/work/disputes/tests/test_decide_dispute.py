"""The operator's decision: any split, with reasons, once; and released money that goes back."""

import os

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hirehall.kernel.errors import NotFound, Refused
from hirehall.kernel.events import list_events
from hirehall.money.ledger.queries import balance
from hirehall.money.payments.actions.takebacks import take_back
from hirehall.money.payments.queries import balances_for
from hirehall.people.accounts.actions import add_seat
from hirehall.work.contracts.actions.endings import answer_refund
from hirehall.work.contracts.actions.milestones import approve_milestone
from hirehall.work.disputes.actions.claims import answer_claim, open_dispute, withdraw_dispute
from hirehall.work.disputes.actions.deadlines import collect_refund, pass_all_deadlines
from hirehall.work.disputes.actions.evidence import finish_evidence
from hirehall.work.disputes.actions.solutions import answer_solution, decide_dispute, offer_settlement, propose_solution
from hirehall.work.disputes.rules import Claim, Split
from tests.support.at_once import at_once
from tests.support.disputes import (
    ANSWER,
    WHY,
    fresh,
    make_dispute,
    make_heard,
    make_paid_and_ended,
    make_refused,
    make_undecided,
    waiting_in,
)
from tests.support.jobs import pass_time, run_jobs
from tests.support.money import amounts_of, check_books

LONG = os.environ.get("HIREHALL_LONG") == "1"


def refused(code, act):
    with pytest.raises(Refused) as caught:
        act()
    assert caught.value.code == code


@pytest.mark.feature("CTR-11", "PAY-04")
@pytest.mark.parametrize(("to_freelancer", "won"), [(0, "client"), (20_000, "freelancer"), (12_345, "split")])
def test_any_split_moves_the_money_and_ends_the_contract(cast, to_freelancer, won):
    dispute = make_undecided(cast)
    decide_dispute(cast.sam, dispute.id, Split(to_freelancer), "The files show it.")
    run_jobs()
    contract = fresh(dispute).contract
    contract.refresh_from_db()
    assert (dispute.state, dispute.how, dispute.won_by, dispute.decided_by_id) == ("decided", "decision", won, cast.sam.user_id)
    assert (contract.state, contract.held_by, waiting_in(contract)) == ("ended", "", 0)
    assert balances_for(cast.ada).pending == to_freelancer - round(to_freelancer / 10 + 0.001)
    event = list_events(contract.id, ["dispute:decided"])[0]
    assert (event.data["won_by"], event.data["freelancer"]) == (won, cast.ada.party_id)
    assert event.data["split"] == {"to_freelancer": to_freelancer, "to_client": 20_000 - to_freelancer, "refund": 0}
    refused("dispute:over", lambda: decide_dispute(cast.sam, dispute.id, Split(1), "Again."))
    refused("dispute:final", lambda: open_dispute(cast.cyd, contract.id, Claim(0, 1), WHY))
    check_books()


def test_each_refusal_and_who_may_not(cast):
    heard = make_heard(cast)
    refused("dispute:state", lambda: decide_dispute(cast.sam, heard.id, Split(1), "Early."))
    dispute = make_undecided(cast)
    refused("dispute:no_text", lambda: decide_dispute(cast.sam, dispute.id, Split(1), " "))
    refused("dispute:split_escrow", lambda: decide_dispute(cast.sam, dispute.id, Split(20_001), "Much."))
    refused("dispute:split_refund", lambda: decide_dispute(cast.sam, dispute.id, Split(1, 1), "Much."))
    for actor in (cast.ada, cast.cyd, cast.ben, cast.dot):
        with pytest.raises(NotFound):
            decide_dispute(actor, dispute.id, Split(1), "Mine.")
    add_seat(cast.cyd, cast.sam.user_id, "viewer")
    refused("dispute:own_case", lambda: decide_dispute(cast.sam, dispute.id, Split(1), "Mine."))
    assert (fresh(dispute).state, waiting_in(dispute.contract)) == ("deciding", 20_000)


def heard_refund(cast, refund=10_000):
    """Cyd asks 100.00 of 200.00 back that were released; Ada gives nothing; the mediation is over."""
    dispute = make_dispute(cast.cyd, make_paid_and_ended(cast.cyd, cast.ada), 0, refund)
    answer_claim(cast.ada, dispute.id, Claim(0), ANSWER)
    for side in (cast.ada, cast.cyd):
        finish_evidence(side, dispute.id)
    solution = propose_solution(cast.sam, dispute.id, Split(0, refund), "It was not done.")
    answer_solution(cast.ada, solution.id, accept=False)
    return dispute


@pytest.mark.feature("CTR-11")
def test_released_money_goes_back_with_its_fee_as_it_becomes_available(cast):
    dispute = heard_refund(cast)
    decide_dispute(cast.sam, dispute.id, Split(0, 10_000), "It was not done.")
    run_jobs()
    # What was released still waits for its security days: nothing can be taken yet.
    assert (fresh(dispute).owed_net_minor, dispute.owed_fee_minor, dispute.paid_net_minor) == (9_000, 1_000, 0)
    pass_time(days=5)
    assert fresh(dispute).paid_net_minor == 9_000
    assert balances_for(cast.ada).available == 9_000
    assert amounts_of("refund")[-1] == 10_000
    collect_refund(dispute.id)
    assert amounts_of("release_back") == [9_000]
    check_books()


def test_a_refund_in_parts(cast):
    dispute = heard_refund(cast, 20_000)
    decide_dispute(cast.sam, dispute.id, Split(0, 20_000), "Nothing was done.")
    run_jobs()
    assert fresh(dispute).owed_net_minor == 18_000
    pass_time(days=5)
    assert balances_for(cast.ada).available == 0
    assert fresh(dispute).paid_net_minor == 18_000
    assert balance("fee", "", "USD") == 0
    check_books()


def test_the_same_taking_back_again_changes_nothing(cast):
    contract = make_paid_and_ended(cast.cyd, cast.ada)
    pass_time(days=5)
    given = {
        "contract_id": contract.id, "escrow_ids": [m.id for m in contract.milestones.all()], "freelancer_id": cast.ada.party_id,
        "client_id": cast.cyd.party_id, "net": 900, "fee": 100, "unit": "USD", "ref": "once",
    }  # fmt: skip
    assert take_back(**given)
    assert not take_back(**given)
    assert balances_for(cast.ada).available == 17_100
    refused("ledger:too_little", lambda: take_back(**{**given, "net": 18_000, "ref": "more"}))
    run_jobs()
    check_books()


def test_what_is_given_back_in_the_answer_is_owed_at_once(cast):
    dispute = make_dispute(cast.cyd, make_paid_and_ended(cast.cyd, cast.ada), 0, 10_000)
    pass_time(days=4)
    answer_claim(cast.ada, dispute.id, Claim(0, 4_000), ANSWER)
    run_jobs()
    assert (fresh(dispute).state, dispute.disputed_refund, dispute.owed_net_minor) == ("evidence", 6_000, 3_600)
    pass_time(days=1)
    assert fresh(dispute).paid_net_minor == 3_600
    agreed = offer_settlement(cast.ada, dispute.id, Split(0, 1_000))
    answer_solution(cast.cyd, agreed.id, accept=True)
    run_jobs()
    assert (fresh(dispute).owed_net_minor, dispute.owed_fee_minor, dispute.paid_net_minor) == (4_500, 500, 4_500)
    check_books()


@pytest.mark.feature("CTR-11", "PAY-04")
@pytest.mark.django_db(transaction=True)
def test_two_decisions_an_approval_and_a_withdrawal_at_once(cast):
    dispute = make_undecided(cast)
    contract, first = dispute.contract, dispute.contract.milestones.first()
    found = at_once([
        lambda: decide_dispute(cast.sam, dispute.id, Split(5_000), "One."), lambda: decide_dispute(cast.sam, dispute.id, Split(15_000), "Two."),
        lambda: approve_milestone(cast.cyd, first.id), lambda: answer_refund(cast.ada, contract.id, agree=True),
        lambda: withdraw_dispute(cast.cyd, dispute.id), pass_all_deadlines,
    ])  # fmt: skip
    assert [f for f in found if isinstance(f, Exception) and not isinstance(f, Refused)] == []
    run_jobs()
    ended = list_events(contract.id, ["dispute:decided", "dispute:withdrawn"])
    assert len(ended) == 1
    assert waiting_in(contract) == 0
    split = ended[0].data["split"]
    assert split["to_freelancer"] + split["to_client"] == 20_000
    assert balances_for(cast.ada).pending == split["to_freelancer"] * 9 // 10
    check_books()


@pytest.mark.feature("CTR-11", "PAY-04")
@pytest.mark.slow
@settings(max_examples=100 if LONG else 8, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_split_loses_or_makes_a_cent(db, cast, data):
    """Any claim of either side, any answer, any decision: what was paid in is where it was sent, to the cent."""
    with transaction.atomic():
        contract = make_refused(cast.cyd, cast.ada, both=True)
        pending, gone = balances_for(cast.ada).pending, returned(contract)
        who, other = data.draw(st.sampled_from([(cast.cyd, cast.ada), (cast.ada, cast.cyd)]))
        claim = data.draw(st.integers(1, 45_000))
        dispute = make_dispute(who, contract, claim)
        given_away = data.draw(st.integers(0, claim))
        answer_claim(other, dispute.id, Claim(given_away), ANSWER)
        fresh(dispute)
        if dispute.is_open:
            for side in (who, other):
                finish_evidence(side, dispute.id)
            answer_solution(other, propose_solution(cast.sam, dispute.id, Split(0), "So.").id, accept=False)
            decide_dispute(cast.sam, dispute.id, Split(data.draw(st.integers(0, dispute.disputed_escrow))), "By the evidence.")
            fresh(dispute)
        run_jobs()
        released = sum(m.released_minor for m in contract.milestones.all())
        back = returned(contract) - gone
        assert released + back == 45_000
        assert released == (45_000 - claim if who is cast.cyd else given_away) + dispute.to_freelancer_minor
        fees = sum(amounts_of("service_fee", memo__contract=contract.id))
        assert balances_for(cast.ada).pending - pending == released - fees
        check_books()
        transaction.set_rollback(True)


def returned(contract):
    return sum(m.returned_minor for m in contract.milestones.all())
