"""Connects come, are spent oldest first, come back to where they came from, and expire."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hirehall.kernel import clock
from hirehall.kernel.errors import Refused
from hirehall.kernel.units import CONNECT
from hirehall.money.connects import actions, history, queries
from hirehall.money.connects.models import Lot, Spending
from hirehall.money.ledger import queries as ledger
from tests.support.at_once import at_once
from tests.support.jobs import pass_time, run_jobs
from tests.support.money import check_books


def held(actor) -> int:
    return queries.connects_held(actor.party_id)


def give(actor, amount, ref):
    return actions.grant_connects(actor.party_id, amount, "gift", ref)


def lots(actor) -> list[tuple[int, int]]:
    return [(lot.left, lot.amount) for lot in Lot.objects.filter(party_id=actor.party_id).order_by("id")]


@pytest.mark.feature("CON-02")
def test_a_new_freelancer_gets_fifty_once_and_a_client_none(cast):
    run_jobs()
    assert (held(cast.ada), held(cast.cyd)) == (50, 0)
    actions.grant_new_account(cast.ada.party_id)
    assert held(cast.ada) == 50
    check_books()


@pytest.mark.feature("CON-02")
def test_each_month_brings_ten_once(cast):
    run_jobs()
    pass_time(hours=1)
    assert held(cast.ada) == 50
    pass_time(days=22)
    assert held(cast.ada) == 60
    pass_time(days=1)
    assert held(cast.ada) == 60
    pass_time(days=30)
    assert held(cast.ada) == 70
    assert held(cast.cyd) == 0
    check_books()


@pytest.mark.feature("CON-04")
def test_those_that_expire_first_are_spent_first(cast):
    give(cast.ada, 10, "old")
    clock.advance(timedelta(days=1))
    give(cast.ada, 10, "new")
    spending = actions.spend_connects(cast.ada, 13, "p1", "proposal")
    assert lots(cast.ada) == [(0, 10), (7, 10)]
    assert [draw.amount for draw in spending.draws.order_by("lot_id")] == [10, 3]
    check_books()


@pytest.mark.feature("CON-04")
def test_too_few_is_refused_and_nothing_is_taken(cast):
    give(cast.ada, 10, "one")
    with pytest.raises(Refused) as caught:
        actions.spend_connects(cast.ada, 11, "p1", "proposal")
    assert (caught.value.code, caught.value.sentence) == ("connects:too_few", "This needs 11 Connects; you have 10.")
    assert held(cast.ada) == 10
    assert not Spending.objects.exists()


def test_twice_with_one_reference_spends_once_and_free_things_cost_nothing(cast):
    give(cast.ada, 10, "one")
    assert (
        actions.spend_connects(cast.ada, 4, "p1", "proposal").id
        == actions.spend_connects(cast.ada, 4, "p1", "proposal").id
    )
    assert held(cast.ada) == 6
    assert actions.spend_connects(cast.ada, 0, "free", "invitation") is None
    for wrong in (lambda: actions.spend_connects(cast.ada, 5, "p1", "proposal"), lambda: give(cast.ada, 11, "one")):
        with pytest.raises(Refused) as caught:
            wrong()
        assert caught.value.code == "connects:ref_reused"
    assert give(cast.ada, 10, "one").amount == 10
    assert held(cast.ada) == 6


@pytest.mark.feature("CON-04")
def test_a_return_goes_back_into_the_lots_it_came_from(cast):
    for n, amount in enumerate((5, 5, 5)):
        give(cast.ada, amount, f"lot {n}")
    actions.spend_connects(cast.ada, 12, "p1", "proposal")
    assert lots(cast.ada) == [(0, 5), (0, 5), (3, 5)]
    assert actions.refund_connects("p1", "closed_without_hire", "r1") == 12
    assert lots(cast.ada) == [(5, 5), (5, 5), (5, 5)]
    assert actions.refund_connects("p1", "closed_without_hire", "r1") == 0
    assert actions.refund_connects("unknown", "closed_without_hire", "r2") == 0
    assert held(cast.ada) == 15
    check_books()


@pytest.mark.feature("CON-04")
def test_what_comes_back_late_can_still_be_used_for_thirty_days(cast):
    give(cast.ada, 10, "one")
    actions.spend_connects(cast.ada, 10, "p1", "proposal")
    pass_time(days=340)
    before = held(cast.ada)
    actions.refund_connects("p1", "never_viewed", "r1")
    assert held(cast.ada) == before + 10
    pass_time(days=29)
    assert Lot.objects.get(ref="returned:r1").left == 10
    pass_time(days=2)
    assert Lot.objects.get(ref="returned:r1").left == 0
    check_books()


@pytest.mark.feature("CON-02")
def test_connects_expire_after_a_year_and_that_is_shown_before(cast):
    run_jobs()
    give(cast.eve, 7, "one")
    pass_time(days=330)
    assert queries.list_soon_expiring_for(cast.eve) == []
    pass_time(days=6)
    assert queries.list_soon_expiring_for(cast.eve)[0].connects == 57
    assert queries.list_lots_for(cast.eve)[0].left == 50
    pass_time(days=29)
    assert Lot.objects.get(ref="one").left == 0
    assert ledger.balance("expired", "", CONNECT) >= 7
    check_books()


def test_expired_connects_cannot_be_spent_even_before_the_job_runs(cast):
    give(cast.ada, 10, "one")
    Lot.objects.update(expires_at=clock.now())
    with pytest.raises(Refused):
        actions.spend_connects(cast.ada, 1, "p1", "proposal")


@pytest.mark.feature("CON-04")
def test_the_history_tells_the_reason_of_every_connect(cast):
    run_jobs()
    actions.spend_connects(cast.ada, 8, "p1", "proposal", {"job_title": "Shop design"})
    actions.refund_connects("p1", "closed_without_hire", "r1")
    rows = history.list_rows_for(cast.ada)
    assert [(r.title, r.why, r.change, r.balance_after) for r in rows[0:5]] == [
        ("Returned", "the job was closed without a hire, “Shop design”", 8, 50),
        ("Spent", "a proposal, “Shop design”", -8, 42),
        ("Received", "welcome to a new account", 50, 50),
    ]
    assert rows[1:2][0].by_user_id == cast.ada.user_id
    assert len(history.list_rows_for(cast.ben)) == 1


def test_an_agencys_connects_are_its_own(cast):
    give(cast.ada, 10, "one")
    other = replace(cast.ada, party_id=cast.ben.party_id)
    with pytest.raises(Refused):
        actions.spend_connects(other, 1, "p1", "proposal")


@pytest.mark.django_db(transaction=True)
@pytest.mark.feature("CON-04")
def test_at_once_never_more_than_there_is(cast):
    give(cast.ada, 30, "one")
    give(cast.ada, 20, "two")
    answers = at_once([lambda n=n: actions.spend_connects(cast.ada, 5, f"p{n}", "proposal") for n in range(16)])
    assert sum(isinstance(a, Spending) for a in answers) == 10
    assert {a.code for a in answers if isinstance(a, Refused)} == {"connects:too_few"}
    assert held(cast.ada) == 0
    back = at_once(
        [lambda: actions.refund_connects(next(a.ref for a in answers if isinstance(a, Spending)), "x", "r")] * 5
    )
    assert sorted(back) == [0, 0, 0, 0, 5]
    assert held(cast.ada) == 5
    check_books()
