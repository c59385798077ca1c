"""Messages of the gateway: once, in any order, only with the right signature, over real HTTP."""

import json
import threading
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django import app

from hirehall.kernel import clock
from hirehall.kernel.errors import NotFound
from hirehall.kernel.models import Event
from hirehall.money.payments import settlement, webhooks
from hirehall.money.payments.actions import escrow, payouts
from hirehall.money.payments.gateways import sandbox
from hirehall.money.payments.gateways.models import SandboxEvent, SandboxObject
from hirehall.money.payments.gateways.port import BadSignature, GatewayDown, News
from hirehall.money.payments.gateways.registry import gateway
from hirehall.money.payments.models import Charge, Chargeback, Refund, WebhookReceipt
from hirehall.money.payments.queries import balances_for, escrow_balance
from tests.support.at_once import at_once
from tests.support.jobs import pass_time, run_jobs, waiting
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
    settlement.take_news("sandbox", News("x", "payout", f"withdrawal:{withdrawal.id}", "processing", "late"))
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


@pytest.mark.feature("PAY-03")
def test_a_message_before_the_call_has_answered_is_taken_and_the_answer_changes_nothing(charge, monkeypatch):
    """The sandbox's message is delivered while our own call to it has not come back yet."""
    ask = sandbox.Sandbox.charge

    def charge_and_tell(self, key, *rest):
        ask(self, key, *rest)
        for event in SandboxEvent.objects.filter(kind="charge").order_by("-made_at", "-id"):
            webhooks.receive("sandbox", *sandbox.message_of(event.id))

    monkeypatch.setattr(sandbox.Sandbox, "charge", charge_and_tell)
    run_jobs()
    assert escrow_balance(ESCROW, UNIT) == 5_000
    check_books()


def test_what_nobody_asked_is_passed_over(charge):
    for kind, key in [("charge", "charge:nobody"), ("nonsense", f"charge:{charge.id}"), ("refund", "refund:x")]:
        assert not settlement.take_news("sandbox", News("n", kind, key, "settled"))
    assert not settlement.take_news("stripe", News("n", "charge", f"charge:{charge.id}", "settled"))
    assert not WebhookReceipt.objects.filter(id__endswith=":n").exists()


@pytest.mark.feature("PAY-03")
@pytest.mark.parametrize(("number", "ends"), [("4000000000000259", "lost"), ("4000000000002685", "won")])
def test_a_card_of_the_sandbox_is_disputed_an_hour_later_and_decided_a_week_later(cast, number, ends):
    make_card(cast.cyd, number)
    escrow_id = make_escrow(cast.cyd, 7_000)
    assert escrow_balance(escrow_id, UNIT) == 7_000
    assert not Chargeback.objects.exists()
    pass_time(hours=1)
    kept = Chargeback.objects.get()
    assert (kept.state, kept.amount_minor, kept.unit, kept.reason) == ("opened", 7_000, UNIT, "fraudulent")
    assert kept.answer_by > kept.opened_at
    pass_time(days=7)
    kept.refresh_from_db()
    assert (kept.state, kept.closed_at is not None) == (ends, True)
    about = {"party": cast.cyd.party_id, "purpose": "escrow", "subject_id": escrow_id, "amount": 7_000, "unit": UNIT}
    told = Event.objects.filter(name__startswith="charge:disp").order_by("id")
    assert [event.name for event in told] == ["charge:disputed", f"charge:dispute_{ends}"]
    assert all(event.data.items() >= about.items() for event in told)


@pytest.mark.feature("PAY-03")
def test_the_sandbox_lists_what_it_knows_and_tells_when_asked(cast):
    make_card(cast.cyd, "4000000000000259")
    since = clock.now()
    escrow_id = make_escrow(cast.cyd, 5_000)
    charge = Charge.objects.get()
    back = {"escrow_id": escrow_id, "contract_id": "c" * 26, "client_id": cast.cyd.party_id, "unit": UNIT}
    escrow.return_escrow(**back, amount=2_000, ref="r")
    run_jobs()
    key = f"charge:{charge.id}"

    def listed():
        found = gateway().list_movements(since, clock.now() + timedelta(seconds=1))
        return sorted((m.kind, m.key, m.amount, m.unit, m.state) for m in found)

    refund = ("refund", f"refund:{Refund.objects.get().id}", 2_000, UNIT, "paid")
    assert listed() == [("charge", key, 5_000, UNIT, "settled"), refund]
    pass_time(hours=1)
    assert listed() == [("charge", key, 5_000, UNIT, "settled"), ("dispute", key, 5_000, UNIT, "opened"), refund]
    assert list(gateway().list_movements(clock.now() + timedelta(days=1), clock.now() + timedelta(days=2))) == []
    assert gateway().look(key).state == "settled"
    assert gateway().look("charge:nobody") is None


@pytest.mark.feature("PAY-03")
def test_a_refund_that_comes_back_after_it_was_paid_is_the_clients_again(cast):
    escrow_id = make_escrow(cast.cyd, 5_000)
    (refund,) = escrow.return_escrow(
        escrow_id=escrow_id, contract_id="c" * 26, client_id=cast.cyd.party_id, amount=2_000, unit=UNIT, ref="r"
    )
    run_jobs()
    settlement.take_news("sandbox", News("back", "refund", f"refund:{refund.id}", "failed", "account_closed"))
    settlement.take_news("sandbox", News("late", "refund", f"refund:{refund.id}", "paid"))
    assert balances_for(cast.cyd).available == 2_000
    check_books()


def test_what_the_sandbox_has_not(db):
    for ask in (lambda: gateway().begin_card("p", "n"), lambda: gateway().ask_owner("charge:x")):
        with pytest.raises(GatewayDown):
            ask()
    assert gateway().finish_card("p", "e") is None
