"""Cards and charges with the real client of Stripe against the real localstripe."""

import pytest

from hirehall.kernel.errors import Refused
from hirehall.money.payments.actions import charges, escrow
from hirehall.money.payments.gateways.models import GatewayRef, SandboxObject
from hirehall.money.payments.gateways.port import Card, GatewayDown
from hirehall.money.payments.gateways.registry import gateway
from hirehall.money.payments.models import Charge, Method, Refund
from hirehall.money.payments.queries import balances_for, escrow_balance, has_verified_method
from tests.support.jobs import run_jobs
from tests.support.money import UNIT, check_books, make_card

WORKS, DECLINED = "4242424242424242", "4000000000000002"
SECURE, SECURE_THEN_DECLINED, DECLINED_LATER = "4000002500003155", "4000008260003178", "4000000000000341"
ESCROW = "e" * 26


def fund(client, amount=5_000, escrow_id=ESCROW) -> Charge:
    made = escrow.fund_escrow(
        client, escrow_id=escrow_id, contract_id="c" * 26, client_id=client.party_id, amount=amount, unit=UNIT,
        ref=f"fund:{escrow_id}",
    )  # fmt: skip
    run_jobs()
    made.refresh_from_db()
    return made


@pytest.mark.feature("PAY-03")
def test_a_card_is_entered_at_stripe_and_verified(cast, joined):
    method = joined.add_card(cast.cyd)
    assert (method.gateway, method.brand, method.last4, method.state) == ("stripe", "Visa", "4242", "verified")
    assert (method.expires_on.isoformat(), method.is_default) == ("2031-12-31", True)
    assert has_verified_method(cast.cyd.party_id)
    # One customer a party, however many cards.
    joined.add_card(cast.cyd)
    assert joined.http.asked.count("post /v1/customers") == 1


@pytest.mark.feature("PAY-03")
def test_a_card_with_3d_secure_is_verified_after_its_owner_said_yes(cast, joined):
    assert joined.add_card(cast.cyd, SECURE).state == "verified"


@pytest.mark.feature("PAY-03")
def test_a_declined_card_never_becomes_a_method(cast, joined):
    with pytest.raises(OSError, match="402"):
        joined.enter(cast.cyd, DECLINED)
    unfinished = gateway().begin_card(cast.cyd.party_id, cast.cyd.name)
    assert gateway().finish_card(cast.cyd.party_id, unfinished.id) is None
    assert not Method.objects.exists()


def test_nobody_finishes_the_entry_of_another(cast, joined):
    entry = joined.enter(cast.cyd)
    assert gateway().finish_card(cast.dot.party_id, entry) is None
    for nonsense in ("", "seti_nobody", "pi_1", "seti_../../x", "seti_\u0663"):
        assert gateway().finish_card(cast.cyd.party_id, nonsense) is None
    with pytest.raises(GatewayDown):
        gateway().keep_card(Card(WORKS, None, "123"))


@pytest.mark.feature("PAY-03")
def test_a_charge_is_settled_by_the_answer_itself(cast, joined):
    joined.add_card(cast.cyd)
    charge = fund(cast.cyd)
    assert (charge.state, escrow_balance(ESCROW, UNIT)) == ("settled", 5_000)
    intent = joined.ask(f"/v1/payment_intents/{GatewayRef.objects.get(key=f'charge:{charge.id}').ref}")
    assert (intent["amount"], intent["currency"]) == (5_000, "usd")
    assert intent["metadata"] == {"hirehall_key": f"charge:{charge.id}"}
    check_books()


@pytest.mark.feature("PAY-03")
def test_a_card_that_is_declined_when_charged_says_so(cast, joined):
    joined.add_card(cast.cyd, DECLINED_LATER)
    charge = fund(cast.cyd)
    assert (charge.state, charge.reason, escrow_balance(ESCROW, UNIT)) == ("failed", "card_declined", 0)
    check_books()


@pytest.mark.feature("PAY-03")
def test_a_payment_that_the_bank_wants_confirmed_waits_and_is_settled(cast, joined):
    joined.add_card(cast.cyd, SECURE)
    charge = fund(cast.cyd)
    assert charge.state == "needs_action"
    entry = gateway().ask_owner(f"charge:{charge.id}")
    confirm = f"/v1/payment_intents/{entry.id}/_authenticate?success=true"
    joined.ask(confirm, {"key": "pk_test_hirehall", "client_secret": entry.secret})
    charges.confirm_charge(cast.cyd, charge.id)
    run_jobs()
    charge.refresh_from_db()
    assert (charge.state, escrow_balance(ESCROW, UNIT)) == ("settled", 5_000)


@pytest.mark.feature("PAY-03")
def test_refunds_of_a_part_the_rest_and_no_more(cast, joined):
    joined.add_card(cast.cyd)
    charge = fund(cast.cyd)
    back = {"escrow_id": ESCROW, "contract_id": "c" * 26, "client_id": cast.cyd.party_id, "unit": UNIT}
    escrow.return_escrow(**back, amount=2_000, ref="one")
    escrow.return_escrow(**back, amount=3_000, ref="two")
    run_jobs()
    assert [(r.amount_minor, r.state) for r in Refund.objects.order_by("id")] == [(2_000, "paid"), (3_000, "paid")]
    intent = GatewayRef.objects.get(key=f"charge:{charge.id}").ref
    there = joined.ask(f"/v1/refunds?payment_intent={intent}")["data"]
    assert sorted(r["amount"] for r in there) == [2_000, 3_000]
    with pytest.raises(Refused) as caught:
        escrow.return_escrow(**back, amount=1, ref="three")
    assert caught.value.code == "ledger:too_little"
    assert balances_for(cast.cyd).available == 0
    check_books()


@pytest.mark.feature("PAY-03")
def test_asking_again_is_asking_once_even_when_the_answer_was_lost(cast, joined):
    joined.add_card(cast.cyd)
    joined.http.lose_next = True
    with pytest.raises(GatewayDown):
        fund(cast.cyd)
    charge = Charge.objects.get()
    # Stripe has the payment, we have its key and no name for it: the next try brings both together.
    assert GatewayRef.objects.get(key=f"charge:{charge.id}").ref == ""
    run_jobs()
    run_jobs()
    charge.refresh_from_db()
    assert (charge.state, escrow_balance(ESCROW, UNIT)) == ("settled", 5_000)
    made = [p for p in joined.ask("/v1/payment_intents?limit=100")["data"] if p["metadata"].get("hirehall_key") == f"charge:{charge.id}"]
    assert len(made) == 1
    check_books()


def test_cards_of_the_sandbox_go_on_working_beside_stripe(cast, settings, joined):
    key = settings.STRIPE_KEY
    settings.STRIPE_KEY = ""
    old = make_card(cast.dot)
    settings.STRIPE_KEY = key
    assert gateway().name == "stripe"
    charge = fund(cast.dot, escrow_id="d" * 26)
    assert (charge.method, charge.state) == (old, "settled")
    assert SandboxObject.objects.filter(kind="charge").count() == 1
