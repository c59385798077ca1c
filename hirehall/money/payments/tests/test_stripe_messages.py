"""Messages of Stripe: signed, once, in any order, and sometimes faster than the answer; with the real client."""

import json
import threading
import time
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from hirehall.kernel import clock
from hirehall.kernel.models import Event
from hirehall.money.payments import webhooks
from hirehall.money.payments.actions import escrow, methods
from hirehall.money.payments.gateways.models import GatewayRef
from hirehall.money.payments.gateways.port import BadSignature, GatewayDown, Kept
from hirehall.money.payments.gateways.registry import gateway
from hirehall.money.payments.models import Charge, Chargeback, Method, Refund, WebhookReceipt
from hirehall.money.payments.queries import balances_for, escrow_balance
from tests.support.jobs import run_jobs
from tests.support.money import UNIT, check_books
from tests.support.stripe import SIGNING, shape, signed

ESCROW = "e" * 26
INTENT = "pi_3Nhall0000000000000001"


@pytest.fixture
def charge(cast, shapes) -> Charge:
    """A charge that waits to be sent to a Stripe of recorded shapes."""
    Method.objects.create(
        party_id=cast.cyd.party_id, gateway="stripe", token="cus_hall:pm_hall:seti_hall", brand="Visa", last4="4242",
        expires_on="2031-12-31", state="verified", is_default=True, added_at=clock.now(),
    )  # fmt: skip
    return escrow.fund_escrow(
        cast.cyd, escrow_id=ESCROW, contract_id="c" * 26, client_id=cast.cyd.party_id, amount=5_000, unit=UNIT, ref="f"
    )


def intent_of(charge, status="succeeded", **changes):
    return shape("payment_intent", status=status, metadata={"hirehall_key": f"charge:{charge.id}"}, **changes)


def message(thing, kind, event_id="evt_1"):
    event = shape("event", id=event_id, type=kind, data={"object": thing})
    return signed(event, int(clock.now().timestamp()))


def tell(thing, kind, event_id="evt_1"):
    return webhooks.receive("stripe", *message(thing, kind, event_id))


@pytest.mark.feature("PAY-03")
def test_the_door_takes_what_stripe_signed_lately_and_nothing_else(charge):
    address, visitor = reverse("payments:webhook", args=["stripe"]), Client(enforce_csrf_checks=True)
    body, signature = message(intent_of(charge), "payment_intent.succeeded")

    def send(body, signature):
        return visitor.post(address, body, content_type="application/json", headers={"Stripe-Signature": signature})

    now = int(clock.now().timestamp())
    forged = signed(json.loads(body), now, secret="whsec_of_somebody_else")[1]
    old = signed(json.loads(body), now - 301)[1]
    ahead = signed(json.loads(body), now + 301)[1]
    for wrong_body, wrong in [
        (body, ""), (body, "t=1,v1=x"), (body, "v1=x"), (body, "nonsense"), (body, forged), (body, old), (body, ahead),
        (body.replace(b"5000", b"9000"), signature), (b"\xff", signature),
    ]:  # fmt: skip
        assert send(wrong_body, wrong).status_code == 400
    # The sandbox's own header is worth nothing here.
    assert visitor.post(address, body, content_type="application/json", headers={"Gateway-Signature": signature}).status_code == 400
    assert not WebhookReceipt.objects.exists()
    assert json.loads(send(body, signature).content) == {"taken": True, "new": True}
    assert json.loads(send(body, signature).content) == {"taken": True, "new": False}
    assert escrow_balance(ESCROW, UNIT) == 5_000


def test_without_stripe_there_is_no_such_door(cast):
    assert Client().post(reverse("payments:webhook", args=["stripe"]), b"{}", content_type="application/json").status_code == 404


@pytest.mark.feature("PAY-03")
def test_a_message_before_the_call_has_answered_is_enough(charge, shapes):
    """Stripe's message comes in while our own call still waits for its answer."""

    def answer_late(_sent):
        assert tell(intent_of(charge), "payment_intent.succeeded")
        return intent_of(charge)

    shapes.on("post", "/v1/payment_intents", answer_late)
    run_jobs()
    charge.refresh_from_db()
    assert (charge.state, escrow_balance(ESCROW, UNIT)) == ("settled", 5_000)
    assert GatewayRef.objects.get(key=f"charge:{charge.id}").ref == INTENT
    check_books()


