"""Charges and refunds at Stripe: PaymentIntents without the owner at hand, which the bank may want to be confirmed.

A declined card is news, not an error. A PaymentIntent that failed is cancelled, so that nothing can pay it later.
"""

from typing import Any

import stripe
from django.conf import settings

from hirehall.money.payments.gateways.port import Entry, GatewayDown, News
from hirehall.money.payments.gateways.stripe import amounts
from hirehall.money.payments.gateways.stripe.calls import (
    KEY,
    api,
    ask_once,
    asking,
    get,
    ref_of,
    remember,
    search,
    since,
)
from hirehall.money.payments.gateways.stripe.cards import parts_of, script

AUTHENTICATE = frozenset({"authentication_required", "requires_action"})
REASONS = {
    "insufficient_funds": "insufficient_funds",
    "expired_card": "card_expired",
    "payment_intent_authentication_failure": "not_confirmed",
}
IMPOSSIBLE = "not_possible"


def charge(key: str, token: str, amount: int, unit: str) -> News | None:
    """Ask a kept card for money, its owner not being there."""
    customer, card, _ = parts_of(token)
    wanted = {
        "currency": unit.lower(),
        "customer": customer,
        "payment_method": card,
        "payment_method_types": ["card"],
        "off_session": True,
        "confirm": True,
        "metadata": {KEY: key},
    }
    intents = api().payment_intents
    try:
        made = ask_once(
            key,
            create=lambda options: intents.create({**wanted, "amount": amounts.to_stripe(amount, unit)}, options),
            retrieve=intents.retrieve,
            find=lambda asked_at: search(intents.list({"customer": customer, "created": since(asked_at)}), key),
        )
    except stripe.CardError as error:
        return declined(key, error)
    except (stripe.InvalidRequestError, amounts.NoSuchAmount):
        return News(f"{key}:{IMPOSSIBLE}", "charge", key, "failed", IMPOSSIBLE)
    return intent_news(key, made)


def declined(key: str, error: stripe.CardError) -> News:
    """A declined card; when the bank only wants its owner to confirm, the charge waits for that."""
    made = get(error.error, "payment_intent")
    if made is not None:
        remember(key, made["id"])
    if error.code in AUTHENTICATE:
        return News(f"{key}:needs_action", "charge", key, "needs_action")
    return News(f"{key}:declined", "charge", key, "failed", reason_of(error.error, error.code))


def reason_of(problem: Any, code: str | None = None) -> str:
    """Why a card was not charged, in our words for it."""
    found = (get(problem, "decline_code"), get(problem, "code"), code)
    return next((REASONS[each] for each in found if each in REASONS), "card_declined")


def intent_news(key: str, made: Any) -> News | None:
    """What the state of a PaymentIntent means; None while there is nothing to tell."""
    status, problem = made["status"], get(made, "last_payment_error")
    news_id = f"{made['id']}:{status}"
    if status == "succeeded":
        return News(news_id, "charge", key, "settled")
    if status == "processing":
        return News(news_id, "charge", key, "processing")
    if status == "requires_action":
        return News(news_id, "charge", key, "needs_action")
    if status == "canceled":
        return News(news_id, "charge", key, "failed", reason_of(problem) if problem is not None else "not_confirmed")
    if status == "requires_payment_method" and problem is not None:
        if get(problem, "code") in AUTHENTICATE:
            return News(f"{news_id}:owner", "charge", key, "needs_action")
        return News(news_id, "charge", key, "failed", reason_of(problem))
    return None


def read_intent(key: str) -> Any:
    """The PaymentIntent of a charge; GatewayDown while we do not know which it is."""
    ref = ref_of(key)
    if not ref:
        raise GatewayDown(f"Stripe has not told us yet which payment {key} is.")
    with asking(key):
        return api().payment_intents.retrieve(ref)


def look(key: str) -> News | None:
    """What Stripe knows of a charge or a refund now."""
    ref = ref_of(key)
    if not ref:
        return None
    with asking(key):
        if key.startswith("refund:"):
            return refund_news(key, api().refunds.retrieve(ref))
        return intent_news(key, api().payment_intents.retrieve(ref))


def ask_owner(key: str) -> Entry:
    made = read_intent(key)
    problem = get(made, "last_payment_error")
    # After a refusal "the owner must be there" the payment has lost its card; the browser names it again.
    card = get(get(problem, "payment_method", {}), "id", "") if made["status"] == "requires_payment_method" else ""
    return Entry(made["id"], made["client_secret"], settings.STRIPE_PUBLIC_KEY, script(), str(card))


def drop(key: str) -> News | None:
    """Cancel a payment that was not confirmed or failed; one that succeeded meanwhile says so instead."""
    if not ref_of(key):
        return None
    try:
        made = read_intent(key)
        if made["status"] not in ("succeeded", "canceled", "processing"):
            with asking(key):
                made = api().payment_intents.cancel(made["id"])
    except stripe.InvalidRequestError:
        made = read_intent(key)
    return intent_news(key, made)


def refund(key: str, charge_key: str, amount: int, unit: str) -> News | None:
    """Give part or all of a charge back; what Stripe will not give back is news."""
    intent = ref_of(charge_key)
    if not intent:
        raise GatewayDown(f"Stripe has not told us yet which payment {charge_key} is.")
    wanted = {"payment_intent": intent, "metadata": {KEY: key}}
    refunds = api().refunds
    try:
        made = ask_once(
            key,
            create=lambda options: refunds.create({**wanted, "amount": amounts.to_stripe(amount, unit)}, options),
            retrieve=refunds.retrieve,
            find=lambda _asked_at: search(refunds.list({"payment_intent": intent}), key),
        )
    except (stripe.InvalidRequestError, amounts.NoSuchAmount):
        return News(f"{key}:{IMPOSSIBLE}", "refund", key, "failed", IMPOSSIBLE)
    return refund_news(key, made)


def refund_news(key: str, made: Any) -> News | None:
    state = {"succeeded": "paid", "failed": "failed", "canceled": "failed"}.get(made["status"])
    if state is None:
        return None
    reason = str(get(made, "failure_reason", IMPOSSIBLE))[:40] if state == "failed" else ""
    return News(f"{made['id']}:{made['status']}", "refund", key, state, reason)
