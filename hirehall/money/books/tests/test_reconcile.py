"""The gateway's list beside ours: each kind of difference is planted, and found in exact words."""

import os
import tracemalloc
from datetime import timedelta

import pytest
from django.db import connection

from hirehall.kernel import clock
from hirehall.money.books import queries, reconcile, tasks
from hirehall.money.books.models import Finding
from hirehall.money.payments import settlement
from hirehall.money.payments.actions import payouts
from hirehall.money.payments.actions.withdrawal_holds import decide_hold
from hirehall.money.payments.actions.withdrawals import take_back_withdrawal
from hirehall.money.payments.gateways.models import SandboxObject
from hirehall.money.payments.gateways.port import Movement, News
from hirehall.money.payments.gateways.sandbox import Sandbox
from hirehall.money.payments.models import Charge, Refund, Withdrawal
from tests.support.books import make_busy_market
from tests.support.jobs import pass_time, run_jobs
from tests.support.money import CLOSED_IBAN, RETURNING_IBAN, check_books, make_earnings, make_payout_method

pytestmark = [pytest.mark.django_db, pytest.mark.feature("PAY-09")]
LONG = os.environ.get("HIREHALL_LONG") == "1"


@pytest.fixture
def busy(cast):
    make_busy_market(cast)
    pass_time(hours=8)
    return cast


def said() -> list[str]:
    """What a reconciliation says now."""
    tasks.compare_with("sandbox")
    return list(Finding.objects.filter(check_name="gateway sandbox", state="open").order_by("id").values_list("sentence", flat=True))


def movement(key: str, kind: str, amount: int, unit: str, state: str) -> Movement:
    return Movement(f"their-{key}", key, kind, amount, unit, state, clock.now())


def theirs(key: str):
    return SandboxObject.objects.filter(key=key)


def ours(model, **values):
    return model.objects.filter(**values).first()


def test_when_both_agree_nothing_is_found(busy):
    assert said() == []
    assert queries.last_runs()["gateway sandbox"].compared == 8


def test_missing_here(busy):
    charge = ours(Charge, purpose="connects")
    theirs(f"charge:{charge.id}").update(key="charge:unheardof")
    assert "sandbox has charge:unheardof of $1.50 (settled); we have no such row." in said()


def test_missing_there(busy):
    charge = ours(Charge, purpose="connects")
    theirs(f"charge:{charge.id}").delete()
    assert said() == [f"We asked for charge:{charge.id} of $1.50 (settled); sandbox does not know it."]


def test_doubled(busy, monkeypatch):
    refund = ours(Refund)
    first = Sandbox.list_movements

    def twice(self, since, until):
        yield from first(self, since, until)
        yield movement(f"refund:{refund.id}", "refund", 4_000, "USD", "paid")

    monkeypatch.setattr(Sandbox, "list_movements", twice)
    assert said() == [f"sandbox has refund:{refund.id} 2 times, $80.00 together."]


@pytest.mark.parametrize(
    ("model", "word", "mine"), [(Charge, "charge", "$1.50"), (Refund, "refund", "$40.00"), (Withdrawal, "withdrawal", "$100.00")]
)
def test_changed_amount_unit_and_state(busy, model, word, mine):
    wanted = {"purpose": "connects"} if model is Charge else {"state": "paid"}
    row = ours(model, **wanted)
    key = f"{word}:{row.id}"
    kept = theirs(key).get()
    theirs(key).update(amount_minor=kept.amount_minor + 1)
    assert said() == [f"{key} is {mine} here and {mine[:-1]}1 at sandbox."]
    pass_time(minutes=1)
    theirs(key).update(amount_minor=kept.amount_minor, unit="KWD")
    assert said() == [f"{key} is in USD here and in KWD at sandbox."]
    pass_time(minutes=1)
    theirs(key).update(unit="USD", state="failed")
    assert said() == [f"{key} is {row.state} here and failed at sandbox."]
    pass_time(minutes=1)
    theirs(key).update(state=kept.state)
    assert said() == []
    assert set(Finding.objects.values_list("state", flat=True)) == {"cleared"}