@pytest.mark.feature("PAY-03")
def test_a_message_is_enough_when_the_answer_never_comes(charge, shapes):
    def no_answer(_sent):
        tell(intent_of(charge), "payment_intent.succeeded")
        raise GatewayDown("cut off")

    shapes.on("post", "/v1/payment_intents", no_answer)
    with pytest.raises(GatewayDown):
        run_jobs()
    assert escrow_balance(ESCROW, UNIT) == 5_000
    # The job tries again: it reads what there is, and asks for nothing new.
    shapes.on("get", f"/v1/payment_intents/{INTENT}", intent_of(charge))
    run_jobs()
    assert len(shapes.keys("/v1/payment_intents")) == 1
    check_books()


@pytest.mark.feature("PAY-03")
@pytest.mark.parametrize(
    "order",
    [
        ["processing", "succeeded"], ["succeeded", "processing"], ["succeeded", "succeeded", "processing"],
        ["requires_action", "succeeded"], ["succeeded", "requires_action"], ["succeeded", "canceled"],
    ],
)  # fmt: skip
def test_whatever_the_order_and_however_late_it_is_booked_once(charge, order):
    for n, status in enumerate(order):
        tell(intent_of(charge, status), f"payment_intent.{status}", f"evt_{n}")
        clock.advance(timedelta(hours=7))
    charge.refresh_from_db()
    assert (charge.state, escrow_balance(ESCROW, UNIT)) == ("settled", 5_000)
    check_books()


def test_a_failure_is_told_with_its_reason_and_the_payment_can_not_be_made_later(charge, shapes):
    failed = intent_of(charge, "requires_payment_method", last_payment_error={"code": "card_declined", "decline_code": "insufficient_funds"})
    tell(failed, "payment_intent.payment_failed")
    charge.refresh_from_db()
    assert (charge.state, charge.reason) == ("failed", "insufficient_funds")
    shapes.on("post", "/v1/payment_intents", failed)
    shapes.on("get", f"/v1/payment_intents/{INTENT}", failed)
    shapes.on("post", f"/v1/payment_intents/{INTENT}/cancel", intent_of(charge, "canceled"))
    run_jobs()
    assert ("post", f"/v1/payment_intents/{INTENT}/cancel") in [(m, p) for m, p, _, _ in shapes.asked]


def test_what_another_market_or_nobody_asked_is_not_ours(charge):
    stranger = shape("payment_intent", metadata={"hirehall_key": f"charge:{'z' * 26}"})
    for event_id, thing, kind in [
        ("a", shape("payment_intent"), "payment_intent.succeeded"), ("b", stranger, "payment_intent.succeeded"),
        ("c", {"id": "cus_1", "object": "customer"}, "customer.created"), ("d", shape("refund"), "refund.updated"),
        ("e", shape("payout"), "payout.paid"), ("f", {"id": "seti_1", "status": "succeeded"}, "setup_intent.succeeded"),
        ("g", shape("dispute", payment_intent=None), "charge.dispute.created"),
        ("h", shape("dispute", status="warning_needs_response"), "charge.dispute.created"),
    ]:  # fmt: skip
        assert not tell(thing, kind, event_id)
    assert not WebhookReceipt.objects.exists()


@pytest.mark.feature("PAY-03")
@pytest.mark.parametrize("order", [["needs_response", "lost"], ["lost", "needs_response"], ["lost", "lost", "won"]])
def test_a_dispute_of_the_bank_is_kept_and_told_in_any_order(charge, shapes, order):
    tell(intent_of(charge), "payment_intent.succeeded", "evt_paid")
    for n, status in enumerate(order):
        kind = "created" if status == "needs_response" else "closed"
        tell(shape("dispute", status=status), f"charge.dispute.{kind}", f"evt_{n}")
    kept = Chargeback.objects.get()
    assert (kept.state, kept.amount_minor, kept.unit, kept.reason, kept.ref) == ("lost", 5_000, UNIT, "fraudulent", "du_3Nhall")
    assert kept.answer_by.isoformat() == "2026-03-24T12:00:00+00:00"
    told = [e.name for e in Event.objects.filter(name__startswith="charge:disp").order_by("id")]
    assert told == ["charge:disputed", "charge:dispute_lost"]
    assert Event.objects.get(name="charge:disputed").data["chargeback"] == kept.id


def test_a_dispute_that_is_won(charge):
    tell(intent_of(charge), "payment_intent.succeeded", "evt_paid")
    tell(shape("dispute"), "charge.dispute.created", "evt_a")
    tell(shape("dispute", status="under_review"), "charge.dispute.updated", "evt_b")
    tell(shape("dispute", status="won"), "charge.dispute.closed", "evt_c")
    assert Chargeback.objects.get().state == "won"
    assert Event.objects.filter(name="charge:dispute_won").count() == 1


