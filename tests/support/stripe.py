"""The real Stripe client against the real localstripe, and a Stripe of recorded shapes for what localstripe lacks."""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import stripe

from hirehall.money.payments.actions import methods
from hirehall.money.payments.gateways.registry import gateway
from hirehall.money.payments.gateways.stripe import calls
from hirehall.money.payments.models import Method
from hirehall.people.accounts.actors import Actor
from tests.support.database import ROOT
from tests.support.jobs import run_jobs

SECRET, PUBLIC, SIGNING = "sk_test_hirehall", "pk_test_hirehall", "whsec_hirehall"
SHAPES = ROOT / "hirehall" / "money" / "payments" / "tests" / "shapes"
BAD = {"error": {"message": "No.", "type": "invalid_request_error"}}


@pytest.fixture(scope="session")
def localstripe_address() -> Iterator[str]:
    """The address of a localstripe of our own; it ends with the tests."""
    command = [sys.executable, "-W", "ignore", str(Path(__file__).with_name("localstripe_server.py"))]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


class KeepsKeys(stripe.RequestsClient):
    """Adds to localstripe what it lacks: an idempotency key is answered once, and lists take no span of time.

    `lose_next` makes the answer of the next write get lost on its way, after it was carried out.
    """

    def __init__(self) -> None:
        super().__init__(timeout=10)
        self.answers: dict[str, Any] = {}
        self.lose_next = False
        self.asked: list[str] = []

    def request(self, method: str, url: str, headers: Any, post_data: Any = None) -> Any:
        key = (headers or {}).get("Idempotency-Key")
        parts = urlsplit(url)
        kept = [(k, v) for k, v in parse_qsl(parts.query) if not k.startswith("created")]
        url = parts._replace(query="&".join(f"{k}={v}" for k, v in kept)).geturl()
        self.asked.append(f"{method} {parts.path}")
        if method == "post" and key in self.answers:
            return self.answers[key]
        answer = super().request(method, url, headers, post_data)
        if method == "post" and key:
            self.answers[key] = answer
            if self.lose_next:
                self.lose_next = False
                raise stripe.APIConnectionError("The answer got lost.", should_retry=False)
        return answer


@dataclass
class Joined:
    """A market that is joined to localstripe."""

    address: str
    http: KeepsKeys

    def ask(self, path: str, data: dict[str, Any] | None = None, key: str = SECRET) -> Any:
        """What a browser or another program asks of localstripe."""
        request = urllib.request.Request(
            f"{self.address}{path}",
            data=None if data is None else json.dumps(data).encode(),
            headers={"Authorization": f"Bearer {key}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.loads(answer.read() or b"null")

    def enter(self, actor: Actor, number: str = "4242424242424242", until: tuple[int, int] = (12, 2031)) -> str:
        """What Stripe's script does in the browser: a card goes to Stripe. Returns the entry to finish."""
        entry = gateway("stripe").begin_card(actor.party_id, actor.name)
        card = {"number": number, "exp_month": until[0], "exp_year": until[1], "cvc": "123"}
        confirm = {"key": PUBLIC, "client_secret": entry.secret}
        made = self.ask(
            f"/v1/setup_intents/{entry.id}/confirm",
            {**confirm, "payment_method_data": {"type": "card", "card": card}},
        )
        if made["status"] == "requires_action":
            self.ask(f"/v1/setup_intents/{entry.id}/confirm", confirm)
        return entry.id

    def add_card(self, actor: Actor, number: str = "4242424242424242", **more: Any) -> Method:
        """A card that went through Stripe's form and its verification."""
        kept = gateway("stripe").finish_card(actor.party_id, self.enter(actor, number, **more))
        method = methods.add_method(actor, kept)
        run_jobs()
        method.refresh_from_db()
        return method


def join(settings: Any, address: str) -> None:
    """The settings of a market that is joined to Stripe."""
    settings.STRIPE_KEY, settings.STRIPE_PUBLIC_KEY, settings.STRIPE_WEBHOOK_SECRET = SECRET, PUBLIC, SIGNING
    settings.STRIPE_API_BASE = address


@pytest.fixture
def joined(settings, monkeypatch, localstripe_address) -> Iterator[Joined]:
    """This test's market joined to localstripe."""
    join(settings, localstripe_address)
    http = KeepsKeys()
    monkeypatch.setattr(calls, "http_client", lambda: http)
    calls.forget_clients()
    yield Joined(localstripe_address, http)
    calls.forget_clients()


@dataclass
class Shapes(stripe.HTTPClient):
    """A Stripe that answers with recorded shapes: (method, path) -> status and body, or a function of what was sent."""

    name = "shapes"
    answers: dict[tuple[str, str], Any] = field(default_factory=dict)
    asked: list[tuple[str, str, dict[str, str], dict[str, str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def __hash__(self) -> int:
        return id(self)

    def on(self, method: str, path: str, shape: Any, status: int = 200) -> None:
        self.answers[(method, path)] = (status, shape)

    def request(self, method: str, url: str, headers: Any, post_data: Any = None) -> Any:
        parts = urlsplit(url)
        sent = dict(parse_qsl(post_data or parts.query))
        self.asked.append((method, parts.path, sent, dict(headers)))
        status, shape = self.answers[(method, parts.path)]
        if isinstance(shape, Exception):
            raise shape
        return json.dumps(shape(sent) if isinstance(shape, Callable) else shape), status, {}

    def close(self) -> None:
        """Nothing is open."""

    def sleep(self, secs: float) -> None:
        """Nobody waits in a test."""

    def keys(self, path: str) -> list[str]:
        """The idempotency keys with which a path was asked."""
        return [headers.get("Idempotency-Key", "") for method, asked, _, headers in self.asked if asked == path and method == "post"]


def shape(name: str, **changes: Any) -> Any:
    """One of the hand-written shapes of Stripe's public API, with some parts changed."""
    return {**json.loads((SHAPES / f"{name}.json").read_text()), **changes}


@pytest.fixture
def shapes(settings, monkeypatch) -> Iterator[Shapes]:
    """This test's market joined to a Stripe of recorded shapes."""
    join(settings, "http://127.0.0.1:9")
    http = Shapes()
    # The books compare themselves with the company's lists at night: until a test says otherwise these are empty.
    for listed in ("payment_intents", "refunds", "transfers", "disputes"):
        http.on("get", f"/v1/{listed}", shape("list", data=[]))
    monkeypatch.setattr(calls, "http_client", lambda: http)
    calls.forget_clients()
    yield http
    calls.forget_clients()


def state_of(row: Any) -> str:
    """The state that is kept now."""
    row.refresh_from_db()
    return row.state


def signed(event: Any, at: int, secret: str = SIGNING) -> tuple[bytes, str]:
    """A message as Stripe sends it."""
    body = json.dumps(event).encode()
    signature = stripe.WebhookSignature.generate_signature_header(body.decode(), secret, at)
    return body, signature
