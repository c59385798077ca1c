"""Cards at Stripe: one customer a party, a SetupIntent for each card, and 3-D Secure where the bank wants it.

The number is typed into Stripe's own frame in the browser and never passes through us. A token of ours names the
customer, the card and the SetupIntent that proved it.
"""

import calendar
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import stripe
from django.conf import settings

from hirehall.money.payments.gateways.port import Entry, GatewayDown, Kept, News
from hirehall.money.payments.gateways.stripe.calls import NAME, PARTY, api, ask_once, asking, get, remember

SCRIPT = "https://js.stripe.com/v3/"
BRANDS = {"amex": "American Express", "diners": "Diners Club", "jcb": "JCB", "unionpay": "UnionPay"}
STATES = {"succeeded": "verified", "requires_action": "needs_action", "canceled": "failed", "requires_payment_method": "failed"}


def script() -> str:
    """Where the browser takes Stripe's script from; a stand-in serves its own below the same path."""
    base = settings.STRIPE_API_BASE
    return f"{base}/js.stripe.com/v3/" if base else SCRIPT


def token_of(customer: str, card: str, proof: str) -> str:
    return f"{customer}:{card}:{proof}"


def parts_of(token: str) -> tuple[str, str, str]:
    customer, card, proof = token.split(":")
    return customer, card, proof


def customer_of(party_id: str, name: str) -> str:
    """The party's customer at Stripe, made at its first card. One made twice after a long silence does no harm."""
    made = ask_once(
        f"party:{party_id}",
        create=lambda options: api().customers.create({"name": name, "metadata": {PARTY: party_id}}, options),
        retrieve=lambda ref: {"id": ref},
        find=lambda _since: None,
    )
    return str(made["id"])


def begin(party_id: str, name: str) -> Entry:
    """A SetupIntent that the browser will confirm."""
    customer = customer_of(party_id, name)
    wanted = {
        "customer": customer,
        "usage": "off_session",
        "payment_method_types": ["card"],
        "metadata": {PARTY: party_id},
    }
    with _plain("a new card"):
        made = api().setup_intents.create(wanted, {"idempotency_key": f"setup:{secrets.token_urlsafe(18)}"})
    return Entry(made["id"], made["client_secret"], settings.STRIPE_PUBLIC_KEY, script())


def finish(party_id: str, entry_id: str) -> Kept | None:
    """The card of a SetupIntent that its own party has confirmed."""
    if not entry_id.startswith("seti_") or not entry_id.isascii() or not entry_id.replace("_", "").isalnum():
        return None
    try:
        with asking("reading a new card"):
            made = api().setup_intents.retrieve(entry_id)
            if get(get(made, "metadata", {}), PARTY) != party_id or not get(made, "payment_method"):
                return None
            if STATES.get(made["status"]) == "failed":
                return None
            kept = api().payment_methods.retrieve(_id(made["payment_method"]))
    except stripe.InvalidRequestError:
        return None
    card = kept["card"]
    year, month = int(card["exp_year"]), int(card["exp_month"])
    ends = date(year, month, calendar.monthrange(year, month)[1])
    token = token_of(_id(made["customer"]), kept["id"], made["id"])
    brand = BRANDS.get(card["brand"], str(card["brand"]).title())[:20]
    return Kept(NAME, token, brand, str(card["last4"]), ends)


def verify(key: str, token: str) -> News | None:
    """What has become of the SetupIntent: usually confirmed in the browser already."""
    proof = parts_of(token)[2]
    with _plain(key):
        made = api().setup_intents.retrieve(proof)
    remember(key, proof)
    return setup_news(key, made)


def setup_news(key: str, made: Any) -> News | None:
    state = STATES.get(made["status"])
    if state is None:
        return None
    reason = "card_declined" if state == "failed" else ""
    return News(f"{made['id']}:{made['status']}", "verification", key, state, reason)


def forget(token: str) -> None:
    """Take the card from its customer, so that nobody can charge it any more. One that is gone is gone."""
    try:
        with asking("forgetting a card"):
            api().payment_methods.detach(parts_of(token)[1])
    except stripe.InvalidRequestError:
        return


def _id(thing: Any) -> str:
    return thing if isinstance(thing, str) else str(thing["id"])


@contextmanager
def _plain(what: str) -> Iterator[None]:
    """Where not even a wrong request is final, because a person or a job will try again."""
    try:
        with asking(what):
            yield
    except (stripe.InvalidRequestError, stripe.CardError) as error:
        raise GatewayDown(f"Stripe did not do {what}.") from error
