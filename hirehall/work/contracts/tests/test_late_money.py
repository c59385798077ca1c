"""Prices that change while money is on its way: nobody gets less than agreed, and nothing is left lying."""

import pytest

from hirehall.kernel.errors import Refused
from hirehall.money.payments.actions.methods import choose_method
from hirehall.money.payments.queries import balances_for, escrow_balance
from hirehall.people.notifications.models import Notice
from hirehall.work.contracts.actions.amendments import answer_amendment, propose_amendment
from hirehall.work.contracts.actions.endings import answer_refund, end_contract
from hirehall.work.contracts.actions.milestones import approve_milestone, fund_milestone, submit_work
from hirehall.work.contracts.rules import MilestoneTerms
from tests.support.cast import browse_as
from tests.support.contracts import make_contract
from tests.support.jobs import pass_time, run_jobs
from tests.support.money import NO_MONEY, WORKS, check_books, make_card

UNIT = "USD"


@pytest.fixture
def hired(cast):
    contract, (first, _) = make_contract(cast.cyd, cast.ada)
    return contract, first


def change_price(cast, contract, milestone, amount):
    asked = propose_amendment(cast.ada, contract.id, MilestoneTerms("First draft", amount), milestone_id=milestone.id)
    answer_amendment(cast.cyd, asked.id, accept=True)
    milestone.refresh_from_db()
    return milestone


def refused(act):
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.code


@pytest.mark.feature("CTR-02", "PAY-04")
def test_work_is_not_approved_for_less_while_the_rise_is_charged(cast, hired):
    contract, first = hired
    change_price(cast, contract, first, 30_000)
    assert (first.asked_minor, first.missing_minor) == (10_000, 10_000)
    assert refused(lambda: approve_milestone(cast.cyd, first.id)) == "milestone:charging"
    assert refused(lambda: change_price(cast, contract, first, 40_000)) == "milestone:charging"
    approve_milestone(cast.cyd, first.id, 20_000)
    first.refresh_from_db()
    assert first.state == "funded"
    run_jobs()
    approve_milestone(cast.cyd, first.id)
    run_jobs()
    first.refresh_from_db()
    assert (first.state, first.released_minor, escrow_balance(first.id, UNIT)) == ("approved", 30_000, 0)
    assert balances_for(cast.ada).pending == 27_000
    check_books()


@pytest.mark.feature("CTR-02", "PAY-04")
def test_a_rise_whose_charge_fails_can_be_paid_in_later(cast, hired):
    contract, first = hired
    choose_method(cast.cyd, make_card(cast.cyd, NO_MONEY).id)
    change_price(cast, contract, first, 30_000)
    run_jobs()
    first.refresh_from_db()
    assert (first.state, first.missing_minor, first.asked_minor, first.fail_reason) == ("funded", 10_000, 0, "insufficient_funds")
    assert refused(lambda: approve_milestone(cast.cyd, first.id)) == "milestone:not_paid_in"
    shown = browse_as(cast.cyd).get(f"/contracts/{contract.id}/").content.decode()
    assert "Fund $100.00" in shown
    choose_method(cast.cyd, make_card(cast.cyd, WORKS).id)
    assert fund_milestone(cast.cyd, first.id).asked_minor == 10_000
    assert fund_milestone(cast.cyd, first.id).charges == 3
    run_jobs()
    assert refused(lambda: fund_milestone(cast.cyd, first.id)) == "milestone:state"
    assert approve_milestone(cast.cyd, first.id).state == "approved"
    check_books()


@pytest.mark.feature("CTR-01")
def test_the_timer_releases_what_is_there_and_the_rest_when_it_comes(cast, hired):
    contract, first = hired
    submit_work(cast.ada, first.id, "Done")
    choose_method(cast.cyd, make_card(cast.cyd, NO_MONEY).id)
    change_price(cast, contract, first, 30_000)
    pass_time(days=14)
    first.refresh_from_db()
    assert (first.state, first.released_minor) == ("submitted", 20_000)
    choose_method(cast.cyd, make_card(cast.cyd).id)
    fund_milestone(cast.cyd, first.id)
    pass_time(minutes=1)
    pass_time(minutes=1)
    first.refresh_from_db()
    assert (first.state, first.released_minor) == ("approved", 30_000)
    check_books()


@pytest.mark.feature("CTR-02")
def test_a_price_lowered_to_what_was_released_completes_the_milestone(cast, hired):
    contract, first = hired
    approve_milestone(cast.cyd, first.id, 12_000)
    change_price(cast, contract, first, 12_000)
    run_jobs()
    first.refresh_from_db()
    assert (first.state, first.escrow_minor, escrow_balance(first.id, UNIT)) == ("approved", 0, 0)
    check_books()


@pytest.mark.feature("CTR-02")
def test_more_released_meanwhile_than_the_new_price_stops_the_change(cast, hired):
    contract, first = hired
    asked = propose_amendment(cast.ada, contract.id, MilestoneTerms("First draft", 10_000), milestone_id=first.id)
    approve_milestone(cast.cyd, first.id, 15_000)
    assert refused(lambda: answer_amendment(cast.cyd, asked.id, accept=True)) == "amendment:below_paid"


@pytest.mark.feature("CTR-12", "PAY-04")
def test_a_rise_that_arrives_while_the_return_is_asked_leaves_the_rest_in_escrow(cast, hired):
    contract, first = hired
    change_price(cast, contract, first, 30_000)
    end_contract(cast.cyd, contract.id)
    answer_refund(cast.ada, contract.id, agree=False)
    run_jobs()
    assert escrow_balance(first.id, UNIT) == 20_000
    approve_milestone(cast.cyd, first.id)
    run_jobs()
    contract.refresh_from_db()
    assert contract.state == "ended"
    assert balances_for(cast.ada).pending == 18_000
    check_books()


@pytest.mark.feature("CTR-12")
def test_releasing_in_parts_ends_a_contract_that_only_waited_for_it(cast, hired):
    contract, first = hired
    end_contract(cast.cyd, contract.id)
    for part in (5_000, 15_000):
        approve_milestone(cast.cyd, first.id, part)
    run_jobs()
    contract.refresh_from_db()
    assert contract.state == "ended"


@pytest.mark.feature("MSG-02")
def test_every_charge_is_told(cast, hired):
    contract, first = hired
    for amount in (30_000, 40_000):
        change_price(cast, contract, first, amount)
        run_jobs()
    assert Notice.objects.filter(party_id=cast.ada.party_id, kind="contract.funded").count() == 3
