"""Cards replaced, ended and taken away."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from hirehall.kernel import clock
from hirehall.kernel.errors import NotFound, Refused
from hirehall.kernel.models import Event
from hirehall.money.payments import method_rules
from hirehall.money.payments.actions import escrow, methods
from hirehall.money.payments.gateways.port import Card
from hirehall.money.payments.gateways.registry import gateway
from hirehall.money.payments.models import Method
from hirehall.money.payments.policy import method_numbers
from hirehall.money.payments.queries import find_default_method, has_verified_method, list_methods_for
from hirehall.people.notifications.models import Notice
from tests.support.cast import browse_as
from tests.support.jobs import pass_time, run_jobs
from tests.support.money import DECLINED, UNIT, WORKS, make_card


def add(actor, until=date(2031, 12, 31), number=WORKS, replaces=""):
    method = methods.add_method(actor, gateway().keep_card(Card(number, until, "123")), replaces)
    run_jobs()
    method.refresh_from_db()
    return method


@pytest.mark.feature("PAY-03")
@pytest.mark.feature("ACC-07")
def test_a_new_card_takes_the_place_of_the_old_one_once_it_is_verified(cast):
    old, other = add(cast.cyd), add(cast.cyd)
    new = methods.add_method(cast.cyd, gateway().keep_card(Card(WORKS, date(2033, 1, 31), "123")), old.id)
    assert find_default_method(cast.cyd.party_id) == old
    run_jobs()
    assert [(m.id, m.is_default) for m in list_methods_for(cast.cyd)] == [(new.id, True), (other.id, False)]
    assert Event.objects.get(name="method:removed").subject_id == old.id
    # One that is no default leaves the default alone.
    newer = add(cast.cyd, replaces=other.id)
    assert [(m.id, m.is_default) for m in list_methods_for(cast.cyd)] == [(new.id, True), (newer.id, False)]


@pytest.mark.feature("ACC-07")
def test_a_replacement_that_is_refused_costs_nothing(cast):
    old = add(cast.cyd)
    add(cast.cyd, number=DECLINED, replaces=old.id)
    assert find_default_method(cast.cyd.party_id) == old
    with pytest.raises(NotFound):
        add(cast.dot, replaces=old.id)


def test_a_full_list_still_lets_a_card_be_replaced(cast):
    cards = [add(cast.cyd) for _ in range(10)]
    with pytest.raises(Refused) as caught:
        add(cast.cyd)
    assert caught.value.code == "payment:too_many"
    add(cast.cyd, replaces=cards[3].id)
    assert len(list_methods_for(cast.cyd)) == 10


def notices(actor) -> list[str]:
    found = Notice.objects.filter(party_id=actor.party_id, kind__startswith="money.card").order_by("id")
    return [notice.title for notice in found]


@pytest.mark.feature("ACC-07")
def test_the_owner_hears_of_the_end_in_time_and_each_time_once(cast, mailoutbox):
    method = add(cast.cyd, until=date(2026, 4, 30))
    pass_time(days=20)
    assert notices(cast.cyd) == []
    for moment, told in [
        (datetime(2026, 3, 31, 0, 30, tzinfo=UTC), 1), (datetime(2026, 4, 10, tzinfo=UTC), 1),
        (datetime(2026, 4, 23, 9, tzinfo=UTC), 2), (datetime(2026, 4, 30, 9, tzinfo=UTC), 3), (datetime(2026, 4, 30, 23, tzinfo=UTC), 3),
    ]:  # fmt: skip
        clock.freeze(moment)
        pass_time(minutes=1)
        assert len(notices(cast.cyd)) == told
        assert has_verified_method(cast.cyd.party_id)
    assert notices(cast.cyd)[1:] == [
        "Your card Visa 4242 expires in at most 7 days.", "Your card Visa 4242 expires today.",
    ]  # fmt: skip
    assert Notice.objects.filter(kind="money.card_ends").last().link == reverse("payments:replace_method", args=[method.id])
    assert len([mail for mail in mailoutbox if "expires" in mail.subject]) == 3
    clock.freeze(datetime(2026, 5, 1, 0, 10, tzinfo=UTC))
    pass_time(minutes=1)
    assert notices(cast.cyd)[-1] == "Your card Visa 4242 has expired."
    assert not has_verified_method(cast.cyd.party_id)


def test_a_card_added_shortly_before_its_end_brings_one_notice():
    days = (30, 7, 0)
    assert method_rules.due_notice(date(2026, 3, 31), date(2026, 3, 29), None, days) == 7
    assert method_rules.due_notice(date(2026, 3, 31), date(2026, 3, 30), 7, days) is None
    assert method_rules.due_notice(date(2026, 3, 31), date(2026, 4, 1), 7, days) is None
    assert method_rules.due_notice(date(2027, 3, 31), date(2026, 4, 1), None, days) is None
    for wrong in ((), (7, 30), (7, 7)):
        with pytest.raises(ValueError, match="notice_days"):
            method_rules.MethodsPolicy(wrong, 3, 6)
    assert method_numbers().notice_days == days


@pytest.mark.feature("ACC-07")
def test_an_expired_default_gives_way_or_shows_and_is_replaced(cast):
    first = add(cast.cyd, until=date(2026, 4, 30))
    second = add(cast.cyd)
    clock.freeze(datetime(2026, 5, 1, 1, tzinfo=UTC))
    pass_time(minutes=1)
    assert [(m.id, m.state, m.is_default) for m in list_methods_for(cast.cyd)] == [
        (second.id, "verified", True), (first.id, "expired", False),
    ]  # fmt: skip
    assert "Payments are now made with Visa 4242." in Notice.objects.get(kind="money.card_expired").body
    alone = add(cast.dot, until=date(2026, 5, 31))
    clock.freeze(datetime(2026, 6, 1, 1, tzinfo=UTC))
    pass_time(minutes=1)
    page = browse_as(cast.dot).get(reverse("payments:methods")).content.decode()
    assert "expired" in page
    assert "Nothing can be paid until you replace it." in page
    with pytest.raises(Refused) as caught:
        escrow.fund_escrow(
            cast.dot, escrow_id="e" * 26, contract_id="c" * 26, client_id=cast.dot.party_id, amount=5_000, unit=UNIT, ref="f"
        )
    assert caught.value.code == "payment:expired"
    new = add(cast.dot, replaces=alone.id)
    assert find_default_method(cast.dot.party_id) == new
    assert [m.id for m in list_methods_for(cast.dot)] == [new.id]


def test_a_removed_card_is_forgotten_by_its_company_but_not_before_its_charges_are_done(cast):
    card = make_card(cast.cyd, "4000000000000341")
    escrow.fund_escrow(
        cast.cyd, escrow_id="e" * 26, contract_id="c" * 26, client_id=cast.cyd.party_id, amount=5_000, unit=UNIT, ref="f"
    )
    methods.remove_method(cast.cyd, card.id)
    run_jobs()
    assert Method.objects.get().removed_at
    pass_time(hours=7)
    with pytest.raises(NotFound):
        methods.choose_method(cast.cyd, card.id)
