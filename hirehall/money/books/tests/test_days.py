"""The trial balance of any day: from closed days, from open ones, and the same either way."""

import pytest

from hirehall.kernel import clock
from hirehall.money.books import balances, checks, holdings
from hirehall.money.books.actions.days import close_days, close_days_again
from hirehall.money.books.models import DayBalance, DayTurnover
from hirehall.money.ledger.queries import trial_balance
from tests.support.books import make_busy_market
from tests.support.jobs import pass_time
from tests.support.money import make_earnings


def closings(day):
    return {(p.unit, line.kind): line.closing for p in balances.trial_balance_on(day) for line in p.lines if line.closing}


@pytest.mark.feature("PAY-09")
def test_closed_days_tell_the_same_as_the_transfers(cast):
    first = balances.current_day()
    make_busy_market(cast)
    pass_time(days=3)
    last = balances.current_day()
    days = holdings.days_back(last, (last - first).days + 1)
    close_days()
    closed = {day: closings(day) for day in days}
    DayBalance.objects.all().delete()
    DayTurnover.objects.all().delete()
    assert {day: closings(day) for day in days} == closed
    assert close_days() == last - balances.ONE_DAY
    assert {day: closings(day) for day in days} == closed
    assert len({tuple(sorted(one.items())) for one in closed.values()}) > 3, "the days differ"
    assert checks.look("days") == []
    now = {(p.unit, kind): held for p in trial_balance() for kind, _, held in p.by_kind if held}
    assert closed[last] == now


@pytest.mark.feature("PAY-09")
def test_totals_of_every_day_are_zero_and_its_turnovers_equal(cast):
    make_busy_market(cast)
    pass_time(days=1)
    for day in holdings.days_back(balances.current_day(), 20):
        for part in balances.trial_balance_on(day):
            assert (part.total, part.came) == (0, part.went)


def test_closing_twice_and_with_nothing_changes_nothing(cast):
    assert close_days() == balances.current_day() - balances.ONE_DAY or close_days() is None
    make_earnings(cast.ada, cast.cyd)
    pass_time(days=2)
    close_days()
    before = list(DayBalance.objects.order_by("id").values())
    close_days()
    assert list(DayBalance.objects.order_by("id").values()) == before


def test_closing_reads_only_days_that_are_over(cast, django_assert_num_queries):
    make_earnings(cast.ada, cast.cyd)
    pass_time(days=2)
    close_days()
    with django_assert_num_queries(5):
        balances.trial_balance_on(balances.current_day())
    with django_assert_num_queries(4):
        balances.trial_balance_on(balances.current_day() - balances.ONE_DAY)


@pytest.mark.feature("PAY-09")
def test_a_wrong_closed_day_is_found_and_summed_anew(cast):
    make_earnings(cast.ada, cast.cyd)
    day = clock.now().date()
    pass_time(days=1)
    close_days()
    row = DayTurnover.objects.filter(kind="fee").latest("day")
    DayTurnover.objects.filter(pk=row.pk).update(came_minor=row.came_minor + 7)
    DayBalance.objects.filter(day=row.day, kind="fee").update(balance_minor=1_003)
    assert [one.line for one in checks.look("days")] == [
        f"days: {row.day} fee USD: expected 1000, found 1003",
        f"days: {row.day} fee service_fee USD: expected 1000, found 1007",
    ]
    close_days_again(row.day)
    assert checks.look("days") == []
    assert row.day <= day


@pytest.mark.feature("PAY-09")
def test_income_liabilities_escrow_and_ages(cast):
    make_busy_market(cast)
    today = balances.current_day()
    months = holdings.months_back(today, 12)
    lines = holdings.income_by_month(months[0], today)
    assert {(line.code, line.unit): line.amount for line in lines} == {("service_fee", "USD"): 5_000, ("connects_payment", "USD"): 150}
    assert sum(line.amount for line in holdings.income_by_day(months[0], today)) == 5_150
    ((unit, by_kind, total),) = holdings.liabilities(balances.trial_balance_on(today))
    assert (unit, by_kind) == ("USD", {"available": 35_000, "pending": 0, "escrow": 20_000, "contested": 0, "payout": 0, "refund": 0})
    assert total == 55_000
    rows = list(holdings.EscrowList())
    assert [(one.amount, one.client_id, one.title) for one in rows] == [(20_000, cast.cyd.party_id, "A page for the bakery")]
    (table,) = holdings.ageing()
    assert (table.name, table.unit, table.total) == ("escrow", "USD", 20_000)
    pass_time(days=40)
    (table,) = holdings.ageing()
    assert table.bands == [("0–6", 0, 0), ("7–29", 0, 0), ("30–89", 20_000, 1), ("90+", 0, 0)]

