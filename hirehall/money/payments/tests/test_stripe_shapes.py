"""What localstripe lacks, against recorded shapes of Stripe's public API: long silences, the bank's questions."""

import json
from datetime import timedelta

import pytest
import stripe

from hirehall.kernel import clock
from hirehall.money.payments.actions import charges, escrow
from hirehall.money.payments.gateways.port import GatewayDown
from hirehall.money.payments.gateways.registry import gateway
from hirehall.money.payments.gateways.stripe import amounts
from hirehall.money.payments.models import Charge, Method, Refund
from hirehall.money.payments.queries import balances_for, escrow_balance
from tests.support.jobs import pass_time, run_jobs
from tests.support.money import UNIT, check_books
from tests.support.stripe import BAD, join, shape, state_of

ESCROW = "e" * 26
INTENT = "pi_3Nhall0000000000000001"


@pytest.fixture
def charge(cast, shapes) -> Charge:
    Method.objects.create(
        party_id=cast.cyd.party_id, gateway="stripe", token="cus_hall:pm_hall:seti_hall", brand="Visa", last4="4242",
        expires_on="2031-12-31", state="verified", is_default=True, added_at=clock.now(),
    )  # fmt: skip
    return escrow.fund_escrow(
        cast.cyd, escrow_id=ESCROW, contract_id="c" * 26, client_id=cast.cyd.party_id, amount=5_000, unit=UNIT, ref="f"
    )


def intent_of(charge, **changes):
    return shape("payment_intent", metadata={"hirehall_key": f"charge:{charge.id}"}, **changes)


@pytest.mark.feature("PAY-03")
def test_a_payment_that_needs_its_owner_waits_is_confirmed_and_settled(cast, charge, shapes):
    shapes.on("post", "/v1/payment_intents", shape("authentication_required"), 402)
    run_jobs()
    assert state_of(charge) == "needs_action"
    waits = intent_of(charge, status="requires_payment_method", last_payment_error={"code": "authentication_required", "payment_method": {"id": "pm_hall"}})
    shapes.on("get", f"/v1/payment_intents/{INTENT}", waits)
    entry = gateway().ask_owner(f"charge:{charge.id}")
    assert (entry.secret, entry.card, entry.public_key) == (f"{INTENT}_secret_x", "pm_hall", "pk_test_hirehall")
    # Saying so is not enough: Stripe has to say it too.
    charges.confirm_charge(cast.cyd, charge.id)
    run_jobs()
    assert state_of(charge) == "needs_action"
    shapes.on("get", f"/v1/payment_intents/{INTENT}", intent_of(charge))
    charges.confirm_charge(cast.cyd, charge.id)
    run_jobs()
    assert (state_of(charge), escrow_balance(ESCROW, UNIT)) == ("settled", 5_000)


@pytest.mark.feature("PAY-03")
def test_a_payment_that_nobody_confirms_is_given_up(charge, shapes):
    shapes.on("post", "/v1/payment_intents", shape("authentication_required"), 402)
    run_jobs()
    shapes.on("get", f"/v1/payment_intents/{INTENT}", intent_of(charge, status="requires_payment_method"))
    shapes.on("post", f"/v1/payment_intents/{INTENT}/cancel", intent_of(charge, status="canceled"))
    pass_time(days=2, hours=23)
    assert state_of(charge) == "needs_action"
    pass_time(hours=1)
    assert (state_of(charge), charge.reason) == ("failed", "not_confirmed")


def test_giving_up_what_was_paid_meanwhile_settles_it(cast, charge, shapes):
    shapes.on("post", "/v1/payment_intents", shape("authentication_required"), 402)
    run_jobs()
    shapes.on("get", f"/v1/payment_intents/{INTENT}", intent_of(charge))
    charges.drop_charge(cast.cyd, charge.id)
    run_jobs()
    assert state_of(charge) == "settled"


@pytest.mark.parametrize(
    ("name", "status", "reason"), [("insufficient_funds", 402, "insufficient_funds"), ("refund_too_much", 400, "not_possible")]
)
def test_what_will_never_work_is_a_failure_with_its_reason(charge, shapes, name, status, reason):
    shapes.on("post", "/v1/payment_intents", shape(name), status)
    shapes.on("get", f"/v1/payment_intents/{INTENT}", intent_of(charge, status="canceled"))
    run_jobs()
    assert (state_of(charge), charge.reason) == ("failed", reason)


@pytest.mark.feature("PAY-03")
@pytest.mark.parametrize("status", [500, 503, 429, 401, 403, 409])
def test_trouble_at_stripe_is_tried_again_and_within_one_call_with_one_key(charge, shapes, status):
    shapes.on("post", "/v1/payment_intents", BAD, status)
    with pytest.raises(GatewayDown):
        run_jobs()
    keys = shapes.keys("/v1/payment_intents")
    assert set(keys) == {f"charge:{charge.id}"}
    assert len(keys) == (3 if status in (500, 503, 409) else 1)
    assert state_of(charge) == "asked"
    shapes.on("post", "/v1/payment_intents", intent_of(charge))
    run_jobs()
    assert (state_of(charge), escrow_balance(ESCROW, UNIT)) == ("settled", 5_000)


def test_a_broken_line_is_tried_again(charge, shapes):
    shapes.on("post", "/v1/payment_intents", stripe.APIConnectionError("cut", should_retry=True))
    with pytest.raises(GatewayDown):
        run_jobs()
    assert len(shapes.asked) == 3


