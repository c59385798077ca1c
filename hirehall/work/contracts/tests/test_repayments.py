"""Released money that goes back: confirmed by both sides, never more than was released, no fee kept on it."""

import pytest

from hirehall.kernel.errors import NotFound, Refused
from hirehall.kernel.models import Event
from hirehall.market.jobs.models import ClientRecord
from hirehall.market.profiles.models import WorkRecord
from hirehall.money.ledger.queries import trial_balance
from hirehall.money.payments.actions.methods import remove_method
from hirehall.money.payments.actions.payouts import withdraw
from hirehall.money.payments.models import GivenBack, Refund
from hirehall.money.payments.queries import balances_for, earned_minor, list_methods_for, spent_minor
from hirehall.people.notifications.models import Notice
from hirehall.work.contracts.actions.bonuses import give_bonus
from hirehall.work.contracts.actions.milestones import approve_milestone
from hirehall.work.contracts.actions.repayments import answer_repayment, propose_repayment
from hirehall.work.contracts.models import Repayment
from hirehall.work.contracts.queries import net_paid
from tests.support.at_once import at_once
from tests.support.contracts import make_contract
from tests.support.jobs import pass_time, run_jobs
from tests.support.money import check_books, make_payout_method

UNIT = "USD"


def refused(act):
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.code


def released(cast, *, wait=False):
    """A contract of which 200.00 were released."""
    contract, (first, _) = make_contract(cast.cyd, cast.ada)
    approve_milestone(cast.cyd, first.id)
    run_jobs()
    if wait:
        pass_time(days=5)
    return contract


def fees_kept():
    return {kind: held for books in trial_balance() if books.unit == UNIT for kind, _, held in books.by_kind}.get("fee", 0)


def give_all(cast, contract, amount):
    asked = propose_repayment(cast.cyd, contract.id, amount, "Not what we agreed")
    answered = answer_repayment(cast.ada, asked.id, accept=True)
    run_jobs()
    return answered


@pytest.mark.feature("CTR-10", "PAY-05")
def test_a_full_refund_keeps_nothing_and_goes_to_the_card(cast):
    contract = released(cast)
    assert (balances_for(cast.ada).pending, fees_kept()) == (18_000, 2_000)
    done = give_all(cast, contract, 20_000)
    assert (done.state, done.fee_minor) == ("done", 2_000)
    assert (balances_for(cast.ada).pending, fees_kept()) == (0, 0)
    assert (balances_for(cast.cyd).available, Refund.objects.get().state, Refund.objects.get().amount_minor) == (0, "paid", 20_000)
    assert (earned_minor(cast.ada.party_id, UNIT), spent_minor(cast.cyd.party_id, UNIT), net_paid(contract)) == (0, 0, 0)
    assert WorkRecord.objects.get(pk=cast.ada.party_id).earned_minor == 0
    assert ClientRecord.objects.get(pk=cast.cyd.party_id).spent_minor == 0
    back = GivenBack.objects.get()
    sides = {"contract": contract.id, "freelancer": cast.ada.party_id, "client": cast.cyd.party_id}
    told = {**sides, "amount": 20_000, "unit": UNIT, "fee": 2_000, "vat": 0}
    moved = {"from_pending": 18_000, "from_available": 0, "to_cards": 20_000, "client_fees": 0}
    assert Event.objects.get(name="release:refunded").data == {**told, **moved}
    assert Event.objects.get(name="repayment:done").data == {**told, "id": done.id}
    assert (back.amount_minor, back.fee_minor) == (20_000, 2_000)
    pass_time(days=5)
    assert balances_for(cast.ada).available == 0
    check_books()


@pytest.mark.feature("CTR-10")
def test_a_part_comes_from_what_waits_first_and_then_from_what_is_available(cast):
    contract = released(cast, wait=True)
    give_bonus(cast.cyd, contract.id, 5_000)
    run_jobs()
    assert (balances_for(cast.ada).pending, balances_for(cast.ada).available) == (4_500, 18_000)
    give_all(cast, contract, 6_000)
    assert (balances_for(cast.ada).pending, balances_for(cast.ada).available) == (0, 17_100)
    assert fees_kept() == 1_900
    pass_time(days=5)
    assert balances_for(cast.ada).available == 17_100
    check_books()


@pytest.mark.feature("CTR-10")
def test_the_freelancer_offers_and_the_client_accepts(cast):
    contract = released(cast)
    offered = propose_repayment(cast.ada, contract.id, 333, "A small mistake of mine")
    assert Notice.objects.get(kind="contract.repayment").party_id == cast.cyd.party_id
    assert refused(lambda: answer_repayment(cast.ada, offered.id, accept=True)) == "repayment:own"
    assert balances_for(cast.ada).pending == 18_000
    answer_repayment(cast.cyd, offered.id, accept=True)
    assert answer_repayment(cast.cyd, offered.id, accept=True).state == "done"
    run_jobs()
    # Of 196.67 the market keeps 19.67.
    assert (balances_for(cast.ada).pending, fees_kept()) == (17_700, 1_967)
    check_books()


