"""Calls to Stripe: the client, what its errors mean, and asking for each thing once.

Stripe repeats its answer to an idempotency key for a day at least. Longer silences are covered too: the row of
GatewayRef is written before the call, and an old one without an answer is searched for at Stripe before it asks again.
Our key stands in the metadata of everything, so what Stripe has can always be brought back to what we asked.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import stripe
from django.conf import settings

from hirehall.kernel import clock
from hirehall.money.payments.gateways.models import GatewayRef
from hirehall.money.payments.gateways.port import GatewayDown

NAME = "stripe"
KEY = "hirehall_key"
PARTY = "hirehall_party"
# Stripe may forget an idempotency key after 24 hours; the hour between is for clocks and slow calls.
KEYS_LAST = timedelta(hours=23)
# Within one job: Stripe's client waits half a second, then a second. The job itself tries again for two days.
RETRIES = 2
TIMEOUT_SECONDS = 20
BUSY = frozenset({"idempotency_key_in_use", "lock_timeout", "rate_limit"})


def http_client() -> stripe.HTTPClient:
    """How the client speaks to Stripe; tests put their own in its place."""
    return stripe.RequestsClient(timeout=TIMEOUT_SECONDS)


@lru_cache(maxsize=4)
def _client(key: str, base: str) -> stripe.StripeClient:
    addresses: Any = {"api": base, "connect": base, "files": base, "meter_events": base} if base else None
    return stripe.StripeClient(key, base_addresses=addresses, max_network_retries=RETRIES, http_client=http_client())


def api() -> Any:
    """The first version of Stripe's API, which is the one for payments."""
    return _client(settings.STRIPE_KEY, settings.STRIPE_API_BASE).v1


def forget_clients() -> None:
    """For tests that change how Stripe is reached."""
    _client.cache_clear()


@contextmanager
def asking(what: str) -> Iterator[None]:
    """Let through what is final (a declined card, a wrong request); everything else is the network's or busy."""
    try:
        yield
    except stripe.CardError:
        raise
    except stripe.InvalidRequestError as error:
        if error.http_status == 409 or error.code in BUSY:
            raise GatewayDown(f"Stripe is busy with {what}.") from error
        raise
    except stripe.StripeError as error:
        raise GatewayDown(f"Stripe did not do {what}: {type(error).__name__}.") from error


def get(thing: Any, name: str, default: Any = None) -> Any:
    """A part of one of Stripe's objects that may be missing; what is null counts as missing."""
    try:
        found = thing[name]
    except (KeyError, TypeError):
        return default
    return default if found is None else found


def key_of(thing: Any) -> str:
    """Our key in an object's metadata."""
    return str(get(get(thing, "metadata", {}), KEY, ""))


def ref_of(key: str) -> str:
    """What Stripe calls the thing that we asked for; empty when that is not known."""
    return GatewayRef.objects.filter(gateway=NAME, key=key).values_list("ref", flat=True).first() or ""


def key_by_ref(ref: str) -> str:
    return GatewayRef.objects.filter(gateway=NAME, ref=ref).values_list("key", flat=True).first() or ""


def remember(key: str, ref: str) -> None:
    """Keep Stripe's name for a thing, from an answer or from a message that was faster."""
    made, is_new = GatewayRef.objects.get_or_create(
        gateway=NAME, key=key, defaults={"ref": ref, "asked_at": clock.now()}
    )
    if not is_new and not made.ref:
        GatewayRef.objects.filter(pk=made.pk).update(ref=ref)


def ask_once(
    key: str,
    *,
    create: Callable[[Mapping[str, Any]], Any],
    retrieve: Callable[[str], Any],
    find: Callable[[datetime], Any],
) -> Any:
    """Create a thing, or read the one that was created by this key before.

    `create` takes the options of the call, with the idempotency key; `find` looks through what Stripe has made since.
    """
    asked, _ = GatewayRef.objects.get_or_create(gateway=NAME, key=key, defaults={"asked_at": clock.now()})
    with asking(key):
        if asked.ref:
            return retrieve(asked.ref)
        found = find(asked.asked_at) if clock.now() - asked.asked_at > KEYS_LAST else None
        thing = found if found is not None else create({"idempotency_key": key})
    remember(key, thing["id"])
    return thing


def search(listing: Any, key: str) -> Any:
    """The one thing of a listing that carries our key, or None."""
    return next((thing for thing in listing.auto_paging_iter() if key_of(thing) == key), None)


def since(moment: datetime) -> dict[str, int]:
    """Stripe's filter for what was made since a moment, with a minute for clocks that differ."""
    return {"gte": int((moment - timedelta(minutes=1)).timestamp())}