def test_a_dispute_finds_its_charge_at_stripe_when_we_never_learned_the_name(charge, shapes):
    shapes.on("get", f"/v1/payment_intents/{INTENT}", intent_of(charge))
    assert tell(shape("dispute"), "charge.dispute.created")
    shapes.on("get", f"/v1/payment_intents/{INTENT}", {"error": {"message": "No such payment_intent", "type": "invalid_request_error"}}, 404)
    with pytest.raises(GatewayDown):
        tell(shape("dispute", id="du_2"), "charge.dispute.created", "evt_2")
    address = reverse("payments:webhook", args=["stripe"])
    body, signature = message(shape("dispute", id="du_2"), "charge.dispute.created", "evt_3")
    answer = Client().post(address, body, content_type="application/json", headers={"Stripe-Signature": signature})
    assert answer.status_code == 503


@pytest.mark.feature("PAY-03")
def test_a_refund_that_the_bank_turns_back_after_days_comes_to_the_balance(charge, shapes, cast):
    tell(intent_of(charge), "payment_intent.succeeded", "evt_paid")
    shapes.on("get", f"/v1/payment_intents/{INTENT}", intent_of(charge))
    (refund,) = escrow.return_escrow(
        escrow_id=ESCROW, contract_id="c" * 26, client_id=cast.cyd.party_id, amount=2_000, unit=UNIT, ref="r"
    )
    there = {"metadata": {"hirehall_key": f"refund:{refund.id}"}}
    shapes.on("post", "/v1/refunds", shape("refund", status="pending", **there))
    run_jobs()
    assert Refund.objects.get().state == "asked"
    tell(shape("refund", **there), "refund.updated", "evt_r1")
    assert Refund.objects.get().state == "paid"
    tell(shape("refund", status="failed", failure_reason="expired_or_canceled_card", **there), "charge.refund.updated", "evt_r2")
    assert (Refund.objects.get().state, balances_for(cast.cyd).available) == ("failed", 2_000)
    tell(shape("refund", **there), "refund.updated", "evt_r3")
    assert balances_for(cast.cyd).available == 2_000
    check_books()


def test_news_of_a_setup_finds_its_card(cast, shapes):
    kept = Kept("stripe", "cus_hall:pm_hall:seti_hall", "Visa", "4242", clock.now().date())
    method = methods.add_method(cast.cyd, kept)
    waits = {"id": "seti_hall", "status": "requires_action", "metadata": {}}
    shapes.on("get", "/v1/setup_intents/seti_hall", waits)
    run_jobs()
    method.refresh_from_db()
    assert method.state == "needs_action"
    assert tell({**waits, "status": "succeeded"}, "setup_intent.succeeded")
    method.refresh_from_db()
    assert method.state == "verified"


def test_a_signature_without_a_time_is_none(shapes):
    with pytest.raises(BadSignature):
        gateway("stripe").read(b"{}", "")


@pytest.mark.django_db(transaction=True)
@pytest.mark.real_time
@pytest.mark.feature("PAY-03")
def test_localstripe_delivers_its_messages_to_our_door(live_server, cast, joined, monkeypatch):
    joined.ask("/_config/webhooks/hirehall", {"url": f"{live_server.url}/money/webhooks/stripe/", "secret": SIGNING})
    taken, here, receive = [], threading.get_ident(), webhooks.receive
    monkeypatch.setattr(webhooks, "receive", lambda *told: taken.append((threading.get_ident(), receive(*told))))
    joined.add_card(cast.cyd)
    charge = escrow.fund_escrow(
        cast.cyd, escrow_id=ESCROW, contract_id="c" * 26, client_id=cast.cyd.party_id, amount=5_000, unit=UNIT, ref="f"
    )
    # The answer is lost, so only the message can tell; the job would try again later.
    joined.http.lose_next = True
    with pytest.raises(GatewayDown):
        run_jobs()
    for _ in range(100):
        charge.refresh_from_db()
        if charge.state == "settled":
            break
        time.sleep(0.1)
    assert (charge.state, escrow_balance(ESCROW, UNIT)) == ("settled", 5_000)
    assert any(is_new and thread != here for thread, is_new in taken)
    run_jobs()
    assert escrow_balance(ESCROW, UNIT) == 5_000
    check_books()
