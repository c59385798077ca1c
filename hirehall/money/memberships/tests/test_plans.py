"""Plans from the first charge to the end: renewal on the same day, retries, leaving, and what they give."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from hirehall.kernel import clock
from hirehall.kernel.errors import Refused
from hirehall.money.connects.queries import connects_held
from hirehall.money.ledger.queries import balance
from hirehall.money.memberships import actions, queries, rules
from hirehall.money.memberships.models import Membership, Month
from hirehall.money.payments import statement
from hirehall.money.payments.actions.methods import choose_method, remove_method
from hirehall.money.payments.queries import list_methods_for
from hirehall.people.accounts.actions import add_seat
from hirehall.people.accounts.models import User
from hirehall.people.accounts.queries import find_actor
from hirehall.people.notifications.models import Notice
from tests.support.at_once import at_once
from tests.support.cast import browse_as, call_as
from tests.support.jobs import pass_time, run_jobs, run_timers
from tests.support.money import DECLINED_LATER, NO_MONEY, UNIT, check_books, make_card

PLUS = "freelancer-plus"


def take_plan(actor, code=PLUS):
    make_card(actor)
    held = actions.choose_plan(actor, code)
    run_jobs()
    held.refresh_from_db()
    return held


def go_to(moment: datetime) -> None:
    clock.freeze(moment)
    run_timers()


@pytest.mark.feature("ACC-08")
def test_a_plan_begins_when_its_first_month_is_paid(cast):
    before = connects_held(cast.ada.party_id)
    make_card(cast.ada)
    held = actions.choose_plan(cast.ada, PLUS)
    assert (held.state, queries.plan_of(cast.ada.party_id, "freelancer").code) == ("starting", "freelancer-basic")
    run_jobs()
    held.refresh_from_db()
    assert (held.state, held.paid_until) == ("active", datetime(2026, 4, 10, 12, tzinfo=UTC))
    assert queries.plan_of(cast.ada.party_id, "freelancer").code == PLUS
    assert queries.has_perk(cast.ada.party_id, "no_direct_fee")
    assert not queries.has_perk(cast.ben.party_id, "no_direct_fee")
    assert connects_held(cast.ada.party_id) == before + 50 + 100
    assert balance("sales", "", UNIT) == 1_999
    row = statement.list_rows_for(cast.ada)[0:1][0]
    assert (row.title, row.change) == ("Membership Freelancer Plus", -1_999)
    assert row.why == "the month from 2026-03-10 to 2026-04-10"
    check_books()


@pytest.mark.feature("ACC-08")
def test_renewal_on_day_31_takes_a_short_months_last_day_and_comes_back(cast):
    clock.freeze(datetime(2026, 1, 31, 9, tzinfo=UTC))
    held = take_plan(cast.ada)
    days = []
    for _ in range(4):
        days.append(held.paid_until)
        go_to(held.paid_until)
        held.refresh_from_db()
    assert [f"{day:%m-%d}" for day in days] == ["02-28", "03-31", "04-30", "05-31"]
    assert (held.state, held.paid_months, Month.objects.filter(state="paid").count()) == ("active", 5, 5)
    assert balance("sales", "", UNIT) == 5 * 1_999


@pytest.mark.parametrize(("day", "months", "end"), [
    ("2027-12-31", 2, "2028-02-29"), ("2026-12-29", 2, "2027-02-28"), ("2026-03-15", 12, "2027-03-15"), ("2026-08-31", 1, "2026-09-30"),
])  # fmt: skip
def test_a_month_is_counted_from_the_first_charge(day, months, end):
    first = datetime.fromisoformat(f"{day}T09:30:00+00:00")
    assert rules.month_end(first, months).isoformat() == f"{end}T09:30:00+00:00"


@pytest.mark.feature("ACC-08", "CON-02")
def test_each_paid_month_brings_its_connects_and_not_those_of_the_free_plan(cast):
    held = take_plan(cast.ada)
    run_jobs()
    before = connects_held(cast.ada.party_id), connects_held(cast.ben.party_id)
    go_to(held.paid_until)
    assert connects_held(cast.ada.party_id) == before[0] + 100
    assert connects_held(cast.ben.party_id) == before[1] + 10
    run_timers()
    assert connects_held(cast.ada.party_id) == before[0] + 100


@pytest.mark.feature("ACC-08")
def test_a_failed_renewal_is_tried_after_three_and_seven_days_and_then_ends(cast):
    held = take_plan(cast.ada)
    due = held.paid_until
    choose_method(cast.ada, make_card(cast.ada, NO_MONEY).id)
    go_to(due)
    held.refresh_from_db()
    assert (held.state, held.next_try_at, queries.plan_of(cast.ada.party_id, "freelancer").code) == ("past_due", due + timedelta(days=3), PLUS)
    assert "could not be charged" in Notice.objects.filter(party_id=cast.ada.party_id, kind="money.membership_failed").get().title
    go_to(due + timedelta(days=2, hours=23))
    assert Month.objects.filter(state="failed").count() == 1
    go_to(due + timedelta(days=3))
    held.refresh_from_db()
    assert held.next_try_at == due + timedelta(days=7)
    had = connects_held(cast.ada.party_id)
    go_to(due + timedelta(days=7))
    held.refresh_from_db()
    assert (held.state, held.end_reason, Month.objects.filter(state="failed").count()) == ("ended", "unpaid", 3)
    assert queries.plan_of(cast.ada.party_id, "freelancer").code == "freelancer-basic"
    assert connects_held(cast.ada.party_id) >= had, "nothing bought is lost"
    page = browse_as(cast.ada).get(reverse("memberships:plans")).content.decode()
    assert "ended because it could not be charged" in page
    check_books()


@pytest.mark.feature("ACC-08")
def test_a_failed_month_can_be_paid_at_once_with_another_card(cast):
    held = take_plan(cast.ada)
    good = make_card(cast.ada)
    choose_method(cast.ada, make_card(cast.ada, NO_MONEY).id)
    go_to(held.paid_until)
    choose_method(cast.ada, good.id)
    browser = browse_as(cast.ada)
    assert "Pay $19.99 now" in browser.get(reverse("memberships:plans")).content.decode()
    for _ in range(2):
        assert browser.post(reverse("memberships:pay"), {"once": "same"}).status_code == 303
    run_jobs()
    before = held.paid_until
    held.refresh_from_db()
    assert (held.state, held.failed_tries, held.paid_until) == ("active", 0, rules.month_end(held.anchor_at, 2))
    assert held.paid_until > before
    assert Month.objects.filter(state="paid").count() == 2


@pytest.mark.feature("ACC-08")
def test_without_a_card_a_renewal_has_failed_with_that_reason(cast):
    held = take_plan(cast.ada)
    for method in list_methods_for(cast.ada):
        remove_method(cast.ada, method.id)
    go_to(held.paid_until)
    assert Month.objects.filter(state="failed").get().reason == "no_method"
    with pytest.raises(Refused) as caught:
        actions.pay_plan_now(cast.ada)
    assert caught.value.code == "payment:no_method"


@pytest.mark.feature("ACC-08")
def test_a_first_month_that_fails_starts_nothing(cast):
    make_card(cast.ada, NO_MONEY)
    held = actions.choose_plan(cast.ada, PLUS)
    run_jobs()
    held.refresh_from_db()
    assert (held.state, held.end_reason, held.paid_months) == ("ended", "unpaid", 0)
    assert Month.objects.get().reason == "insufficient_funds"


@pytest.mark.feature("ACC-08")
def test_a_decline_that_comes_an_hour_later_takes_no_plan(cast):
    make_card(cast.ada, DECLINED_LATER)
    actions.choose_plan(cast.ada, PLUS)
    run_jobs()
    assert Membership.objects.get().state == "starting"
    clock.advance(timedelta(hours=1))
    run_jobs(later=True)
    assert Membership.objects.get().state == "ended"


@pytest.mark.feature("ACC-08")
def test_leaving_keeps_the_paid_month_and_can_be_taken_back(cast):
    held = take_plan(cast.ada)
    actions.leave_plan(cast.ada)
    assert queries.has_perk(cast.ada.party_id, "no_direct_fee")
    actions.stay_on_plan(cast.ada)
    actions.leave_plan(cast.ada)
    go_to(held.paid_until)
    held.refresh_from_db()
    assert (held.state, held.end_reason, Month.objects.count()) == ("ended", "left", 1)
    assert not queries.has_perk(cast.ada.party_id, "no_direct_fee")


def test_leaving_an_unpaid_month_ends_at_once(cast):
    held = take_plan(cast.ada)
    choose_method(cast.ada, make_card(cast.ada, NO_MONEY).id)
    go_to(held.paid_until)
    actions.leave_plan(cast.ada)
    held.refresh_from_db()
    assert held.state == "ended"
    go_to(held.paid_until + timedelta(days=30))
    assert Month.objects.count() == 2


@pytest.mark.parametrize(("do", "code"), [
    (lambda a: actions.choose_plan(a, "client-business"), "membership:no_plan"),
    (lambda a: actions.choose_plan(replace(a, kind="client"), "client-business"), "membership:not_offered"),
    (lambda a: actions.choose_plan(a, "nonsense"), "membership:no_plan"),
    (lambda a: actions.choose_plan(a, "freelancer-basic"), "membership:free"),
    (lambda a: actions.choose_plan(a, PLUS), "payment:no_method"),
    (actions.leave_plan, "membership:none"), (actions.stay_on_plan, "membership:not_ending"),
    (actions.pay_plan_now, "membership:nothing_due"),
])  # fmt: skip
def test_what_cannot_be_done_without_a_plan_is_refused(cast, do, code):
    with pytest.raises(Refused) as caught:
        do(cast.ada)
    assert caught.value.code == code
    assert not Membership.objects.exists()


def test_what_cannot_be_done_twice_is_refused(cast):
    make_card(cast.ada)
    actions.choose_plan(cast.ada, PLUS)
    for do, code in ((lambda: actions.choose_plan(cast.ada, PLUS), "membership:starting"), (lambda: actions.leave_plan(cast.ada), "membership:none")):
        with pytest.raises(Refused) as caught:
            do()
        assert caught.value.code == code
    run_jobs()
    with pytest.raises(Refused) as caught:
        actions.choose_plan(cast.ada, PLUS)
    assert caught.value.code == "membership:same"
    actions.leave_plan(cast.ada)
    with pytest.raises(Refused) as caught:
        actions.leave_plan(cast.ada)
    assert caught.value.code == "membership:ending"


def test_only_who_may_pay_takes_a_plan(cast):
    make_card(cast.cyd)
    add_seat(cast.cyd, cast.dot.user_id, "hirer")
    hirer = find_actor(User.objects.get(pk=cast.dot.user_id), cast.cyd.party_id)
    assert hirer.party_id == cast.cyd.party_id
    with pytest.raises(Refused) as caught:
        actions.choose_plan(hirer, "client-business")
    assert caught.value.code == "party:role"


@pytest.mark.django_db(transaction=True)
def test_ten_at_once_take_one_plan(cast):
    make_card(cast.ada)
    told = at_once([lambda: actions.choose_plan(cast.ada, PLUS)] * 10)
    assert sum(isinstance(each, Membership) for each in told) == 1
    run_jobs()
    assert balance("sales", "", UNIT) == 1_999


@pytest.mark.django_db(transaction=True)
def test_timers_at_once_charge_a_month_once(cast):
    held = take_plan(cast.ada)
    clock.freeze(held.paid_until)
    at_once([actions.renew_all_due] * 4)
    run_jobs()
    run_jobs()
    assert balance("sales", "", UNIT) == 2 * 1_999
    check_books()


@pytest.mark.feature("ACC-08")
def test_the_pages_sell_a_plan_once_and_say_what_it_costs(cast, django_assert_max_num_queries):
    browser = browse_as(cast.ada)
    address = reverse("memberships:take", args=[PLUS])
    assert "Add a card first" in browser.get(address).content.decode()
    refused = browser.post(address, {"once": "first"})
    assert (refused.status_code, "Add a payment method first" in refused.content.decode()) == (422, True)
    make_card(cast.ada)
    assert "$19.99 now, and the same again on" in browser.get(address).content.decode()
    for _ in range(2):
        assert browser.post(address, {"once": "same"}).status_code == 303
    assert "is being paid for" in browser.get(reverse("memberships:plans")).content.decode()
    run_jobs()
    with django_assert_max_num_queries(16):
        page = browser.get(reverse("memberships:plans")).content.decode()
    assert "End this plan?" in page
    assert browser.get(reverse("memberships:take", args=["client-business"])).status_code == 404
    assert browser.post(reverse("memberships:leave"), {"once": "l"}).status_code == 303
    assert "Nothing more is charged" in browser.get(reverse("memberships:plans")).content.decode()
    assert browser.post(reverse("memberships:leave"), {"once": "l2"}).status_code == 422
    assert browser.post(reverse("memberships:stay"), {"once": "s"}).status_code == 303
    pass_time(days=1)


@pytest.mark.feature("ACC-08", "OPS-03")
def test_programs_can_do_the_same(cast, client):
    make_card(cast.ada)
    ada, cyd = call_as(cast.ada), call_as(cast.cyd)
    assert [plan["code"] for plan in client.get("/api/v1/memberships", headers=ada).json()["plans"]] == ["freelancer-basic", PLUS]
    taken = client.post("/api/v1/memberships", {"plan": PLUS}, "application/json", headers=ada)
    assert (taken.status_code, taken.json()["state"]) == (200, "starting")
    run_jobs()
    assert client.get("/api/v1/memberships", headers=ada).json()["held"]["state"] == "active"
    assert client.post("/api/v1/memberships/leave", {}, "application/json", headers=ada).json()["ends_with_month"] is True
    assert client.post("/api/v1/memberships/stay", {}, "application/json", headers=ada).json()["ends_with_month"] is False
    assert client.post("/api/v1/memberships/pay", {}, "application/json", headers=ada).status_code == 422
    assert client.get("/api/v1/memberships/months", headers=ada).json()["items"][0]["amount"] == 1_999
    assert client.get("/api/v1/memberships/months", headers=cyd).json()["items"] == []
    refused = client.post("/api/v1/memberships", {"plan": "client-business"}, "application/json", headers=cyd)
    assert refused.json()["error"]["code"] == "membership:not_offered"
