"""Withdrawals through Stripe against recorded shapes of its public API: Connect accounts, transfers, payouts and back."""

import pytest
from django.urls import reverse
from procrastinate.contrib.django import app

from hirehall.kernel.errors import Refused
from hirehall.money.payments.actions import payouts
from hirehall.money.payments.gateways.port import GatewayDown
from hirehall.money.payments.intake import keep_account
from hirehall.money.payments.models import Withdrawal
from hirehall.money.payments.queries import balances_for
from tests.support.cast import browse_as
from tests.support.jobs import run_jobs
from tests.support.money import IBAN, check_books, make_earnings, make_payout_method
from tests.support.stripe import BAD, shape, state_of

TRANSFER, PAYOUT = "tr_1Nhall", "po_1Nhall"


@pytest.fixture
def payee(cast, settings, shapes):
    """Ada has 90.00 earned with the sandbox, and an account that Stripe pays to."""
    key, settings.STRIPE_KEY = settings.STRIPE_KEY, ""
    make_earnings(cast.ada, cast.cyd)
    settings.STRIPE_KEY = key
    shapes.on("post", "/v1/accounts", shape("account"))
    shapes.on("post", "/v1/transfers", shape("transfer"))
    return make_payout_method(cast.ada)


def payout_of(withdrawal, **changes):
    return shape("payout", metadata={"hirehall_key": f"withdrawal:{withdrawal.id}"}, **changes)


@pytest.mark.feature("PAY-03")
def test_a_withdrawal_goes_to_a_connect_account_and_from_there_to_the_bank(cast, payee, shapes):
    assert (payee.gateway, payee.token, payee.label, payee.last4) == ("stripe", "acct_1Nhall", "IBAN DE", "3000")
    account = next(sent for _, path, sent, _ in shapes.asked if path == "/v1/accounts")
    assert (account["country"], account["external_account[currency]"]) == ("DE", "eur")
    withdrawal = payouts.withdraw(cast.ada, payee.id)
    key = f"withdrawal:{withdrawal.id}"
    shapes.on("post", "/v1/payouts", payout_of(withdrawal))
    run_jobs()
    assert state_of(withdrawal) == "processing"
    assert (shapes.keys("/v1/transfers"), shapes.keys("/v1/payouts")) == ([f"{key}:transfer"], [key])
    _, _, sent, headers = next(each for each in shapes.asked if each[1] == "/v1/payouts")
    assert (sent["amount"], sent["currency"], headers["Stripe-Account"]) == ("9000", "usd", "acct_1Nhall")
    shapes.on("get", f"/v1/payouts/{PAYOUT}", payout_of(withdrawal, status="paid"))
    shapes.on("post", "/v1/payouts", BAD, 500)
    app.tasks["payments.send_payout"].func(withdrawal_id=withdrawal.id)
    assert (state_of(withdrawal), len(shapes.keys("/v1/transfers"))) == ("paid", 1)
    check_books()


@pytest.mark.feature("PAY-03")
def test_a_payout_that_fails_is_brought_back_from_the_connect_account_first(cast, payee, shapes):
    withdrawal = payouts.withdraw(cast.ada, payee.id)
    shapes.on("post", "/v1/payouts", payout_of(withdrawal, status="failed", failure_code="account_closed"))
    shapes.on("post", f"/v1/transfers/{TRANSFER}/reversals", shape("transfer_reversal"))
    run_jobs()
    assert (state_of(withdrawal), withdrawal.reason) == ("failed", "account_closed")
    assert shapes.keys(f"/v1/transfers/{TRANSFER}/reversals") == [f"withdrawal:{withdrawal.id}:back"]
    assert balances_for(cast.ada).available == 9_000
    check_books()


def test_a_payout_that_stripe_refuses_and_one_whose_transfer_is_refused(cast, payee, shapes):
    first = payouts.withdraw(cast.ada, payee.id, 4_000)
    shapes.on("post", "/v1/payouts", BAD, 400)
    shapes.on("post", f"/v1/transfers/{TRANSFER}/reversals", BAD, 400)
    shapes.on("get", f"/v1/transfers/{TRANSFER}", shape("transfer"))
    with pytest.raises(GatewayDown):
        run_jobs()
    assert state_of(first) == "asked"
    shapes.on("get", f"/v1/transfers/{TRANSFER}", shape("transfer", reversed=True))
    run_jobs()
    assert (state_of(first), first.reason) == ("failed", "payout_refused")
    second = payouts.withdraw(cast.ada, payee.id, 4_000)
    shapes.on("post", "/v1/transfers", BAD, 400)
    run_jobs()
    assert (state_of(second), Withdrawal.objects.count()) == ("failed", 2)
    assert balances_for(cast.ada).available == 9_000
    check_books()


def test_wallets_and_trouble_with_an_account_are_told_to_the_person(cast, shapes):
    with pytest.raises(Refused) as caught:
        keep_account("wallet", "ada@wallet.example", "Ada Obi")
    assert caught.value.code == "payout:not_offered"
    shapes.on("post", "/v1/accounts", BAD, 500)
    with pytest.raises(Refused) as caught:
        keep_account("bank", IBAN, "Ada Obi")
    assert caught.value.code == "payment:gateway_down"


def test_the_holder_of_an_account_says_at_stripe_who_they_are(cast, payee, shapes):
    shapes.on("post", "/v1/account_links", shape("account_link"))
    browser, address = browse_as(cast.ada), reverse("payments:payout_details", args=[payee.id])
    assert address in browser.get(reverse("payments:methods")).content.decode()
    assert browser.get(address)["Location"] == shape("account_link")["url"]
    sent = shapes.asked[-1][2]
    assert (sent["account"], sent["return_url"]) == ("acct_1Nhall", "http://testserver/money/methods/")
    assert browse_as(cast.ben).get(address).status_code == 404
    # Before that it is not paid, and the reason says why.
    withdrawal = payouts.withdraw(cast.ada, payee.id)
    refused = {"error": {"code": "insufficient_capabilities_for_transfer", "message": "No.", "type": "invalid_request_error"}}
    shapes.on("post", "/v1/transfers", refused, 400)
    run_jobs()
    assert (state_of(withdrawal), withdrawal.reason) == ("failed", "account_incomplete")
    assert "wants to know more" in browser.get(reverse("payments:overview")).content.decode()


def test_the_sandbox_asks_nothing_of_the_holder(cast):
    mine = make_payout_method(cast.ada)
    browser = browse_as(cast.ada)
    address = reverse("payments:payout_details", args=[mine.id])
    assert address not in browser.get(reverse("payments:methods")).content.decode()
    assert browser.get(address)["Location"] == "http://testserver/money/methods/"