@pytest.mark.feature("PAY-03")
def test_after_a_day_without_an_answer_stripe_is_searched_before_it_is_asked(charge, shapes):
    shapes.on("post", "/v1/payment_intents", BAD, 500)
    with pytest.raises(GatewayDown):
        run_jobs()
    asked = len(shapes.keys("/v1/payment_intents"))
    clock.advance(timedelta(hours=24))
    shapes.on("get", "/v1/payment_intents", shape("list", data=[shape("payment_intent", id="pi_other"), intent_of(charge)]))
    run_jobs()
    assert (state_of(charge), escrow_balance(ESCROW, UNIT)) == ("settled", 5_000)
    assert len(shapes.keys("/v1/payment_intents")) == asked
    sent = next(sent for method, path, sent, _ in shapes.asked if (method, path) == ("get", "/v1/payment_intents"))
    assert sent["customer"] == "cus_hall"
    assert "created[gte]" in sent


def test_a_payment_of_which_nothing_is_heard_is_asked_after(charge, shapes):
    shapes.on("post", "/v1/payment_intents", intent_of(charge, status="processing"))
    run_jobs()
    assert state_of(charge) == "processing"
    shapes.on("get", f"/v1/payment_intents/{INTENT}", intent_of(charge))
    pass_time(hours=5)
    assert state_of(charge) == "processing"
    pass_time(hours=1)
    assert state_of(charge) == "settled"


@pytest.mark.feature("PAY-03")
def test_a_refund_that_stripe_refuses_stays_with_the_client(cast, charge, shapes):
    shapes.on("post", "/v1/payment_intents", intent_of(charge))
    run_jobs()
    shapes.on("post", "/v1/refunds", shape("refund_too_much"), 400)
    escrow.return_escrow(
        escrow_id=ESCROW, contract_id="c" * 26, client_id=cast.cyd.party_id, amount=3_001, unit=UNIT, ref="r"
    )
    run_jobs()
    assert (Refund.objects.get().state, balances_for(cast.cyd).available) == ("failed", 3_001)
    check_books()


@pytest.mark.feature("PAY-03")
def test_everything_that_stripe_knows_of_a_span_is_listed(charge, shapes):
    shapes.on("post", "/v1/payment_intents", intent_of(charge))
    run_jobs()
    key = f"charge:{charge.id}"
    shapes.on("get", "/v1/payment_intents", shape("list", data=[intent_of(charge), shape("payment_intent", id="pi_x", status="canceled", currency="jpy")]))
    shapes.on("get", "/v1/refunds", shape("list", data=[shape("refund", metadata={"hirehall_key": "refund:r"})]))
    shapes.on("get", "/v1/transfers", shape("list", data=[shape("transfer"), shape("transfer", reversed=True)]))
    shapes.on("get", "/v1/disputes", shape("list", data=[shape("dispute"), shape("dispute", status="won")]))
    since = clock.now() - timedelta(days=1)
    found = list(gateway().list_movements(since, clock.now()))
    assert [(m.kind, m.key, m.amount, m.unit, m.state) for m in found] == [
        ("charge", key, 5_000, "USD", "settled"),
        ("charge", "", 5_000, "JPY", "failed"),
        ("refund", "refund:r", 2_000, "USD", "paid"),
        ("payout", "", 9_000, "USD", "paid"),
        ("payout", "", 9_000, "USD", "failed"),
        ("dispute", key, 5_000, "USD", "opened"),
        ("dispute", key, 5_000, "USD", "won"),
    ]
    assert all(m.at == clock.now() for m in found)
    span = next(sent for method, path, sent, _ in shapes.asked if method == "get" and path == "/v1/refunds")
    assert span["created[gte]"] == str(int(since.timestamp()))


@pytest.mark.parametrize(
    ("unit", "ours", "theirs"),
    [
        ("USD", 1_234, 1_234), ("JPY", 500, 500), ("KWD", 1_230, 1_230), ("ISK", 5, 500), ("UGX", 100, 10_000),
        ("HUF", 1_045, 1_045), ("XAF", 77, 77),
    ],
)  # fmt: skip
def test_amounts_are_counted_as_stripe_counts_them(unit, ours, theirs):
    assert amounts.to_stripe(ours, unit) == theirs
    assert amounts.from_stripe(theirs, unit.lower()) == (ours, unit)


def test_an_amount_between_two_steps_is_refused_before_and_fails_after(cast, charge, shapes, settings):
    assert (gateway("sandbox").step("KWD"), gateway().step("KWD"), gateway().step("USD")) == (1, 10, 1)
    with pytest.raises(amounts.NoSuchAmount):
        amounts.to_stripe(1_234, "KWD")
    token = "cus_hall:pm_hall:seti_hall"
    assert gateway().charge("charge:x", token, 1_234, "KWD").reason == "not_possible"
    assert gateway().pay_out("withdrawal:x", "acct_1", 1_234, "KWD").reason == "payout_refused"
    assert shapes.asked == []


def test_settings_ask_for_all_of_it(settings):
    join(settings, "")
    assert gateway().form_script() == ("https://js.stripe.com/v3/", "pk_test_hirehall")
    assert json.dumps(gateway("sandbox").form_script()) == '["", ""]'
