"""Messages of the gateway: once, in any order, only with the right signature, over real HTTP."""

import json
import threading

import pytest
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django import app

from hirehall.kernel import clock
from hirehall.kernel.errors import NotFound
from hirehall.money.payments import settlement, webhooks
from hirehall.money.payments.actions import escrow, payouts
from hirehall.money.payments.gateways import sandbox
from hirehall.money.payments.gateways.models import SandboxEvent, SandboxObject
from hirehall.money.payments.gateways.port import BadSignature, GatewayDown, News
from hirehall.money.payments.gateways.registry import gateway
from hirehall.money.payments.models import Charge, WebhookReceipt
from hirehall.money.payments.queries import balances_for, escrow_balance
from tests.support.at_once import at_once
from tests.support.jobs import run_jobs, waiting
from tests.support.money import UNIT, check_books, make_card, make_earnings, make_escrow, make_payout_method

ESCROW = "e" * 26


@pytest.fixture
def charge(cast) -> Charge:
    """A charge that is asked of the gateway, of which nothing has been heard."""
    make_card(cast.cyd)
    return escrow.fund_escrow(
        cast.cyd, escrow_id=ESCROW, contract_id="c" * 26, client_id=cast.cyd.party_id, amount=5_000, unit=UNIT, ref="f"
    )


def tell(charge, state, event="evt", reason=""):
    return settlement.take_news("sandbox", News(event, "charge", f"charge:{charge.id}", state, reason))


@pytest.mark.feature("PAY-03")
@pytest.mark.parametrize(
    "order",
    [
        ["processing", "settled"],
        ["settled", "processing"],
        ["settled", "settled", "processing"],
        ["settled", "failed"],
        ["processing", "processing", "settled", "failed", "settled"],
    ],
)
def test_whatever_the_order_a_settled_charge_is_booked_once(charge, order):
    for n, state in enumerate(order):
        tell(charge, state, f"evt {n}")
    charge.refresh_from_db()
    assert (charge.state, escrow_balance(ESCROW, UNIT)) == ("settled", 5_000)
    check_books()


@pytest.mark.feature("PAY-03")
def test_the_same_message_again_is_known(charge):
    assert tell(charge, "settled")
    assert not tell(charge, "settled")
    assert escrow_balance(ESCROW, UNIT) == 5_000


def test_after_a_failure_nothing_is_booked(charge):
    tell(charge, "failed", "one", "card_declined")
    tell(charge, "settled", "two")
    assert escrow_balance(ESCROW, UNIT) == 0


def test_late_news_of_a_paid_withdrawal_and_a_verified_card_change_nothing(cast):
    make_earnings(cast.ada, cast.cyd)
    withdrawal = payouts.withdraw(cast.ada, make_payout_method(cast.ada).id)
    run_jobs()
    settlement.take_news("sandbox", News("x", "payout", f"withdrawal:{withdrawal.id}", "failed", "late"))
    assert balances_for(cast.ada).available == 0
    card = make_card(cast.ada)
    settlement.take_news("sandbox", News("y", "verification", f"method:{card.id}", "failed", "late"))
    card.refresh_from_db()
    assert card.state == "verified"
    check_books()


@pytest.mark.feature("PAY-03")
def test_asking_twice_with_one_key_charges_once(charge):
    for _ in range(3):
        app.tasks["payments.send_charge"].func(charge_id=charge.id)
    assert SandboxObject.objects.filter(kind="charge").count() == 1
    run_jobs()
    assert escrow_balance(ESCROW, UNIT) == 5_000


@pytest.mark.feature("PAY-03")
def test_untidy_sandboxes_repeat_and_turn_their_messages_around(charge, monkeypatch):
    monkeypatch.setattr(sandbox, "UNTIDY_ONE_IN", 1)
    run_jobs()
    assert escrow_balance(ESCROW, UNIT) == 5_000
    assert SandboxEvent.objects.filter(kind="charge", taken_at=None).count() == 0
    check_books()


def signed_event(charge) -> tuple[bytes, str]:
    app.tasks["payments.send_charge"].func(charge_id=charge.id)
    return sandbox.message_of(SandboxEvent.objects.get(kind="charge", state="settled").id)


@pytest.mark.feature("PAY-03")
def test_the_door_takes_signed_messages_only(charge):
    body, signature = signed_event(charge)
    address, visitor = reverse("payments:webhook", args=["sandbox"]), Client(enforce_csrf_checks=True)

    def send(body, signature, to=address):
        return visitor.post(to, body, content_type="application/json", headers={webhooks.SIGNATURE_HEADER: signature})

    for wrong_body, wrong_signature in [
        (body, ""),
        (body, "0.0"),
        (body, "x"),
        (body.replace(b"settled", b"failed"), signature),
        (b"", signature),
    ]:
        assert send(wrong_body, wrong_signature).status_code == 400
    assert not WebhookReceipt.objects.filter(kind="charge").exists()
    assert send(body, signature, reverse("payments:webhook", args=["nobody"])).status_code == 404
    assert send(b"x" * 70_000, signature).status_code == 413
    assert visitor.get(address).status_code == 405
    assert json.loads(send(body, signature).content) == {"taken": True, "new": True}
    assert json.loads(send(body, signature).content) == {"taken": True, "new": False}
    assert escrow_balance(ESCROW, UNIT) == 5_000


def test_an_old_message_is_refused(charge):
    body, signature = signed_event(charge)
    clock.advance(sandbox.SIGNATURE_AGE * 2)
    with pytest.raises(BadSignature):
        webhooks.receive("sandbox", body, signature)


def test_the_sandbox_refuses_what_it_does_not_know(charge):
    with pytest.raises(GatewayDown):
        gateway().charge("charge:x", "tok_unknown", 5, UNIT)
    with pytest.raises(GatewayDown):
        gateway().refund("refund:x", "charge:x", 5, UNIT)
    with pytest.raises(NotFound):
        webhooks.receive("nobody", b"", "")


def test_the_sandbox_refunds_no_more_than_was_charged(cast):
    make_escrow(cast.cyd, 5_000)
    key = SandboxObject.objects.get(kind="charge").key
    gateway().refund("refund:1", key, 3_000, UNIT)
    gateway().refund("refund:1", key, 3_000, UNIT)
    with pytest.raises(GatewayDown):
        gateway().refund("refund:2", key, 2_001, UNIT)


@pytest.mark.django_db(transaction=True)
@pytest.mark.feature("PAY-03")
def test_messages_travel_over_real_http(live_server, cast, settings, monkeypatch):
    settings.PAYMENT_WEBHOOK_URL = f"{live_server.url}/money/webhooks"
    taken = []
    receive = webhooks.receive
    here = threading.get_ident()
    monkeypatch.setattr(webhooks, "receive", lambda *told: taken.append(threading.get_ident()) or receive(*told))
    escrow_id = make_escrow(cast.cyd, 7_000)
    assert escrow_balance(escrow_id, UNIT) == 7_000
    assert taken
    assert here not in taken
    assert waiting() == []
    check_books()


def test_where_nobody_answers_the_message_is_handed_over(charge, settings):
    settings.PAYMENT_WEBHOOK_URL = "http://127.0.0.1:1/money/webhooks"
    run_jobs()
    assert escrow_balance(ESCROW, UNIT) == 5_000


@pytest.mark.django_db(transaction=True)
def test_one_message_at_once_is_booked_once(charge):
    at_once([lambda: tell(charge, "settled")] * 4 + [lambda: tell(charge, "settled", "other")] * 4)
    assert escrow_balance(ESCROW, UNIT) == 5_000
    check_books()
