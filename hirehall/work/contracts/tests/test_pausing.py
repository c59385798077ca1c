"""Payments that fail or are taken back: tried again, the contract paused and resumed, protected pay untouched."""

import random

import pytest

from hirehall.kernel.errors import Refused
from hirehall.kernel.models import Event
from hirehall.money.ledger.chart import Address
from hirehall.money.ledger.queries import balance
from hirehall.money.payments.actions import recovery
from hirehall.money.payments.actions.chargebacks import book_chargeback
from hirehall.money.payments.actions.methods import choose_method, remove_method
from hirehall.money.payments.models import Charge, Chargeback, Debt
from hirehall.money.payments.queries import balances_for, list_methods_for
from hirehall.people.notifications.models import Notice
from hirehall.work.contracts.actions import pausing
from hirehall.work.contracts.actions.amendments import answer_amendment, propose_amendment
from hirehall.work.contracts.actions.endings import end_contract
from hirehall.work.contracts.actions.milestones import approve_milestone, fund_milestone, submit_work
from hirehall.work.contracts.actions.offers import accept_offer
from hirehall.work.contracts.rules import MilestoneTerms
from tests.support.cast import browse_as
from tests.support.contracts import make_contract, make_offer_to
from tests.support.jobs import pass_time, run_jobs
from tests.support.money import (
    NO_MONEY,
    TAKEN_BACK,
    TAKEN_BACK_IN_VAIN,
    UNIT,
    WORKS,
    check_all_books,
    make_card,
)


def refused(act):
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.code


def use(actor, number):
    choose_method(actor, make_card(actor, number).id)


def notices(actor, kind):
    return list(Notice.objects.filter(party_id=actor.party_id, kind=f"contract.{kind}").order_by("pk"))


def see(actor, contract):
    return " ".join(browse_as(actor).get(f"/contracts/{contract.id}/").content.decode().split())


@pytest.fixture
def failing(cast):
    """Ada's second milestone could not be charged."""
    contract, (_, second) = make_contract(cast.cyd, cast.ada)
    use(cast.cyd, NO_MONEY)
    fund_milestone(cast.cyd, second.id)
    run_jobs()
    contract.refresh_from_db()
    second.refresh_from_db()
    return contract, second


@pytest.mark.feature("PAY-07")
def test_a_failed_payment_is_tried_after_three_and_seven_days_and_both_are_told(cast, failing):
    contract, second = failing
    assert (contract.paused_at is not None, second.state, second.fail_reason) == (True, "proposed", "insufficient_funds")
    told = notices(cast.cyd, "payment_failed")[-1]
    assert told.title == "$250.00 for “Finished page” could not be charged"
    assert "not enough money" in told.body
    assert "tried again by itself on 13 March 2026" in told.body
    assert "Don't begin work that is not funded" in notices(cast.ada, "payment_waits")[-1].body
    pass_time(days=2, hours=23)
    assert Charge.objects.filter(subject_id=second.id).count() == 1
    pass_time(hours=1)
    assert "17 March 2026" in notices(cast.cyd, "payment_failed")[-1].body
    pass_time(days=4)
    second.refresh_from_db()
    assert (second.retry_at, Charge.objects.filter(subject_id=second.id).count()) == (None, 3)
    assert "not tried again by itself" in notices(cast.cyd, "payment_failed")[-1].body
    assert [len(notices(*who)) for who in ((cast.cyd, "payment_failed"), (cast.ada, "payment_waits"))] == [3, 3]
    pass_time(days=30)
    assert Charge.objects.filter(subject_id=second.id).count() == 3
    check_all_books()


@pytest.mark.feature("PAY-07")
def test_it_goes_on_by_itself_when_the_retry_is_paid(cast, failing):
    contract, second = failing
    use(cast.cyd, WORKS)
    pass_time(days=3)
    contract.refresh_from_db()
    second.refresh_from_db()
    assert (contract.paused_at, second.state, second.failed_at, second.retry_at) == (None, "funded", None, None)
    assert "goes on" in notices(cast.ada, "resumed")[0].title
    assert Event.objects.filter(name="contract:resumed").count() == 1
    pausing.retry_payment(second.id)
    assert Charge.objects.filter(subject_id=second.id).count() == 2
    check_all_books()


