"""Messages of Stripe: the signature, the age by our own clock, and what each means for us."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import stripe
from django.conf import settings

from hirehall.kernel import clock
from hirehall.money.payments.gateways.port import BadSignature, GatewayDown, News
from hirehall.money.payments.gateways.stripe import amounts
from hirehall.money.payments.gateways.stripe.calls import api, asking, get, key_by_ref, key_of, remember
from hirehall.money.payments.gateways.stripe.cards import setup_news
from hirehall.money.payments.gateways.stripe.charges import intent_news, refund_news
from hirehall.money.payments.gateways.stripe.payouts import payout_news

SIGNATURE_HEADER = "Stripe-Signature"
SIGNATURE_AGE = timedelta(minutes=5)
# A dispute that asks a question first is no claim for money yet; the others are open until they are decided.
QUESTIONS = ("warning_needs_response", "warning_under_review", "warning_closed")
ENDS = {"won": "won", "lost": "lost"}


def read(body: bytes, signature: str) -> News | None:
    """A message that Stripe signed not long ago; None when it is about nothing that we asked."""
    try:
        event = stripe.Webhook.construct_event(body, signature, settings.STRIPE_WEBHOOK_SECRET, tolerance=0)
    except (stripe.SignatureVerificationError, UnicodeDecodeError) as error:
        raise BadSignature("The signature does not fit the message.") from error
    signed_at = datetime.fromtimestamp(_signed_at(signature), UTC)
    if abs(clock.now() - signed_at) > SIGNATURE_AGE:
        raise BadSignature("The message is too old.")
    thing = event["data"]["object"]
    reader = _READERS.get(event["type"].rpartition(".")[0]) or _READERS.get(event["type"])
    news = reader(thing) if reader else None
    # Stripe's own name of the message keeps a repeated one apart from a new one that says the same.
    return news and News(**{**vars(news), "id": event["id"]})


def _signed_at(signature: str) -> int:
    parts = dict(part.partition("=")[::2] for part in signature.split(","))
    try:
        return int(parts["t"])
    except (KeyError, ValueError) as error:
        raise BadSignature("The signature has no time.") from error


def _intent(made: Any) -> News | None:
    key = key_of(made)
    if not key.startswith("charge:"):
        return None
    # It may be faster than the answer to our own call.
    remember(key, made["id"])
    return intent_news(key, made)


def _setup(made: Any) -> News | None:
    key = key_by_ref(made["id"])
    return setup_news(key, made) if key else None


def _refund(made: Any) -> News | None:
    key = key_of(made)
    if not key.startswith("refund:"):
        return None
    remember(key, made["id"])
    return refund_news(key, made)


def _payout(made: Any) -> News | None:
    key = key_of(made)
    if not key.startswith("withdrawal:"):
        return None
    remember(key, made["id"])
    return payout_news(key, made)


def _dispute(made: Any) -> News | None:
    """A dispute carries no metadata of ours: its payment leads to the charge."""
    intent = get(made, "payment_intent")
    if intent is None or made["status"] in QUESTIONS:
        return None
    intent = intent if isinstance(intent, str) else str(intent["id"])
    key = key_by_ref(intent) or _key_at_stripe(intent)
    if not key.startswith("charge:"):
        return None
    amount, unit = amounts.from_stripe(made["amount"], made["currency"])
    due = get(get(made, "evidence_details", {}), "due_by")
    due_at = datetime.fromtimestamp(due, UTC) if due else None
    state = ENDS.get(made["status"], "opened")
    reason = str(get(made, "reason", ""))[:40]
    return News(f"{made['id']}:{made['status']}", "dispute", key, state, reason, amount, unit, made["id"], due_at)


def _key_at_stripe(intent: str) -> str:
    try:
        with asking("the payment of a dispute"):
            return key_of(api().payment_intents.retrieve(intent))
    except stripe.InvalidRequestError as error:
        raise GatewayDown("Stripe does not know the payment of its own dispute.") from error


_READERS: Mapping[str, Callable[[Any], News | None]] = {
    "payment_intent": _intent,
    "setup_intent": _setup,
    "refund": _refund,
    "charge.refund": _refund,
    "charge.dispute": _dispute,
    "payout": _payout,
}
