"""Withdrawals at Stripe that a bank turns back after they were paid, and accounts by local numbers: recorded shapes."""

import pytest

from hirehall.kernel import clock
from hirehall.kernel.errors import Refused
from hirehall.money.payments import webhooks
from hirehall.money.payments.actions import payouts
from hirehall.money.payments.actions.withdrawals import retry_withdrawal
from hirehall.money.payments.intake import keep_local_account
from hirehall.money.payments.models import Withdrawal
from hirehall.money.payments.queries import balances_for
from hirehall.people.notifications.queries import list_notices_for
from tests.support.jobs import pass_time, run_jobs
from tests.support.money import check_books, make_earnings, make_payout_method
from tests.support.stripe import BAD, shape, signed, state_of

TRANSFER = "tr_1Nhall"
REVERSALS = f"/v1/transfers/{TRANSFER}/reversals"


@pytest.fixture
def sent(cast, settings, shapes):
    """Ada's 90.00 on their way through Stripe."""
    key, settings.STRIPE_KEY = settings.STRIPE_KEY, ""
    make_earnings(cast.ada, cast.cyd)
    settings.STRIPE_KEY = key
    shapes.on("post", "/v1/accounts", shape("account"))
    shapes.on("post", "/v1/transfers", shape("transfer"))
    withdrawal = payouts.withdraw(cast.ada, make_payout_method(cast.ada).id)
    shapes.on("post", "/v1/payouts", payout_of(withdrawal))
    run_jobs()
    assert state_of(withdrawal) == "processing"
    return withdrawal


def payout_of(withdrawal, **changes):
    return shape("payout", metadata={"hirehall_key": f"withdrawal:{withdrawal.id}"}, **changes)


def tell(withdrawal, status: str, name: str, event_id: str, **more) -> bool:
    event = shape("event", id=event_id, type=f"payout.{name}", data={"object": payout_of(withdrawal, status=status, **more)})
    return webhooks.receive("stripe", *signed(event, int(clock.now().timestamp())))


@pytest.mark.feature("PAY-05", "PAY-03")
def test_a_payout_that_fails_after_it_was_paid_is_sent_back_by_the_bank(cast, sent, shapes):
    assert tell(sent, "paid", "paid", "evt_paid")
    assert (state_of(sent), balances_for(cast.ada).available) == ("paid", 0)
    shapes.on("post", REVERSALS, shape("transfer_reversal"))
    pass_time(days=2)
    assert tell(sent, "failed", "failed", "evt_failed", failure_code="no_account")
    assert not tell(sent, "failed", "failed", "evt_failed", failure_code="no_account")
    tell(sent, "failed", "updated", "evt_updated", failure_code="no_account")
    tell(sent, "paid", "paid", "evt_late")
    assert (state_of(sent), sent.reason) == ("returned", "account_closed")
    assert set(shapes.keys(REVERSALS)) == {f"withdrawal:{sent.id}:back"}
    assert (balances_for(cast.ada).available, balances_for(cast.ada).on_the_way) == (9_000, 0)
    run_jobs()
    assert "sent your withdrawal of $90.00 back" in list_notices_for(cast.ada)[0].title
    check_books()


@pytest.mark.feature("PAY-05")
def test_until_the_money_is_back_from_the_connect_account_nothing_is_given_back(cast, sent, shapes):
    tell(sent, "paid", "paid", "evt_paid")
    shapes.on("post", REVERSALS, BAD, 400)
    shapes.on("get", f"/v1/transfers/{TRANSFER}", shape("transfer"))
    with pytest.raises(Exception, match="did not give the money"):
        tell(sent, "failed", "failed", "evt_failed", failure_code="no_account")
    assert (state_of(sent), balances_for(cast.ada).available) == ("paid", 0)
    shapes.on("get", f"/v1/transfers/{TRANSFER}", shape("transfer", reversed=True))
    assert tell(sent, "failed", "failed", "evt_failed", failure_code="no_account")
    assert (state_of(sent), balances_for(cast.ada).available) == ("returned", 9_000)
    check_books()


@pytest.mark.feature("PAY-05")
@pytest.mark.parametrize("order", [("failed", "paid"), ("canceled", "paid"), ("paid", "failed", "paid", "failed")])
def test_whatever_comes_first_the_money_comes_back_once(cast, sent, shapes, order):
    shapes.on("post", REVERSALS, shape("transfer_reversal"))
    for place, status in enumerate(order):
        tell(sent, status, status, f"evt_{place}")
    assert state_of(sent) in ("failed", "returned")
    assert balances_for(cast.ada).available == 9_000
    again = retry_withdrawal(cast.ada, sent.id)
    assert (again.amount_minor, Withdrawal.objects.count()) == (9_000, 2)
    check_books()


@pytest.mark.feature("PAY-05", "PAY-03")
@pytest.mark.parametrize(
    ("country", "parts", "routing", "currency"),
    [
        ("US", {"routing": "021000021", "account": "000123456789"}, "021000021", "usd"),
        ("GB", {"sort_code": "20-00-00", "account": "55779911"}, "200000", "gbp"),
        ("CA", {"institution": "003", "transit": "00010", "account": "1234567"}, "00010-003", "cad"),
        ("AU", {"bsb": "062-000", "account": "12345678"}, "062000", "aud"),
        ("IN", {"ifsc": "hdfc0001234", "account": "50100123456789"}, "HDFC0001234", "inr"),
    ],
)
def test_an_account_by_local_numbers_goes_to_stripe_in_its_words(cast, shapes, country, parts, routing, currency):
    shapes.on("post", "/v1/accounts", shape("account"))
    kept = keep_local_account(country, parts, "Ada Obi")
    assert (kept.gateway, kept.brand, kept.last4) == ("stripe", f"Bank {country}", parts["account"][-4:])
    sent = next(sent for _, path, sent, _ in shapes.asked if path == "/v1/accounts")
    about = {name: sent[f"external_account[{name}]"] for name in ("routing_number", "currency", "country", "account_holder_name")}
    assert about == {"routing_number": routing, "currency": currency, "country": country, "account_holder_name": "Ada Obi"}


@pytest.mark.feature("PAY-05")
def test_an_account_that_stripe_does_not_know_is_refused_in_words(cast, shapes):
    with pytest.raises(Refused) as caught:
        keep_local_account("KE", {"bank_code": "01", "branch_code": "094", "account": "1234567890"}, "Ada Obi")
    assert (caught.value.code, caught.value.field) == ("payout:not_offered", "kind")
    assert not shapes.asked
