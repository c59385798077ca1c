"""Four eyes: one proposes, another approves, and only then the money moves."""

import pytest
from django.db import IntegrityError, transaction

from hirehall.kernel.errors import NotFound, Refused
from hirehall.money.books import checks, queries
from hirehall.money.books.actions.adjustments import (
    approve_adjustment,
    decline_adjustment,
    expire_adjustment,
    expire_due_adjustments,
    propose_adjustment,
    withdraw_adjustment,
)
from hirehall.money.books.models import Adjustment
from hirehall.money.books.rules import Side, Terms
from hirehall.money.ledger.queries import balance
from hirehall.money.payments.actions.adjustments import post_adjustment
from hirehall.people.accounts.actions import add_seat
from hirehall.people.notifications.models import Notice
from tests.support.at_once import at_once
from tests.support.books import REASON, make_adjustment, make_colleague
from tests.support.cast import make_cast
from tests.support.jobs import pass_time, run_jobs
from tests.support.money import check_books, make_earnings


def available(actor, unit: str = "USD") -> int:
    return balance("available", actor.party_id, unit)


def terms(**changes) -> Terms:
    given = {"source": Side("fee"), "target": Side("adjustment"), "amount": 100, "unit": "USD", "reason": REASON, **changes}
    return Terms(**given)


@pytest.mark.feature("PAY-09")
@pytest.mark.parametrize(("unit", "amount"), [("USD", 500), ("JPY", 700), ("KWD", 1_234)])
def test_money_moves_only_when_another_person_approves(cast, unit, amount):
    tess = make_colleague()
    adjustment = make_adjustment(cast.sam, cast.ada.party_id, amount, unit=unit)
    assert available(cast.ada, unit) == 0
    approve_adjustment(tess, adjustment.id, "Seen on the bank's letter.")
    assert available(cast.ada, unit) == amount
    assert balance("adjustment", "", unit) == -amount
    run_jobs()
    notice = Notice.objects.get(party_id=cast.ada.party_id, kind="money.adjusted")
    assert REASON in notice.body
    assert "added to your balance" in notice.title
    check_books()
    assert checks.look("events") == []


@pytest.mark.feature("PAY-09")
def test_nobody_approves_what_they_proposed(cast):
    adjustment = make_adjustment(cast.sam, cast.ada.party_id)
    with pytest.raises(Refused) as refused:
        approve_adjustment(cast.sam, adjustment.id)
    assert refused.value.code == "adjustment:four_eyes"
    with pytest.raises(Refused) as refused:
        decline_adjustment(cast.sam, adjustment.id, REASON)
    assert refused.value.code == "adjustment:four_eyes"
    with pytest.raises(Refused) as refused:
        post_adjustment(
            adjustment_id=adjustment.id, source=("fee", ""), target=("adjustment", ""), amount=1, unit="USD", reason=REASON,
            proposed_by=cast.sam.user_id, approved_by=cast.sam.user_id,
        )  # fmt: skip
    assert refused.value.code == "adjustment:four_eyes"
    with pytest.raises(IntegrityError), transaction.atomic():
        Adjustment.objects.update(state="approved", decided_by_id=cast.sam.user_id)
    assert available(cast.ada) == 0


def test_only_staff_sees_and_does_anything(cast):
    adjustment = make_adjustment(cast.sam, cast.ada.party_id)
    for act in (approve_adjustment, withdraw_adjustment, queries.get_adjustment_for):
        with pytest.raises(NotFound):
            act(cast.ada, adjustment.id)
    with pytest.raises(NotFound):
        propose_adjustment(cast.ada, terms())
    assert list(queries.list_adjustments_for(cast.ada)) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"source": Side("escrow")}, "adjustment:account"),
        ({"source": Side("fee", "0" * 26)}, "adjustment:party"),
        ({"source": Side("party")}, "adjustment:party"),
        ({"target": Side("fee")}, "adjustment:sides"),
        ({"unit": "CONNECT"}, "adjustment:unit"),
        ({"unit": "ABC"}, "adjustment:unit"),
        ({"amount": 0}, "adjustment:amount"),
        ({"amount": 10**18}, "adjustment:amount"),
        ({"evidence": "x" * 5_001}, "adjustment:evidence"),
        ({"reason": "because"}, "books:reason"),
        ({"reason": "x" * 501}, "books:reason"),
    ],
)
def test_what_cannot_be_proposed(cast, changes, code):
    with pytest.raises(Refused) as refused:
        propose_adjustment(cast.sam, terms(**changes))
    assert refused.value.code == code
    assert not Adjustment.objects.exists()


def test_a_party_that_is_not_there_is_told(cast):
    with pytest.raises(NotFound):
        propose_adjustment(cast.sam, terms(target=Side("party", "0" * 26)))


