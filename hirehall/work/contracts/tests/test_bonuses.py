"""A bonus: given, paid, refused, failed, twice, at once."""

from datetime import timedelta

import pytest

from hirehall.kernel import clock
from hirehall.kernel.errors import NotFound, Refused
from hirehall.kernel.models import Event
from hirehall.money.payments.actions.methods import choose_method
from hirehall.money.payments.queries import balances_for
from hirehall.people.notifications.models import Notice
from hirehall.work.contracts.actions.bonuses import give_bonus
from hirehall.work.contracts.actions.endings import end_contract
from hirehall.work.contracts.models import Bonus, Contract
from tests.support.at_once import at_once
from tests.support.contracts import make_contract
from tests.support.jobs import pass_time, run_jobs
from tests.support.money import NO_MONEY, check_books, make_card


def refused(act):
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.code


@pytest.mark.feature("CTR-10")
def test_a_bonus_bears_the_fee_of_the_contract_and_waits_for_the_security_days(cast):
    contract, _ = make_contract(cast.cyd, cast.ada)
    bonus = give_bonus(cast.cyd, contract.id, 5_000, "Great work, thank you")
    assert bonus.state == "charging"
    run_jobs()
    bonus.refresh_from_db()
    assert bonus.state == "paid"
    assert balances_for(cast.ada).pending == 4_500
    told = Event.objects.get(name="bonus:paid").data
    assert told == {
        "contract": contract.id, "id": bonus.id, "freelancer": cast.ada.party_id, "client": cast.cyd.party_id,
        "amount": 5_000, "unit": "USD", "fee": 500, "vat": 0,
    }  # fmt: skip
    notice = Notice.objects.get(kind="contract.bonus")
    assert (notice.party_id, notice.title, notice.body) == (cast.ada.party_id, "A bonus of $50.00 was paid", "Great work, thank you")
    pass_time(days=5)
    assert (balances_for(cast.ada).pending, balances_for(cast.ada).available) == (0, 4_500)
    check_books()


@pytest.mark.feature("CTR-10")
def test_a_bonus_can_be_given_for_a_year_after_the_end_and_no_longer(cast):
    contract, _ = make_contract(cast.cyd, cast.ada)
    end_contract(cast.ada, contract.id)
    pass_time(days=14)
    contract.refresh_from_db()
    assert contract.state == "ended"
    now = clock.now()
    Contract.objects.filter(pk=contract.pk).update(ended_at=now - timedelta(days=364, hours=23))
    assert give_bonus(cast.cyd, contract.id, 500).state == "charging"
    Contract.objects.filter(pk=contract.pk).update(ended_at=now - timedelta(days=365))
    assert refused(lambda: give_bonus(cast.cyd, contract.id, 500)) == "bonus:late"


@pytest.mark.feature("CTR-10")
@pytest.mark.parametrize(("amount", "note", "code"), [
    (99, "", "extra:low"), (10_000_001, "", "extra:high"), (500, "Visit http://pay.example/paypal.me/x", None),
])  # fmt: skip
def test_amounts_that_are_no_bonus_are_refused(cast, amount, note, code):
    contract, _ = make_contract(cast.cyd, cast.ada)
    if code is None:
        # After the start contact is free; a note is a note.
        assert give_bonus(cast.cyd, contract.id, amount, "You can find me at the office").note
        return
    assert refused(lambda: give_bonus(cast.cyd, contract.id, amount, note)) == code
    assert not Bonus.objects.exists()


@pytest.mark.feature("CTR-10")
def test_only_the_client_gives_and_strangers_find_nothing(cast):
    contract, _ = make_contract(cast.cyd, cast.ada)
    assert refused(lambda: give_bonus(cast.ada, contract.id, 500)) == "contract:other_side"
    for stranger in (cast.ben, cast.dot, cast.eve):
        with pytest.raises(NotFound):
            give_bonus(stranger, contract.id, 500)


@pytest.mark.feature("CTR-10")
def test_a_card_without_money_leaves_nothing_and_tells_the_client(cast):
    contract, _ = make_contract(cast.cyd, cast.ada)
    choose_method(cast.cyd, make_card(cast.cyd, NO_MONEY).id)
    bonus = give_bonus(cast.cyd, contract.id, 5_000)
    run_jobs()
    bonus.refresh_from_db()
    assert (bonus.state, bonus.fail_reason) == ("failed", "insufficient_funds")
    assert balances_for(cast.ada).pending == 0
    assert Notice.objects.get(kind="contract.bonus_failed").party_id == cast.cyd.party_id
    check_books()


@pytest.mark.feature("CTR-10")
@pytest.mark.django_db(transaction=True)
def test_two_bonuses_at_once_are_two(cast):
    contract, _ = make_contract(cast.cyd, cast.ada)
    at_once([lambda: give_bonus(cast.cyd, contract.id, 1_000) for _ in range(2)])
    run_jobs()
    run_jobs()
    assert balances_for(cast.ada).pending == 1_800
    check_books()
