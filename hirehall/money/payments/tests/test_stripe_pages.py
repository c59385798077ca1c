"""Pages and operations of cards where the payment company has a form of its own, and payments that wait for their owner."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from hirehall.money.payments.actions import charges, escrow
from hirehall.money.payments.models import Charge, Method
from hirehall.money.payments.queries import escrow_balance
from hirehall.people.notifications.models import Notice
from tests.support.cast import browse_as, call_as
from tests.support.jobs import pass_time, run_jobs
from tests.support.money import UNIT, WORKS, check_books, make_card
from tests.support.stripe import shape

MUST_CONFIRM_ALWAYS = "4000002760003184"
ESCROW = "e" * 26


def fund(client) -> Charge:
    made = escrow.fund_escrow(
        client, escrow_id=ESCROW, contract_id="c" * 26, client_id=client.party_id, amount=5_000, unit=UNIT, ref="f",
        memo={"contract_title": "Shop design"},
    )  # fmt: skip
    run_jobs()
    made.refresh_from_db()
    return made


@pytest.mark.feature("PAY-03")
def test_a_card_is_entered_through_the_page_and_no_number_reaches_us(cast, joined):
    browser = browse_as(cast.cyd)
    page = browser.get(reverse("payments:add_method")).content.decode()
    assert f'src="{joined.address}/js.stripe.com/v3/"' in page
    assert 'name="number"' not in page
    assert "Adding a card needs JavaScript" in page
    begun = browser.post(reverse("payments:begin_card")).json()
    assert begun["secret"].startswith(begun["id"])
    # What the script does: the card goes to Stripe alone.
    card = {"number": WORKS, "exp_month": 12, "exp_year": 2031, "cvc": "123"}
    sent = {"key": "pk_test_hirehall", "client_secret": begun["secret"], "payment_method_data": {"type": "card", "card": card}}
    joined.ask(f"/v1/setup_intents/{begun['id']}/confirm", sent)
    answer = browser.post(reverse("payments:add_method"), {"entry": begun["id"], "once": "a"})
    assert (answer.status_code, Method.objects.get().state) == (303, "verifying")
    # Sent again, with the same form or a new one, it is the same card.
    for once in ("a", "b"):
        assert browser.post(reverse("payments:add_method"), {"entry": begun["id"], "once": once}).status_code == 303
    run_jobs()
    assert Method.objects.get().state == "verified"
    # Typed into a form of before, a number is passed over, unread.
    answer = browser.post(reverse("payments:add_method"), {"number": WORKS, "expires": "12/31", "code": "123"})
    assert (answer.status_code, WORKS in answer.content.decode()) == (422, False)


def test_an_unfinished_or_foreign_entry_is_told_and_a_new_one_begins(cast, joined):
    browser = browse_as(cast.cyd)
    foreign = joined.enter(cast.dot)
    for entry, told in [("", "Type your card first"), ("seti_nobody", "no finished card"), (foreign, "no finished card")]:
        answer = browser.post(reverse("payments:add_method"), {"entry": entry})
        assert answer.status_code == 422
        assert told in answer.content.decode()
        assert 'value="seti_' not in answer.content.decode()
    assert not Method.objects.exists()


def test_who_tries_card_after_card_is_stopped(cast, joined):
    browser = browse_as(cast.cyd)
    for _ in range(20):
        assert browser.post(reverse("payments:begin_card")).status_code == 200
    answer = browser.post(reverse("payments:begin_card"))
    assert (answer.status_code, answer.json()["code"]) == (422, "pace:too_fast")


def test_where_a_card_is_typed_here_there_is_nothing_to_begin(cast):
    answer = browse_as(cast.cyd).post(reverse("payments:begin_card"))
    assert (answer.status_code, answer.json()["code"]) == (422, "card:typed_here")


def test_when_stripe_is_away_the_page_says_so(cast, shapes):
    shapes.on("post", "/v1/customers", {"error": {"message": "No.", "type": "api_error"}}, 500)
    answer = browse_as(cast.cyd).post(reverse("payments:begin_card"))
    assert (answer.status_code, answer.json()["code"]) == (422, "payment:gateway_down")


@pytest.mark.feature("PAY-03")
def test_a_program_enters_a_card_and_numbers_are_refused(cast, joined):
    program = Client(headers=call_as(cast.cyd))

    def post(path, **body):
        return program.post(f"/api/v1/money{path}", json.dumps(body), content_type="application/json")

    refused = post("/methods", number=WORKS, expires_on="2031-12-31", code="123")
    assert refused.json()["error"]["code"] == "card:own_form"
    begun = post("/methods/begin").json()
    assert begun["public_key"] == "pk_test_hirehall"
    assert post("/methods", entry=begun["id"]).json()["error"]["code"] == "card:not_entered"
    first = post("/methods", entry=joined.enter(cast.cyd)).json()
    run_jobs()
    second = post("/methods", entry=joined.enter(cast.cyd), replaces=first["id"]).json()
    assert second["replaces_id"] == first["id"]
    run_jobs()
    assert [m["id"] for m in program.get("/api/v1/money/methods").json()] == [second["id"]]


@pytest.mark.feature("PAY-03")
def test_with_the_sandbox_a_payment_waits_for_its_owner_on_our_page(cast):
    make_card(cast.cyd, MUST_CONFIRM_ALWAYS)
    charge = fund(cast.cyd)
    assert charge.state == "needs_action"
    browser, address = browse_as(cast.cyd), reverse("payments:confirm_charge", args=[charge.id])
    assert "Your bank wants you to confirm a payment of $50.00" in Notice.objects.get(kind="money.charge_confirm").title
    for place in ("payments:methods", "web:home"):
        assert address in browser.get(reverse(place)).content.decode()
    page = browser.get(address).content.decode()
    assert "Shop design" in page
    assert "Yes, it is me who pays" in page
    assert browser.post(address).status_code == 303
    run_jobs()
    assert "The payment went through" in browser.get(address).content.decode()
    assert escrow_balance(ESCROW, UNIT) == 5_000
    charges.confirm_charge(cast.cyd, charge.id)
    charges.drop_charge(cast.cyd, charge.id)
    assert run_jobs() == 0
    for other in (cast.dot, cast.ada):
        assert browse_as(other).get(address).status_code == 404
    check_books()


@pytest.mark.parametrize("how", ["by hand", "by time"])
def test_a_payment_that_is_not_confirmed_fails_and_says_why(cast, how):
    make_card(cast.cyd, MUST_CONFIRM_ALWAYS)
    charge = fund(cast.cyd)
    browser, address = browse_as(cast.cyd), reverse("payments:confirm_charge", args=[charge.id])
    if how == "by hand":
        browser.post(address, {"verb": "drop"})
        run_jobs()
    else:
        pass_time(days=3)
    assert "it was not confirmed at the bank" in browser.get(address).content.decode()
    assert escrow_balance(ESCROW, UNIT) == 0
    check_books()


def test_programs_confirm_and_drop_payments(cast):
    make_card(cast.cyd, MUST_CONFIRM_ALWAYS)
    charge = fund(cast.cyd)
    program = Client(headers=call_as(cast.cyd))
    path = f"/api/v1/money/charges/{charge.id}"
    assert program.get(f"{path}/confirmation").json() is None
    assert program.post(f"{path}/confirm").json()["state"] == "needs_action"
    run_jobs()
    assert program.post(f"{path}/drop").json()["state"] == "settled"


def test_the_confirmation_page_of_stripe_carries_what_its_script_needs(cast, shapes):
    Method.objects.create(
        party_id=cast.cyd.party_id, gateway="stripe", token="cus_hall:pm_hall:seti_hall", brand="Visa", last4="4242",
        expires_on="2031-12-31", state="verified", is_default=True, added_at="2026-03-01T00:00Z",
    )  # fmt: skip
    shapes.on("post", "/v1/payment_intents", shape("authentication_required"), 402)
    charge = fund(cast.cyd)
    address = reverse("payments:confirm_charge", args=[charge.id])
    waits = shape("payment_intent", status="requires_payment_method", last_payment_error={"payment_method": {"id": "pm_hall"}})
    shapes.on("get", f"/v1/payment_intents/{waits['id']}", waits)
    page = browse_as(cast.cyd).get(address).content.decode()
    assert f'data-secret="{waits["client_secret"]}"' in page
    assert 'data-card="pm_hall"' in page
    shapes.on("get", f"/v1/payment_intents/{waits['id']}", {"error": {"type": "api_error"}}, 500)
    page = browse_as(cast.cyd).get(address).content.decode()
    assert "The payment company does not answer" in page
