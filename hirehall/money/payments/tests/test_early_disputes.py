"""A bank disputes a payment of which its own message has not come yet: told when that has."""

import pytest
from procrastinate.contrib.django import app

from hirehall.kernel.models import Event
from hirehall.money.ledger.queries import balance
from hirehall.money.payments import settlement
from hirehall.money.payments.actions import escrow
from hirehall.money.payments.gateways.port import News
from hirehall.money.payments.models import Chargeback, Debt
from hirehall.money.payments.queries import escrow_balance
from tests.support.jobs import _finish, waiting
from tests.support.money import UNIT, check_all_books, make_card

ESCROW = "e" * 26


def run_but_charges() -> None:
    """All jobs but the one that asks the gateway, which would tell its own story."""
    while todo := [job for job in waiting() if job.task_name != "payments.send_charge"]:
        for job in todo:
            app.tasks[job.task_name].func(**job.args)
            _finish(job.id)


@pytest.mark.feature("PAY-03", "PAY-07")
@pytest.mark.parametrize("order", [["opened", "lost", "settled"], ["lost", "opened", "settled"], ["opened", "settled", "lost"]])
def test_a_dispute_before_the_payment_is_told_after_it(cast, order):
    make_card(cast.cyd)
    charge = escrow.fund_escrow(
        cast.cyd, escrow_id=ESCROW, contract_id="c" * 26, client_id=cast.cyd.party_id, amount=5_000, unit=UNIT, ref="f"
    )
    for n, state in enumerate(order):
        kind, about = ("charge", {}) if state == "settled" else ("dispute", {"amount": 5_000, "unit": UNIT, "about": "dp_1"})
        settlement.take_news("sandbox", News(f"evt {n}", kind, f"charge:{charge.id}", state, **about))
        run_but_charges()
        check_all_books()
    told = [event.name for event in Event.objects.filter(subject_id=charge.id, name__startswith="charge:").order_by("id")]
    assert told == ["charge:asked", "charge:settled", "charge:disputed", "charge:dispute_lost"]
    chargeback = Chargeback.objects.get()
    assert (chargeback.frozen_minor, chargeback.settled_at is not None, Debt.objects.exists()) == (5_000, True, False)
    assert (escrow_balance(ESCROW, UNIT), balance("gateway", "", UNIT)) == (0, 0)
