"""Answering a claim: what is given moves at once, all of it ends the dispute, silence decides it."""

import pytest

from hirehall.kernel import clock
from hirehall.kernel.errors import NotFound, Refused
from hirehall.kernel.events import list_events
from hirehall.money.payments.queries import balances_for
from hirehall.people.notifications.models import Notice
from hirehall.work.disputes.actions.claims import answer_claim, withdraw_dispute
from hirehall.work.disputes.actions.deadlines import pass_deadline
from hirehall.work.disputes.rules import Claim
from tests.support.disputes import ANSWER, fresh, make_dispute, make_refused, waiting_in
from tests.support.jobs import pass_time, run_jobs
from tests.support.money import check_books


@pytest.fixture
def contract(cast):
    return make_refused(cast.cyd, cast.ada)


def refused(code, act):
    with pytest.raises(Refused) as caught:
        act()
    assert caught.value.code == code


@pytest.mark.feature("CTR-11", "PAY-04")
def test_a_part_is_given_and_moves_at_once(cast, contract):
    dispute = make_dispute(cast.cyd, contract)
    answer_claim(cast.ada, dispute.id, Claim(5_000), ANSWER)
    run_jobs()
    fresh(dispute)
    assert (dispute.state, dispute.disputed_escrow, waiting_in(contract)) == ("evidence", 15_000, 15_000)
    assert (dispute.due_at - dispute.answered_at).days == 3
    assert (dispute.mediation_ends_at - dispute.answered_at).days == 30
    check_books()


@pytest.mark.feature("CTR-11")
def test_all_is_given_and_it_is_over(cast, contract):
    dispute = make_dispute(cast.ada, contract)
    answer_claim(cast.cyd, dispute.id, Claim(20_000), "You are right.")
    run_jobs()
    contract.refresh_from_db()
    assert (fresh(dispute).state, dispute.how, contract.state, contract.held_by) == ("settled", "conceded", "ended", "")
    assert balances_for(cast.ada).pending == 18_000
    assert list_events(contract.id, ["contract:ended"])
    check_books()


@pytest.mark.feature("CTR-11")
@pytest.mark.parametrize("who", ["cyd", "ada"])
def test_silence_decides_it_for_who_asked(cast, contract, who):
    dispute = make_dispute(getattr(cast, who), contract, 12_000)
    pass_time(days=4, hours=1)
    assert Notice.objects.filter(kind="contract.dispute_due").count() == 1
    pass_time(hours=22, minutes=59)
    assert fresh(dispute).state == "claimed"
    pass_time(minutes=1)
    contract.refresh_from_db()
    won = "client" if who == "cyd" else "freelancer"
    assert (fresh(dispute).state, dispute.how, dispute.won_by) == ("decided", "no_answer", won)
    assert (contract.state, waiting_in(contract)) == ("ended", 0)
    # Of 200.00 the one who asked got 120.00, and 80.00 had gone to the other side at the opening.
    event = list_events(contract.id, ["dispute:decided"])[0]
    assert event.data["split"] == {"to_freelancer": 0 if who == "cyd" else 12_000, "to_client": 12_000 if who == "cyd" else 0, "refund": 0}
    assert event.data["won_by"] == won
    pass_deadline(dispute.id)
    assert len(list_events(contract.id, ["dispute:decided"])) == 1
    assert len(list_events(contract.id, ["dispute:opened"])) == 1
    check_books()


def test_the_time_is_over_even_if_the_timer_is_late(cast, contract):
    dispute = make_dispute(cast.cyd, contract)
    clock.freeze(dispute.due_at)
    refused("dispute:time_over", lambda: answer_claim(cast.ada, dispute.id, Claim(0), ANSWER))


def test_each_refusal(cast, contract):
    dispute = make_dispute(cast.cyd, contract)
    refused("dispute:own_claim", lambda: answer_claim(cast.cyd, dispute.id, Claim(0), ANSWER))
    refused("dispute:give_escrow", lambda: answer_claim(cast.ada, dispute.id, Claim(20_001), ANSWER))
    refused("dispute:give_refund", lambda: answer_claim(cast.ada, dispute.id, Claim(0, 1), ANSWER))
    refused("dispute:no_text", lambda: answer_claim(cast.ada, dispute.id, Claim(0), ""))
    for actor in (cast.ben, cast.dot, cast.sam):
        with pytest.raises(NotFound):
            answer_claim(actor, dispute.id, Claim(0), ANSWER)
    answer_claim(cast.ada, dispute.id, Claim(0), ANSWER)
    refused("dispute:state", lambda: answer_claim(cast.ada, dispute.id, Claim(0), ANSWER))
    with pytest.raises(NotFound):
        answer_claim(cast.ada, "0" * 26, Claim(0), ANSWER)


@pytest.mark.feature("CTR-11")
def test_a_claim_is_taken_back_and_the_money_goes_to_the_other_side(cast, contract):
    dispute = make_dispute(cast.cyd, contract)
    refused("dispute:not_claimant", lambda: withdraw_dispute(cast.ada, dispute.id))
    withdraw_dispute(cast.cyd, dispute.id)
    withdraw_dispute(cast.cyd, dispute.id)
    run_jobs()
    contract.refresh_from_db()
    assert (fresh(dispute).state, contract.state, balances_for(cast.ada).pending) == ("withdrawn", "ended", 18_000)
    assert len(list_events(contract.id, ["dispute:withdrawn"])) == 1
    assert list_events(contract.id, ["dispute:decided"]) == []
    refused("dispute:over", lambda: answer_claim(cast.ada, dispute.id, Claim(0), ANSWER))
    check_books()