@pytest.mark.feature("PAY-07")
def test_paused_means_no_new_work_on_what_is_not_paid_and_the_rest_goes_on(cast, failing):
    contract, second = failing
    first = contract.milestones.get(position=1)
    assert refused(lambda: submit_work(cast.ada, second.id, "Early.")) == "milestone:unfunded"
    submit_work(cast.ada, first.id, "The funded part.")
    change = propose_amendment(cast.ada, contract.id, MilestoneTerms("First draft", 30_000), milestone_id=first.id)
    answer_amendment(cast.cyd, change.id, accept=True)
    run_jobs()
    assert refused(lambda: submit_work(cast.ada, first.id, "More.")) in ("milestone:state", "contract:paused")
    client_sees, freelancer_sees = see(cast.cyd, contract), see(cast.ada, contract)
    assert "Paused: $250.00 for “Finished page” could not be charged" in client_sees
    assert "Try again now" in client_sees
    assert "Paused: the payment for “Finished page” waits" in freelancer_sees
    assert "not enough money" not in freelancer_sees
    assert contract.title in browse_as(cast.ada).get("/contracts/?tab=paused").content.decode()


@pytest.mark.feature("PAY-07")
def test_without_a_card_or_while_owing_the_try_is_told(cast, failing):
    _, second = failing
    for method in list_methods_for(cast.cyd):
        remove_method(cast.cyd, method.id)
    pass_time(days=3)
    assert "no card that can be charged" in notices(cast.cyd, "payment_failed")[-1].body
    recovery.pay_from_guarantee(
        debtor_id=cast.cyd.party_id, goal=Address("available", cast.ben.party_id), amount=700, unit=UNIT, cause="bill",
        subject_id="e" * 26, ref="bill:1",
    )  # fmt: skip
    use(cast.cyd, WORKS)
    pass_time(days=4)
    assert "what you owe has to be paid first" in notices(cast.cyd, "payment_failed")[-1].body
    second.refresh_from_db()
    assert (second.retry_at, second.state) == (None, "proposed")
    check_all_books()


@pytest.mark.feature("PAY-07")
def test_a_contract_that_ended_is_not_charged_again(cast, failing):
    contract, second = failing
    end_contract(cast.ada, contract.id)
    use(cast.cyd, WORKS)
    pass_time(days=8)
    assert Charge.objects.filter(subject_id=second.id).count() == 1
    check_all_books()


@pytest.mark.feature("PAY-07")
def test_who_owes_neither_hires_nor_funds_and_the_other_learns_only_that_payment_waits(cast):
    contract, (_, second) = make_contract(cast.cyd, cast.ada)
    offer = make_offer_to(cast.cyd, cast.ben)
    debt = recovery.pay_from_guarantee(
        debtor_id=cast.cyd.party_id, goal=Address("available", cast.eve.party_id), amount=700, unit=UNIT, cause="bill",
        subject_id="e" * 26, ref="bill:1",
    )  # fmt: skip
    assert refused(lambda: make_offer_to(cast.cyd, cast.eve)) == "payment:owes"
    assert refused(lambda: fund_milestone(cast.cyd, second.id)) == "payment:owes"
    with pytest.raises(Refused) as caught:
        accept_offer(cast.ben, offer.id)
    assert (caught.value.code, "$" in caught.value.sentence, "owe" in caught.value.sentence) == ("payment:waits", False, False)
    first = contract.milestones.get(position=1)
    rise = propose_amendment(cast.cyd, contract.id, MilestoneTerms("First draft", 30_000), milestone_id=first.id)
    assert refused(lambda: answer_amendment(cast.ada, rise.id, accept=True)) == "payment:waits"
    pass_time(days=3)
    debt.refresh_from_db()
    assert debt.state == "paid"
    assert fund_milestone(cast.cyd, second.id).asked_minor == 25_000


@pytest.fixture
def taken(cast):
    """A contract whose first milestone was paid with a card whose bank will take the money back."""
    make_card(cast.cyd, TAKEN_BACK)
    contract, (first, _) = make_contract(cast.cyd, cast.ada)
    return contract, first