@pytest.mark.feature("CTR-10")
def test_money_that_was_withdrawn_is_not_there_and_the_words_say_how_much(cast):
    contract = released(cast, wait=True)
    withdraw(cast.ada, make_payout_method(cast.ada).id, 17_500)
    asked = propose_repayment(cast.cyd, contract.id, 1_000, "Too slow")
    with pytest.raises(Refused) as caught:
        answer_repayment(cast.ada, asked.id, accept=True)
    assert caught.value.code == "refund:too_little"
    assert "$9.00 of it" in caught.value.sentence
    assert "holds $5.00" in caught.value.sentence
    asked.refresh_from_db()
    assert asked.state == "open"
    check_books()


@pytest.mark.feature("CTR-10")
@pytest.mark.parametrize(("amount", "reason", "code"), [
    (0, "Because", "repayment:nothing"), (20_001, "Because", "repayment:much"), (500, " ", "extra:no_reason"),
])  # fmt: skip
def test_what_cannot_be_asked(cast, amount, reason, code):
    contract = released(cast)
    assert refused(lambda: propose_repayment(cast.cyd, contract.id, amount, reason)) == code
    assert not Repayment.objects.exists()


@pytest.mark.feature("CTR-10")
def test_after_half_a_year_nothing_can_go_back(cast):
    contract = released(cast)
    pass_time(days=180, minutes=1)
    assert refused(lambda: propose_repayment(cast.ada, contract.id, 500, "Late")) == "repayment:much"


@pytest.mark.feature("CTR-10")
def test_one_at_a_time_and_it_can_be_declined_or_taken_back(cast):
    contract = released(cast)
    first = propose_repayment(cast.cyd, contract.id, 500, "Because")
    assert refused(lambda: propose_repayment(cast.ada, contract.id, 400, "Mine")) == "repayment:open"
    assert answer_repayment(cast.ada, first.id, accept=False).state == "declined"
    assert refused(lambda: answer_repayment(cast.ada, first.id, accept=True)) == "repayment:closed"
    second = propose_repayment(cast.ada, contract.id, 400, "Mine")
    assert answer_repayment(cast.ada, second.id, accept=False).state == "withdrawn"
    assert balances_for(cast.ada).pending == 18_000


@pytest.mark.feature("CTR-10")
def test_silence_moves_nothing(cast):
    contract = released(cast)
    asked = propose_repayment(cast.cyd, contract.id, 500, "Because")
    pass_time(days=7)
    asked.refresh_from_db()
    assert asked.state == "expired"
    assert refused(lambda: answer_repayment(cast.ada, asked.id, accept=True)) == "repayment:closed"
    Repayment.objects.filter(pk=asked.pk).update(state="open")
    assert refused(lambda: answer_repayment(cast.ada, asked.id, accept=True)) == "repayment:expired"
    assert balances_for(cast.ada).available == 18_000


@pytest.mark.feature("CTR-10")
def test_strangers_find_nothing(cast):
    contract = released(cast)
    asked = propose_repayment(cast.cyd, contract.id, 500, "Because")
    for stranger in (cast.ben, cast.dot, cast.eve):
        for act in (
            lambda who=stranger: answer_repayment(who, asked.id, accept=True),
            lambda who=stranger: propose_repayment(who, contract.id, 500, "Mine"),
        ):
            with pytest.raises(NotFound):
                act()
    with pytest.raises(NotFound):
        answer_repayment(cast.ada, "0" * 26, accept=True)


@pytest.mark.feature("CTR-10")
def test_a_removed_card_still_takes_its_money_back(cast):
    contract = released(cast)
    remove_method(cast.cyd, list_methods_for(cast.cyd)[0].id)
    give_all(cast, contract, 20_000)
    assert Refund.objects.get().state == "paid"
    check_books()


@pytest.mark.feature("CTR-10")
@pytest.mark.django_db(transaction=True)
def test_confirmed_at_once_by_two_it_goes_back_once(cast):
    contract = released(cast)
    asked = propose_repayment(cast.cyd, contract.id, 15_000, "Because")
    at_once([lambda: answer_repayment(cast.ada, asked.id, accept=True) for _ in range(4)])
    run_jobs()
    assert balances_for(cast.ada).pending == 4_500
    assert refused(lambda: propose_repayment(cast.cyd, contract.id, 5_001, "More")) == "repayment:much"
    assert GivenBack.objects.count() == 1
    check_books()
