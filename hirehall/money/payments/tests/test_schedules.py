"""Money that leaves by itself: when, how much, what it waits for, and that no night sends twice."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from hirehall.kernel import clock
from hirehall.kernel.errors import NotFound, Refused
from hirehall.money.payments import payout_queries
from hirehall.money.payments.actions import payouts, schedules
from hirehall.money.payments.actions.schedules import choose_schedule, run_due_schedules, run_schedule
from hirehall.money.payments.actions.withdrawals import retry_withdrawal, take_back_withdrawal
from hirehall.money.payments.gateways.registry import gateway
from hirehall.money.payments.models import PayoutMethod, PayoutSchedule, Withdrawal
from hirehall.money.payments.queries import balances_for
from hirehall.people.accounts.models import Party
from hirehall.people.notifications.queries import list_notices_for
from tests.support.at_once import at_once
from tests.support.jobs import pass_time, run_jobs
from tests.support.money import CLOSED_IBAN, IBAN, check_books, make_earnings, make_payout_method, make_tax_form


@pytest.fixture
def method(cast):
    return make_payout_method(cast.ada)


def refused(code: str, run) -> None:
    with pytest.raises(Refused) as caught:
        run()
    assert caught.value.code == code


@pytest.mark.feature("PAY-05")
def test_every_night_all_that_is_available_leaves_and_can_be_taken_back_before(cast, method):
    schedule = choose_schedule(cast.ada, "nightly", method.id)
    assert (schedule.least_minor, schedule.next_on) == (500, date(2026, 3, 14))
    make_earnings(cast.ada, cast.cyd)
    first = Withdrawal.objects.get()
    assert (first.amount_minor, first.schedule_id, first.state) == (9_000, schedule.id, "asked")
    run_jobs()
    assert "Your schedule sends $90.00" in list_notices_for(cast.ada)[0].title
    take_back_withdrawal(cast.ada, first.id)
    assert balances_for(cast.ada).available == 9_000
    pass_time(hours=7)
    assert Withdrawal.objects.count() == 1, "The same night does not ask again."
    pass_time(days=1)
    pass_time(hours=5, minutes=59)
    second = Withdrawal.objects.latest("id")
    assert second.state == "asked"
    pass_time(minutes=1)
    second.refresh_from_db()
    assert (second.state, balances_for(cast.ada).available) == ("paid", 0)
    check_books()


@pytest.mark.feature("PAY-05")
@pytest.mark.parametrize(
    ("rhythm", "day"),
    [
        ("weekly", date(2026, 3, 25)), ("twice_a_month", date(2026, 4, 1)), ("monthly", date(2026, 4, 1)),
        ("quarterly", date(2026, 4, 1)),
    ],
)  # fmt: skip
def test_the_longer_rhythms_wait_for_their_day(cast, method, rhythm, day):
    make_earnings(cast.ada, cast.cyd)
    assert choose_schedule(cast.ada, rhythm, method.id).next_on == day
    while clock.now().date() < day:
        assert not Withdrawal.objects.exists()
        pass_time(days=1)
    assert Withdrawal.objects.get().asked_at.date() == day


@pytest.mark.feature("PAY-05")
def test_less_than_the_own_least_amount_stays(cast, method):
    choose_schedule(cast.ada, "nightly", method.id, 10_000)
    make_earnings(cast.ada, cast.cyd)
    pass_time(days=2)
    assert not Withdrawal.objects.exists()
    schedule = PayoutSchedule.objects.get()
    assert (schedule.next_on, schedule.paused_by) == (clock.now().date() + timedelta(days=1), "")
    make_earnings(cast.ada, cast.cyd)
    assert Withdrawal.objects.get().amount_minor == 18_000


@pytest.mark.feature("PAY-05")
def test_wrong_choices_are_refused(cast, method):
    refused("schedule:rhythm", lambda: choose_schedule(cast.ada, "hourly", method.id))
    refused("schedule:least", lambda: choose_schedule(cast.ada, "nightly", method.id, 499))
    refused("schedule:method", lambda: choose_schedule(cast.ada, "nightly"))
    for unit in ("ZZZ", "CONNECT", "usd"):
        refused("schedule:unit", lambda unit=unit: choose_schedule(cast.ada, "nightly", method.id, unit=unit))
    refused("party:role", lambda: choose_schedule(replace(cast.ada, role="viewer"), "nightly", method.id))
    with pytest.raises(NotFound):
        choose_schedule(cast.ben, "nightly", method.id)
    assert not PayoutSchedule.objects.exists()
    assert choose_schedule(cast.ada, "by_hand").next_on is None
    assert choose_schedule(cast.ada, "nightly", method.id).next_on is not None
    assert PayoutSchedule.objects.count() == 1


def make_condition_fail(cast, method, code: str):
    """Break one condition; returns what mends it."""
    if code == "method":
        payouts.remove_payout_method(cast.ada, method.id)
        return lambda: choose_schedule(cast.ada, "nightly", make_payout_method(cast.ada).id)
    if code == "name":
        Party.objects.filter(pk=cast.ada.party_id).update(name="Somebody Else")
        return lambda: Party.objects.filter(pk=cast.ada.party_id).update(name="Ada Obi")
    if code == "arrived":
        closed = make_payout_method(cast.ada, CLOSED_IBAN, wait=False)
        PayoutMethod.objects.filter(pk=closed.id).update(usable_at=clock.now())
        failed = payouts.withdraw(cast.ada, closed.id, 500)
        run_jobs()
        choose_schedule(cast.ada, "nightly", closed.id)
        return lambda: (retry_withdrawal(cast.ada, failed.id, method.id), choose_schedule(cast.ada, "nightly", method.id))
    held = payouts.withdraw(cast.ada, method.id, 500)
    payouts.place_hold(held, payouts.Found("by_staff", {}, "Wait, please."))
    return lambda: held.hold.__class__.objects.update(outcome="released")


@pytest.mark.feature("PAY-05")
@pytest.mark.parametrize("code", ["method", "name", "arrived", "hold"])
def test_a_missing_condition_pauses_it_tells_why_once_and_it_goes_on_by_itself(cast, method, code):
    make_earnings(cast.ada, cast.cyd)
    choose_schedule(cast.ada, "nightly", method.id)
    mend = make_condition_fail(cast, method, code)
    before = Withdrawal.objects.count()
    pass_time(days=1)
    pass_time(days=1)
    assert Withdrawal.objects.count() == before
    schedule = PayoutSchedule.objects.get()
    assert schedule.paused_by == code
    assert [n.title for n in list_notices_for(cast.ada)].count("Your schedule of withdrawals waits.") == 1
    mend()
    pass_time(days=1)
    schedule.refresh_from_db()
    assert (schedule.paused_by, schedule.paused_at) == ("", None)
    assert Withdrawal.objects.filter(schedule=schedule).count() == 1


@pytest.mark.feature("PAY-05")
def test_a_new_account_and_a_missing_tax_form_pause_it_too(cast):
    make_earnings(cast.ada, cast.cyd)
    new = payouts.add_payout_method(cast.ada, "bank", gateway().keep_account("bank", IBAN, "Ada Obi"), "Ada Obi")
    choose_schedule(cast.ada, "nightly", new.id)
    pass_time(days=1)
    assert PayoutSchedule.objects.get().paused_by == "tax_form"
    make_tax_form(cast.ada)
    pass_time(days=1)
    assert PayoutSchedule.objects.get().paused_by == "waiting"
    pass_time(days=1)
    assert Withdrawal.objects.get().amount_minor == 9_000


@pytest.mark.feature("PAY-05")
def test_the_batch_is_safe_twice_and_goes_on_after_a_break(cast, monkeypatch):
    workers = (cast.ada, cast.ben, cast.eve)
    for actor in workers:
        make_earnings(actor, cast.cyd)
    accounts = [make_payout_method(actor) for actor in workers]
    for actor, account in zip(workers, accounts, strict=True):
        choose_schedule(actor, "nightly", account.id)
    clock.advance(timedelta(days=1))
    done, real = [], run_schedule

    def stops_at_the_second(schedule_id):
        if len(done) == 1:
            done.append("broken")
            raise RuntimeError("The power went out.")
        done.append(schedule_id)
        return real(schedule_id)

    monkeypatch.setattr(schedules, "run_schedule", stops_at_the_second)
    with pytest.raises(ExceptionGroup):
        run_due_schedules()
    assert Withdrawal.objects.count() == 2
    monkeypatch.setattr(schedules, "run_schedule", real)
    assert run_due_schedules() == 1
    assert run_due_schedules() == 0
    assert sorted(Withdrawal.objects.values_list("amount_minor", flat=True)) == [9_000] * 3
    check_books()


@pytest.mark.feature("PAY-05")
def test_those_with_too_little_are_moved_on_in_one_write(cast, method, django_assert_max_num_queries):
    make_earnings(cast.ada, cast.cyd)
    for unit in ("EUR", "GBP", "USD"):
        choose_schedule(cast.ada, "nightly", method.id, unit=unit)
    choose_schedule(cast.ben, "nightly", make_payout_method(cast.ben, wait=False).id)
    choose_schedule(cast.eve, "nightly", make_payout_method(cast.eve, wait=False).id)
    clock.advance(timedelta(days=1))
    today = clock.now().date()
    due = payout_queries.list_due_schedules(today, "", 100)
    with django_assert_max_num_queries(8):
        rich = schedules.skip_poor_schedules(due, today)
    assert [(each.party_id, each.unit) for each in rich] == [(cast.ada.party_id, "USD")]
    assert PayoutSchedule.objects.filter(next_on__lte=today).count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.feature("PAY-05")
def test_schedule_and_hand_at_once_take_exactly_the_balance(cast):
    make_earnings(cast.ada, cast.cyd)
    method = make_payout_method(cast.ada)
    schedule = choose_schedule(cast.ada, "nightly", method.id)
    clock.advance(timedelta(days=1))
    runs = [lambda: run_schedule(schedule.id), run_due_schedules, lambda: payouts.withdraw(cast.ada, method.id, 900)]
    answers = at_once(runs * 6)
    assert not [a for a in answers if isinstance(a, Exception) and not isinstance(a, Refused)]
    run_due_schedules()
    pass_time(days=1)
    assert sum(Withdrawal.objects.values_list("amount_minor", flat=True)) == 9_000
    assert (balances_for(cast.ada).available, balances_for(cast.ada).on_the_way) == (0, 0)
    assert Withdrawal.objects.filter(schedule=schedule).count() <= 1
    check_books()
