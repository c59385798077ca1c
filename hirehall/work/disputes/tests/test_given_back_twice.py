"""Released money goes back by agreement or by decision; both together never give more than was released."""

import pytest

from hirehall.kernel.errors import Refused
from hirehall.money.books.recount import list_wrong_parties
from hirehall.money.payments.queries import balances_for
from hirehall.money.payments.release_queries import contract_net_minor, taken_back_of
from hirehall.work.contracts.actions.repayments import answer_repayment, propose_repayment
from hirehall.work.contracts.escrow_check import list_wrong_escrow
from hirehall.work.contracts.extra_views import picture_of
from hirehall.work.contracts.queries import list_milestones
from hirehall.work.disputes.actions.claims import answer_claim
from hirehall.work.disputes.queries import ground_of
from hirehall.work.disputes.rules import Claim
from tests.support.disputes import ANSWER, fresh, make_dispute, make_paid_and_ended
from tests.support.jobs import pass_time, run_jobs
from tests.support.money import check_books


def refused(code, act):
    with pytest.raises(Refused) as caught:
        act()
    assert caught.value.code == code


def give_back(cast, contract, amount: int) -> None:
    repayment = propose_repayment(cast.ada, contract.id, amount, "Not all of it was needed.")
    answer_repayment(cast.cyd, repayment.id, accept=True)
    run_jobs()


def check_all() -> None:
    check_books()
    assert not list(list_wrong_parties())
    assert not list(list_wrong_escrow())


@pytest.mark.feature("CTR-10", "CTR-11")
def test_what_was_given_back_can_not_be_claimed_too(cast):
    contract = make_paid_and_ended(cast.cyd, cast.ada)
    give_back(cast, contract, 15_000)
    assert ground_of(contract).released_minor == 5_000
    refused("dispute:claim_refund", lambda: make_dispute(cast.cyd, contract, 0, 5_001))
    check_all()


@pytest.mark.feature("CTR-10", "CTR-11")
def test_what_is_owed_by_a_dispute_can_not_be_given_back_too(cast):
    contract = make_paid_and_ended(cast.cyd, cast.ada)
    dispute = make_dispute(cast.cyd, contract, 0, 12_000)
    answer_claim(cast.ada, dispute.id, Claim(0, 12_000), ANSWER)
    contract.refresh_from_db()
    # It is owed from now on, though it can be taken only when the security days are over.
    assert (fresh(dispute).paid_net_minor, contract.owed_back_minor) == (0, 12_000)
    refused("repayment:much", lambda: propose_repayment(cast.cyd, contract.id, 8_001, "Because"))
    give_back(cast, contract, 8_000)
    pass_time(days=5)
    assert fresh(dispute).paid_net_minor == 10_800
    assert (taken_back_of(contract.id), contract_net_minor(contract.id)) == ((10_800, 1_200), 0)
    assert balances_for(cast.ada).available == 0
    check_all()


@pytest.mark.feature("CTR-15", "CTR-11")
def test_the_picture_shows_what_a_decision_took(cast):
    contract = make_paid_and_ended(cast.cyd, cast.ada)
    dispute = make_dispute(cast.cyd, contract, 0, 12_000)
    answer_claim(cast.ada, dispute.id, Claim(0, 12_000), ANSWER)
    pass_time(days=5)
    contract.refresh_from_db()
    shown = picture_of(contract, list_milestones(contract.id))
    assert {name: amount for name, amount in shown.pots.items() if amount} == {
        "available": 7_200, "returned": 12_000, "fees": 800
    }  # fmt: skip
    assert shown.paid_in == 20_000
