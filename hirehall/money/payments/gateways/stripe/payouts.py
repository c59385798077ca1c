"""Payouts at Stripe: a Connect account for each bank account, a transfer to it, and a payout from it.

What fails on the way is brought back from the Connect account by a reversal, before our own books give it back.
"""

from collections.abc import Mapping
from typing import Any

import stripe

from hirehall.money.payments.gateways.port import GatewayDown, Kept, News, NotOffered
from hirehall.money.payments.gateways.stripe import amounts
from hirehall.money.payments.gateways.stripe.calls import (
    KEY,
    NAME,
    api,
    ask_once,
    asking,
    get,
    ref_of,
    search,
    since,
)

# Country of an IBAN -> currency of its accounts where that is not the euro. Stripe pays out in the account's own.
CURRENCIES = {"GB": "gbp", "CH": "chf", "LI": "chf", "SE": "sek", "NO": "nok", "DK": "dkk", "PL": "pln", "CZ": "czk", "RO": "ron", "HU": "huf"}  # fmt: skip
# Country -> currency of its accounts, and what Stripe calls their routing number, of the parts of our local forms.
ROUTINGS = {
    "US": ("usd", "{routing}"),
    "GB": ("gbp", "{sort_code}"),
    "CA": ("cad", "{transit}-{institution}"),
    "AU": ("aud", "{bsb}"),
    "IN": ("inr", "{ifsc}"),
}
INCOMPLETE = frozenset({"insufficient_capabilities_for_transfer", "payouts_not_allowed", "transfers_not_allowed"})
GONE = frozenset({"account_closed", "bank_account_restricted", "invalid_account_number", "no_account"})


def keep_account(kind: str, account: str, holder_name: str, key: str) -> Kept:
    """A Connect account that can be paid to, with the bank account of this IBAN behind it."""
    if kind != "bank":
        raise NotOffered("Stripe pays to bank accounts.")
    country = account[:2]
    numbers = {"currency": CURRENCIES.get(country, "eur"), "account_number": account}
    return _keep(country, numbers, holder_name, key, f"IBAN {country}", account[-4:])


def keep_local_account(country: str, parts: Mapping[str, str], holder_name: str, key: str) -> Kept:
    """The same for an account that is written in the way of its country, where Stripe knows that way."""
    if country not in ROUTINGS:
        raise NotOffered("Stripe is given no accounts of this country by their local numbers.")
    currency, routing = ROUTINGS[country]
    account = parts["account"]
    numbers = {"currency": currency, "account_number": account, "routing_number": routing.format(**parts)}
    return _keep(country, numbers, holder_name, key, f"Bank {country}", account[-4:])


def _keep(country: str, numbers: dict[str, str], holder_name: str, key: str, label: str, last4: str) -> Kept:
    """Stripe has to know the holder before it pays, and asks on a page of its own (`details_page`)."""
    wanted = {
        "country": country,
        "controller": {
            "requirement_collection": "stripe",
            "losses": {"payments": "application"},
            "fees": {"payer": "application"},
            "stripe_dashboard": {"type": "express"},
        },
        "capabilities": {"transfers": {"requested": True}},
        "settings": {"payouts": {"schedule": {"interval": "manual"}}},
        "external_account": {"object": "bank_account", "country": country, "account_holder_name": holder_name, **numbers},
        "metadata": {KEY: key},
    }
    with asking("a new account"):
        made = api().accounts.create(wanted, {"idempotency_key": key})
    return Kept(NAME, made["id"], label, last4)


def pay_out(key: str, token: str, amount: int, unit: str) -> News | None:
    """First to the Connect account, then from there to the bank; each asked for once."""
    if amount % amounts.step(unit):
        return News(f"{key}:amount", "payout", key, "failed", "payout_refused")
    moving = {"amount": amounts.to_stripe(amount, unit), "currency": unit.lower(), "metadata": {KEY: key}}
    transfers, payouts = api().transfers, api().payouts
    there = {"stripe_account": token}
    try:
        ask_once(
            f"{key}:transfer",
            create=lambda options: transfers.create({**moving, "destination": token}, options),
            retrieve=lambda ref: {"id": ref},
            find=lambda asked_at: search(transfers.list({"destination": token, "created": since(asked_at)}), key),
        )
    except stripe.InvalidRequestError as error:
        return News(f"{key}:transfer", "payout", key, "failed", reason_of(error.code))
    try:
        made = ask_once(
            key,
            create=lambda options: payouts.create(moving, {**options, **there}),
            retrieve=lambda ref: payouts.retrieve(ref, options=there),
            find=lambda asked_at: search(payouts.list({"created": since(asked_at)}, there), key),
        )
    except stripe.InvalidRequestError as error:
        bring_back(key)
        return News(f"{key}:payout", "payout", key, "failed", reason_of(error.code))
    return payout_news(key, made)


def payout_news(key: str, made: Any) -> News | None:
    """What the state of a payout means. A failed one has its money brought back first."""
    state = {"paid": "paid", "pending": "processing", "in_transit": "processing", "failed": "failed", "canceled": "failed"}
    found = state[made["status"]]
    if found == "failed":
        bring_back(key)
        return News(f"{made['id']}:{made['status']}", "payout", key, found, reason_of(get(made, "failure_code")))
    return News(f"{made['id']}:{made['status']}", "payout", key, found)


def bring_back(key: str) -> None:
    """Take the transfer of a failed payout back from the Connect account."""
    transfer = ref_of(f"{key}:transfer")
    if not transfer:
        raise GatewayDown(f"Stripe has not told us yet which transfer {key} is.")
    try:
        with asking(f"the reversal of {key}"):
            reversed_by = {"metadata": {KEY: key}}
            api().transfers.reversals.create(transfer, reversed_by, {"idempotency_key": f"{key}:back"})
    except stripe.InvalidRequestError as error:
        with asking(f"the transfer of {key}"):
            made = api().transfers.retrieve(transfer)
        if not get(made, "reversed", False):
            raise GatewayDown(f"Stripe did not give the money of {key} back: {error.code}.") from error


def details_page(token: str, back: str) -> str:
    """The address of Stripe's page where the holder of an account says who they are; good for some minutes, once."""
    wanted = {"account": token, "type": "account_onboarding", "return_url": back, "refresh_url": back}
    with asking("the page of an account"):
        return str(api().account_links.create(wanted)["url"])


def reason_of(code: str | None) -> str:
    if code in INCOMPLETE:
        return "account_incomplete"
    return "account_closed" if code in GONE else "payout_refused"
