"""Withdrawals whose job or whose news was lost: they leave and end all the same, once."""

from datetime import timedelta

import pytest
from django.db import connection

from hirehall.kernel import clock
from hirehall.money.payments.actions import payouts
from hirehall.money.payments.actions.withdrawals import claim_withdrawal
from hirehall.money.payments.queries import balances_for
from tests.support.jobs import pass_time
from tests.support.money import check_books, make_earnings, make_payout_method


def lose_jobs() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_events")
        cursor.execute("DELETE FROM procrastinate_jobs")


@pytest.mark.feature("PAY-05")
def test_a_withdrawal_whose_job_was_lost_leaves_all_the_same(cast):
    make_earnings(cast.ada, cast.cyd)
    method = make_payout_method(cast.ada)
    asked = payouts.withdraw(cast.ada, method.id, 5_000, undo=True)
    lose_jobs()
    pass_time(minutes=10)
    asked.refresh_from_db()
    assert (asked.state, balances_for(cast.ada).available) == ("paid", 4_000)
    # And one that was handed over, but whose answer and message were lost, is asked after.
    silent = payouts.withdraw(cast.ada, method.id, 1_000, undo=True)
    clock.advance(timedelta(minutes=10))
    claim_withdrawal(silent.id)
    lose_jobs()
    pass_time(hours=5)
    silent.refresh_from_db()
    assert silent.state == "asked"
    pass_time(hours=2)
    silent.refresh_from_db()
    assert silent.state == "paid"
    check_books()