@pytest.mark.feature("PAY-07")
def test_disputed_escrow_is_frozen_and_goes_back_when_lost(cast, taken):
    contract, first = taken
    pass_time(hours=1)
    first.refresh_from_db()
    assert (first.contested_minor, first.escrow_minor, first.missing_minor) == (20_000, 0, 0)
    assert refused(lambda: approve_milestone(cast.cyd, first.id)) == "milestone:release_nothing"
    lower = propose_amendment(cast.cyd, contract.id, MilestoneTerms("First draft", 10_000), milestone_id=first.id)
    assert refused(lambda: answer_amendment(cast.ada, lower.id, accept=True)) == "milestone:contested"
    assert "waits" in notices(cast.ada, "payment_waits")[-1].title
    assert "is set aside until a bank has confirmed" in see(cast.ada, contract)
    assert "Your bank disputes" in browse_as(cast.cyd).get("/money/debts/").content.decode()
    check_all_books()
    pass_time(days=7)
    first.refresh_from_db()
    contract.refresh_from_db()
    assert (first.contested_minor, first.taken_minor, first.missing_minor, first.retry_at) == (0, 20_000, 20_000, None)
    assert (contract.paused_at is not None, Debt.objects.exists(), balance("gateway", "", UNIT)) == (True, False, 0)
    assert refused(lambda: submit_work(cast.ada, first.id, "Still.")) == "contract:paused"
    use(cast.cyd, WORKS)
    fund_milestone(cast.cyd, first.id)
    run_jobs()
    contract.refresh_from_db()
    assert contract.paused_at is None
    submit_work(cast.ada, first.id, "Here it is.")
    approve_milestone(cast.cyd, first.id)
    check_all_books()


@pytest.mark.feature("PAY-07")
def test_what_was_released_is_paid_by_the_guarantee_account_and_owed(cast, taken):
    _, first = taken
    approve_milestone(cast.cyd, first.id, 5_000)
    run_jobs()
    pass_time(hours=1)
    pass_time(days=7)
    debt, first = Debt.objects.get(), contract_part(first)
    assert (debt.party_id, debt.amount_minor, first.taken_minor) == (cast.cyd.party_id, 5_000, 15_000)
    assert (balances_for(cast.ada).available, balance("guarantee", "", UNIT), balance("gateway", "", UNIT)) == (4_500, -5_000, 0)
    check_all_books()


def contract_part(milestone):
    milestone.refresh_from_db()
    return milestone


@pytest.mark.feature("PAY-07")
def test_a_dispute_that_we_win_gives_the_escrow_back(cast):
    make_card(cast.cyd, TAKEN_BACK_IN_VAIN)
    contract, (first, _) = make_contract(cast.cyd, cast.ada)
    pass_time(hours=1)
    assert contract_part(first).contested_minor == 20_000
    pass_time(days=7)
    assert (contract_part(first).contested_minor, first.escrow_minor, Debt.objects.exists()) == (0, 20_000, False)
    assert approve_milestone(cast.cyd, first.id).state == "approved"
    check_all_books()


@pytest.mark.feature("PAY-07")
def test_won_after_the_end_it_goes_back_to_the_card(cast):
    make_card(cast.cyd, TAKEN_BACK_IN_VAIN)
    contract, (first, _) = make_contract(cast.cyd, cast.ada)
    pass_time(hours=1)
    end_contract(cast.cyd, contract.id)
    pass_time(days=7)
    run_jobs()
    contract.refresh_from_db()
    assert (contract.state, contract_part(first).returned_minor, balance("gateway", "", UNIT)) == ("ended", 20_000, 0)
    check_all_books()


@pytest.mark.feature("PAY-07")
def test_news_of_a_dispute_in_any_order_and_twice_comes_to_the_same(cast, taken):
    _, first = taken
    approve_milestone(cast.cyd, first.id, 5_000)
    pass_time(hours=1)
    pass_time(days=7)
    told = list(Event.objects.filter(name__in=["charge:disputed", "charge:dispute_lost"]))
    heard = list(Event.objects.filter(name__startswith="chargeback:"))
    random.Random(7).shuffle(told)
    for event in [*told, *told]:
        book_chargeback(event)
    for event in [*reversed(heard), *heard]:
        pausing.match_contested(event)
    assert (Debt.objects.count(), Chargeback.objects.get().frozen_minor, contract_part(first).taken_minor) == (1, 15_000, 15_000)
    assert Event.objects.filter(name="milestone:contested").count() == 2
    check_all_books()