def test_an_entry_that_is_missing_or_different_or_too_much(busy):
    charge, paid = ours(Charge, purpose="connects"), ours(Withdrawal, state="paid")
    failed = ours(Withdrawal, state="failed")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_transfer DISABLE TRIGGER ledger_transfer_no_change")
        cursor.execute("UPDATE ledger_transfer SET amount = 149 WHERE ref = %s", [f"charge:{charge.id}"])
        cursor.execute("UPDATE ledger_transfer SET ref = %s WHERE ref = %s", [f"payout:{failed.id}", f"payout:{paid.id}"])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert said() == [
        f"charge:{charge.id} of $1.50 is settled; the ledger has $1.49.",
        f"withdrawal:{paid.id} of $100.00 is paid; the ledger has no entry for it.",
        f"withdrawal:{failed.id} is failed, yet the ledger has $100.00 for it.",
    ]


def test_messages_that_are_under_way_are_no_finding(cast):
    make_earnings(cast.ada, cast.cyd)
    payout = make_payout_method(cast.ada)
    withdrawal = payouts.withdraw(cast.ada, payout.id, 5_000)
    run_jobs()
    Withdrawal.objects.update(state="processing")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_transfer DISABLE TRIGGER ledger_transfer_no_change")
        cursor.execute("DELETE FROM ledger_transfer WHERE ref = %s", [f"payout:{withdrawal.id}"])
    assert said() == []
    pass_time(hours=7)
    assert said() == [f"withdrawal:{withdrawal.id} is processing here and paid at sandbox."]


def test_a_refund_that_a_bank_turned_back_days_later_is_no_finding(busy):
    refund = ours(Refund, state="paid")
    key = f"refund:{refund.id}"
    settlement.take_news("sandbox", News("evt_back", "refund", key, "failed", "account_closed"))
    theirs(key).update(state="failed")
    assert said() == []


def test_an_amount_of_a_unit_that_nobody_knows_is_told_too(busy, monkeypatch):
    monkeypatch.setattr(Sandbox, "list_movements", lambda self, a, b: iter([movement("charge:odd", "charge", 7, "QQQ", "settled")]))
    assert "sandbox has charge:odd of 7 QQQ (settled); we have no such row." in said()


@pytest.mark.slow
def test_ten_times_as_many_movements_need_no_more_memory(busy, monkeypatch):
    def many(count):
        def listed(self, since, until):
            for number in range(count):
                yield movement(f"charge:{number}", "charge", 100, "USD", "settled")

        return listed

    span = reconcile.Span(clock.now() - timedelta(days=1), clock.now())
    peaks = []
    for count in (20_000, 200_000) if LONG else (10_000, 40_000):
        monkeypatch.setattr(Sandbox, "list_movements", many(count))
        tracemalloc.start()
        with reconcile.gateway_list(Sandbox().list_movements(span.since, span.until)) as compared:
            assert compared == count
            assert sum(1 for one in reconcile.list_differences("sandbox", span) if one.kind == "missing_here") == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.2, peaks


@pytest.mark.feature("PAY-05")
def test_withdrawals_that_wait_are_held_or_come_back_agree_in_every_state(cast):
    make_earnings(cast.ada, cast.cyd, 600_000)
    good, back = make_payout_method(cast.ada), make_payout_method(cast.ada, RETURNING_IBAN)
    closed = make_payout_method(cast.ada, CLOSED_IBAN)
    pass_time(days=1)
    payouts.withdraw(cast.ada, good.id, 1_000)
    returned = payouts.withdraw(cast.ada, back.id, 1_100)
    payouts.withdraw(cast.ada, closed.id, 1_200)
    payouts.withdraw(cast.ada, good.id, 1_300, undo=True)
    held = payouts.withdraw(cast.ada, closed.id, 200_000)
    undone = payouts.withdraw(cast.ada, good.id, 1_400, undo=True)
    take_back_withdrawal(cast.ada, undone.id)
    run_jobs()
    assert said() == []
    check_books()
    pass_time(days=3)
    returned.refresh_from_db()
    held.refresh_from_db()
    assert (returned.state, held.state) == ("returned", "held")
    assert said() == []
    check_books()
    decide_hold(cast.sam, held.hold.id, False, "The owner says that it was not asked for.")
    run_jobs()
    assert said() == []
    # One that came back, whose money is not booked, is found.
    Withdrawal.objects.filter(pk=returned.pk).update(state="paid", asked_at=clock.now() - timedelta(days=1))
    assert any("returned at sandbox" in sentence for sentence in said())
