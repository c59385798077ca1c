"""A client's card fills an escrow: asked now, settled later, once."""

from dataclasses import replace

import pytest

from hirehall.kernel.errors import NotFound, Refused
from hirehall.kernel.ids import new_id
from hirehall.kernel.models import Event
from hirehall.money.payments.actions import charges, escrow
from hirehall.money.payments.models import Charge, Method
from hirehall.money.payments.queries import (
    balances_for,
    escrow_balance,
    escrow_balances,
    find_open_charge,
    get_charge_for,
    list_charges_for,
)
from hirehall.people.accounts.actors import SYSTEM
from tests.support.at_once import at_once
from tests.support.jobs import pass_time, run_jobs
from tests.support.money import (
    DECLINED_LATER,
    EXPIRED,
    MUST_CONFIRM,
    NO_MONEY,
    UNIT,
    check_books,
    make_card,
    make_escrow,
)

ESCROW = "e" * 26


def fund(actor, amount=10_000, ref="fund", **more):
    given = {"escrow_id": ESCROW, "contract_id": "c" * 26, "client_id": actor.party_id, "unit": UNIT, **more}
    return escrow.fund_escrow(actor, amount=amount, ref=ref, **given)


@pytest.mark.feature("PAY-04")
def test_escrow_is_full_when_the_gateway_says_so_and_not_before(cast):
    make_card(cast.cyd)
    charge = fund(cast.cyd)
    assert (charge.state, escrow_balance(ESCROW, UNIT)) == ("asked", 0)
    assert find_open_charge("escrow", ESCROW).id == charge.id
    run_jobs()
    assert escrow_balance(ESCROW, UNIT) == 10_000
    assert escrow_balances([ESCROW], UNIT) == {ESCROW: 10_000}
    assert balances_for(cast.cyd).escrow == 10_000
    assert find_open_charge("escrow", ESCROW) is None
    told = Event.objects.get(name="charge:settled").data
    assert told == {
        "purpose": "escrow",
        "subject_id": ESCROW,
        "party": cast.cyd.party_id,
        "amount": 10_000,
        "fees": 0,
        "unit": UNIT,
    }
    check_books()


@pytest.mark.feature("PAY-03")
def test_a_card_without_money_leaves_escrow_empty_and_says_why(cast):
    make_card(cast.cyd, NO_MONEY)
    charge = fund(cast.cyd)
    run_jobs()
    charge.refresh_from_db()
    assert (charge.state, charge.reason, escrow_balance(ESCROW, UNIT)) == ("failed", "insufficient_funds", 0)
    assert Event.objects.get(name="charge:failed").data["subject_id"] == ESCROW
    check_books()


@pytest.mark.feature("PAY-03")
def test_a_card_may_be_declined_an_hour_later(cast):
    make_card(cast.cyd, DECLINED_LATER)
    charge = fund(cast.cyd)
    run_jobs()
    charge.refresh_from_db()
    assert charge.state == "processing"
    pass_time(hours=1)
    charge.refresh_from_db()
    assert (charge.state, charge.reason, escrow_balance(ESCROW, UNIT)) == ("failed", "card_declined", 0)


def test_twice_with_one_reference_is_one_charge(cast):
    make_card(cast.cyd)
    assert fund(cast.cyd).id == fund(cast.cyd).id
    run_jobs()
    assert escrow_balance(ESCROW, UNIT) == 10_000
    with pytest.raises(Refused) as caught:
        fund(cast.cyd, 20_000)
    assert caught.value.code == "payment:ref_reused"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"amount": 49}, "charge:too_small"),
        ({"amount": 10_000_001}, "charge:too_large"),
        ({"unit": "CHF"}, "charge:unit"),
        ({"unit": "CONNECT"}, "charge:unit"),
    ],
)
def test_what_cannot_be_charged_is_refused(cast, change, code):
    make_card(cast.cyd)
    with pytest.raises(Refused) as caught:
        fund(cast.cyd, **change)
    assert caught.value.code == code
    assert not Charge.objects.exists()


def test_without_a_card_or_with_an_unverified_one_it_is_refused(cast):
    for number, code in [
        (None, "payment:no_method"),
        (EXPIRED, "payment:no_method"),
        (MUST_CONFIRM, "payment:not_verified"),
    ]:
        if number:
            make_card(cast.cyd, number)
        with pytest.raises(Refused) as caught:
            fund(cast.cyd)
        assert caught.value.code == code


def test_an_unknown_purpose_is_refused(cast):
    make_card(cast.cyd)
    with pytest.raises(Refused) as caught:
        charges.request_charge(
            cast.cyd, party_id=cast.cyd.party_id, purpose="gift", subject_id=new_id(), amount=500, unit=UNIT, ref="x"
        )
    assert caught.value.code == "charge:purpose"


def test_only_the_client_and_only_with_the_power_to_pay(cast):
    make_card(cast.cyd)
    with pytest.raises(NotFound):
        fund(cast.dot, client_id=cast.cyd.party_id)
    with pytest.raises(Refused) as caught:
        fund(replace(cast.cyd, role="hirer"))
    assert caught.value.code == "party:role"
    assert fund(SYSTEM, client_id=cast.cyd.party_id).state == "asked"


def test_a_charge_is_shown_to_its_payer_alone(cast):
    make_escrow(cast.cyd)
    charge = list_charges_for(cast.cyd)[0]
    assert get_charge_for(cast.cyd, charge.id) == charge
    with pytest.raises(NotFound):
        get_charge_for(cast.dot, charge.id)


@pytest.mark.django_db(transaction=True)
def test_one_reference_at_once_charges_once(cast):
    make_card(cast.cyd)
    at_once([lambda: fund(cast.cyd)] * 6)
    run_jobs()
    assert Charge.objects.count() == 1
    assert escrow_balance(ESCROW, UNIT) == 10_000
    assert Method.objects.count() == 1
    check_books()