def test_nobody_moves_money_of_their_own_party(cast):
    tess = make_colleague()
    with pytest.raises(Refused) as refused:
        make_adjustment(cast.sam, cast.sam.party_id)
    assert refused.value.code == "adjustment:concerned"
    adjustment = make_adjustment(cast.sam, cast.cyd.party_id)
    add_seat(cast.cyd, tess.user_id, "viewer")
    with pytest.raises(Refused) as refused:
        approve_adjustment(tess, adjustment.id)
    assert refused.value.code == "adjustment:concerned"


def test_what_the_source_does_not_hold_is_refused_and_stays_open(cast):
    tess = make_colleague()
    adjustment = propose_adjustment(cast.sam, terms(source=Side("party", cast.ada.party_id)))
    with pytest.raises(Refused) as refused:
        approve_adjustment(tess, adjustment.id)
    assert refused.value.code == "ledger:too_little"
    adjustment.refresh_from_db()
    assert adjustment.state == "proposed"
    make_earnings(cast.ada, cast.cyd)
    approve_adjustment(tess, adjustment.id)
    assert (available(cast.ada), balance("adjustment", "", "USD")) == (8_900, 100)


def test_between_two_parties_both_are_told(cast):
    tess = make_colleague()
    make_earnings(cast.ada, cast.cyd)
    sides = {"source": Side("party", cast.ada.party_id), "target": Side("party", cast.ben.party_id)}
    approve_adjustment(tess, propose_adjustment(cast.sam, terms(**sides)).id)
    run_jobs()
    assert (available(cast.ada), available(cast.ben), balance("adjustment", "", "USD")) == (8_900, 100, 0)
    titles = Notice.objects.filter(kind="money.adjusted").values_list("party_id", "title")
    assert dict(titles) == {
        cast.ada.party_id: "$1.00 was taken from your balance.",
        cast.ben.party_id: "$1.00 was added to your balance.",
    }
    check_books()


def test_decline_withdraw_and_lapse(cast):
    tess = make_colleague()
    first, second, third = (make_adjustment(cast.sam, cast.ada.party_id) for _ in range(3))
    with pytest.raises(Refused) as refused:
        decline_adjustment(tess, first.id, "no")
    assert refused.value.code == "books:reason"
    decline_adjustment(tess, first.id, "The bank gave it back already.")
    with pytest.raises(Refused) as refused:
        withdraw_adjustment(tess, second.id)
    assert refused.value.code == "adjustment:not_yours"
    withdraw_adjustment(cast.sam, second.id)
    for one in (first, second):
        with pytest.raises(Refused) as refused:
            approve_adjustment(tess, one.id)
        assert refused.value.code == "adjustment:decided"
        with pytest.raises(Refused) as refused:
            withdraw_adjustment(cast.sam, one.id)
        assert refused.value.code == "adjustment:decided"
    Adjustment.objects.filter(pk=third.id).update(expires_at=third.proposed_at)
    with pytest.raises(Refused) as refused:
        approve_adjustment(tess, third.id)
    assert refused.value.code == "adjustment:expired"
    assert expire_due_adjustments() == 1
    assert expire_due_adjustments() == 0
    expire_adjustment(first.id)
    states = Adjustment.objects.order_by("id").values_list("state", flat=True)
    assert list(states) == ["declined", "withdrawn", "expired"]
    assert available(cast.ada) == 0
    names = [one.name for one in queries.list_trail_for(cast.sam)]
    assert names == [
        "adjustment:expired", "adjustment:withdrawn", "adjustment:declined",
        "adjustment:proposed", "adjustment:proposed", "adjustment:proposed",
    ]  # fmt: skip
    assert list(queries.list_trail_for(cast.ada)) == []


def test_the_timer_lets_them_lapse(cast):
    adjustment = make_adjustment(cast.sam, cast.ada.party_id)
    pass_time(days=7)
    adjustment.refresh_from_db()
    assert adjustment.state == "expired"


@pytest.mark.feature("PAY-09")
@pytest.mark.django_db(transaction=True)
def test_at_once_it_is_approved_once_and_never_by_its_proposer():
    cast = make_cast()
    tess, adjustment = make_colleague(), make_adjustment(cast.sam, cast.ada.party_id)
    # Two sessions of the proposer, two of the colleague, all at the same moment.
    outcomes = at_once([lambda who=who: approve_adjustment(who, adjustment.id) for who in (cast.sam, tess, cast.sam, tess)])
    done = [one for one in outcomes if isinstance(one, Adjustment)]
    assert len(done) == 1
    assert done[0].decided_by_id == tess.user_id
    assert {one.code for one in outcomes if isinstance(one, Refused)} <= {"adjustment:four_eyes", "adjustment:decided"}
    assert available(cast.ada) == 500
    check_books()
