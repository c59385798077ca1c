"""Cards of a party: verified by the gateway, one default, removed without harm."""

from dataclasses import replace
from datetime import date

import pytest

from hirehall.kernel.errors import NotFound, Refused
from hirehall.kernel.models import Event
from hirehall.money.payments import intake
from hirehall.money.payments.actions import methods
from hirehall.money.payments.models import Charge, Method
from hirehall.money.payments.policy import numbers
from hirehall.money.payments.queries import (
    find_default_method,
    has_verified_method,
    list_methods_for,
    list_verified_parties,
)
from hirehall.money.payments.reasons import reason_words
from tests.support.jobs import run_jobs
from tests.support.money import DECLINED, EXPIRED, MUST_CONFIRM, UNIT, WORKS, make_card, make_escrow


@pytest.mark.feature("PAY-03")
def test_a_card_is_verified_by_the_gateway_later(cast):
    method = methods.add_method(cast.cyd, intake.keep_card("4242-4242 4242 4242", date(2031, 12, 31), "123"))
    assert (method.state, has_verified_method(cast.cyd.party_id)) == ("verifying", False)
    run_jobs()
    method.refresh_from_db()
    assert (method.state, method.brand, method.last4, method.is_default) == ("verified", "Visa", "4242", True)
    assert Event.objects.get(name="method:verified").data == {"party": cast.cyd.party_id}
    assert list_verified_parties([cast.cyd.party_id, cast.dot.party_id]) == {cast.cyd.party_id}


@pytest.mark.feature("PAY-03")
@pytest.mark.parametrize(("number", "reason"), [(DECLINED, "card_declined"), (EXPIRED, "card_expired")])
def test_a_refused_card_says_why_and_is_no_default(cast, number, reason):
    method = make_card(cast.cyd, number)
    assert (method.state, method.reason, method.is_default) == ("failed", reason, False)
    assert not has_verified_method(cast.cyd.party_id)
    assert "bank" in reason_words("card_declined")
    assert "no reason" in reason_words("?")


@pytest.mark.feature("PAY-03")
def test_a_card_waits_until_its_owner_says_yes(cast):
    method = make_card(cast.cyd, MUST_CONFIRM)
    assert method.state == "needs_action"
    methods.confirm_method(cast.cyd, method.id)
    run_jobs()
    methods.confirm_method(cast.cyd, method.id)
    run_jobs()
    method.refresh_from_db()
    assert method.state == "verified"
    make_escrow(cast.cyd)
    assert Charge.objects.get().state == "settled"


def test_one_is_the_default_and_a_removed_one_has_an_heir(cast):
    first, second = make_card(cast.cyd), make_card(cast.cyd)
    assert find_default_method(cast.cyd.party_id) == first
    methods.choose_method(cast.cyd, second.id)
    assert [(m.id, m.is_default) for m in list_methods_for(cast.cyd)] == [(second.id, True), (first.id, False)]
    methods.remove_method(cast.cyd, second.id)
    assert find_default_method(cast.cyd.party_id) == first
    methods.remove_method(cast.cyd, first.id)
    assert find_default_method(cast.cyd.party_id) is None
    with pytest.raises(NotFound):
        methods.choose_method(cast.cyd, first.id)


def test_an_unverified_card_is_no_default_and_a_failed_first_one_gives_way(cast):
    waits = make_card(cast.cyd, MUST_CONFIRM)
    with pytest.raises(Refused) as caught:
        methods.choose_method(cast.cyd, waits.id)
    assert caught.value.code == "payment:not_verified"
    make_card(cast.dot, DECLINED)
    assert make_card(cast.dot).is_default


@pytest.mark.parametrize(
    ("number", "until", "code", "refusal"),
    [
        ("4242424242424241", date(2031, 12, 31), "123", "card:number"),
        ("42", date(2031, 12, 31), "123", "card:number"),
        ("４２４２４２４２４２４２４２４２", date(2031, 12, 31), "123", "card:number"),
        (WORKS, date(2026, 2, 28), "123", "card:expired"),
        (WORKS, date(2031, 12, 31), "12", "card:code"),
        (WORKS, date(2031, 12, 31), "abc", "card:code"),
    ],
)
def test_a_card_with_slips_is_refused_at_its_field(db, number, until, code, refusal):
    with pytest.raises(Refused) as caught:
        intake.keep_card(number, until, code)
    assert caught.value.code == refusal
    assert caught.value.field


def test_roles_and_limits(cast, monkeypatch):
    kept = intake.keep_card(WORKS, date(2031, 12, 31), "123")
    with pytest.raises(Refused) as caught:
        methods.add_method(replace(cast.cyd, role="hirer"), kept)
    assert caught.value.code == "party:role"
    monkeypatch.setattr("hirehall.money.payments.actions.methods.numbers", lambda: replace(numbers(), methods_max=0))
    with pytest.raises(Refused) as caught:
        methods.add_method(cast.cyd, kept)
    assert caught.value.code == "payment:too_many"
    assert not Method.objects.exists()
    assert numbers().unit == UNIT
