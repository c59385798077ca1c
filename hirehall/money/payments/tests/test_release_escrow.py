"""Escrow becomes earnings: fee at once, the rest after the security days."""

import pytest

from hirehall.kernel.errors import Refused
from hirehall.kernel.ids import new_id
from hirehall.kernel.models import Event
from hirehall.money.payments.actions import escrow
from hirehall.money.payments.models import Hold
from hirehall.money.payments.queries import balances_for, earned_minor, escrow_balance, spent_minor
from tests.support.jobs import pass_time
from tests.support.money import UNIT, check_books, make_earnings, make_escrow


def release(cast, escrow_id, amount=10_000, **more):
    given = {"contract_id": "0" * 26, "unit": UNIT, "fee_basis_points": 1_000, "ref": f"release:{escrow_id}"}
    return escrow.release_escrow(
        escrow_id=escrow_id,
        freelancer_id=cast.ada.party_id,
        client_id=cast.cyd.party_id,
        amount=amount,
        **{**given, **more},
    )


@pytest.mark.feature("PAY-02")
def test_a_hundred_becomes_ninety_and_the_fee_is_an_entry_of_its_own(cast):
    hold = release(cast, make_escrow(cast.cyd, 10_000))
    assert (hold.gross_minor, hold.fee_minor, hold.net_minor) == (10_000, 1_000, 9_000)
    assert balances_for(cast.ada).pending == 9_000
    assert (earned_minor(cast.ada.party_id, UNIT), spent_minor(cast.cyd.party_id, UNIT)) == (9_000, 10_000)
    check_books()


@pytest.mark.feature("PAY-02")
@pytest.mark.parametrize(("gross", "fee"), [(1_005, 101), (1_004, 100), (5, 1), (4, 0)])
def test_the_fee_is_rounded_half_up_to_the_minor_unit(cast, gross, fee):
    escrow_id = make_escrow(cast.cyd, 10_000)
    assert release(cast, escrow_id, gross).fee_minor == fee
    check_books()


@pytest.mark.feature("PAY-05")
def test_earnings_are_available_after_the_security_days_and_not_before(cast):
    make_earnings(cast.ada, cast.cyd, wait=False)
    pass_time(days=4, hours=23)
    assert (balances_for(cast.ada).pending, balances_for(cast.ada).available) == (9_000, 0)
    pass_time(hours=1)
    assert (balances_for(cast.ada).pending, balances_for(cast.ada).available) == (0, 9_000)
    check_books()


@pytest.mark.feature("PAY-04")
def test_a_part_leaves_the_rest_in_escrow(cast):
    escrow_id = make_escrow(cast.cyd, 10_000)
    release(cast, escrow_id, 4_000)
    assert escrow_balance(escrow_id, UNIT) == 6_000


@pytest.mark.feature("PAY-04")
def test_more_than_is_there_is_refused_and_nothing_stays(cast):
    escrow_id = make_escrow(cast.cyd, 10_000)
    with pytest.raises(Refused) as caught:
        release(cast, escrow_id, 10_001)
    assert caught.value.code == "ledger:too_little"
    assert escrow_balance(escrow_id, UNIT) == 10_000
    assert not Event.objects.filter(name="escrow:released").exists()
    check_books()


def test_twice_with_one_reference_releases_once(cast):
    escrow_id = make_escrow(cast.cyd, 10_000)
    assert release(cast, escrow_id, 4_000).id == release(cast, escrow_id, 4_000).id
    assert escrow_balance(escrow_id, UNIT) == 6_000
    with pytest.raises(Refused) as caught:
        release(cast, escrow_id, 5_000)
    assert caught.value.code == "payment:ref_reused"


def test_the_event_tells_who_and_how_much(cast):
    escrow_id = make_escrow(cast.cyd, 10_000)
    contract_id = new_id()
    release(cast, escrow_id, contract_id=contract_id)
    told = Event.objects.get(name="escrow:released").data
    assert told.pop("hold") == Hold.objects.get().id
    assert told == {
        "contract": contract_id,
        "freelancer": cast.ada.party_id,
        "client": cast.cyd.party_id,
        "amount": 10_000,
        "fee": 1_000,
        "vat": 0,
        "unit": UNIT,
    }
