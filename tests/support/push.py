"""A push service on loopback and browsers that it knows: what really arrives, opened as a browser would."""

import json
import os
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import http_ece
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import override_settings
from py_vapid import Vapid02
from py_vapid.utils import b64urldecode, b64urlencode

from hirehall.people.accounts.actors import Actor
from hirehall.people.notifications.devices import add_device
from hirehall.people.notifications.models import Device
from tests.support.cast import browse_as

ORIGIN = "https://fcm.googleapis.com"
_UNCOMPRESSED = (serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


class Browser:
    """The keys that a browser makes for a market, and the address that its push service gave it."""

    def __init__(self, origin: str = ORIGIN):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.secret = os.urandom(16)
        self.endpoint = f"{origin}/send/{b64urlencode(os.urandom(12))}"

    @property
    def given(self) -> dict[str, str]:
        """What its script tells the market."""
        point = b64urlencode(self.key.public_key().public_bytes(*_UNCOMPRESSED))
        return {"endpoint": self.endpoint, "p256dh": point, "auth": b64urlencode(self.secret)}

    def open(self, body: bytes) -> dict[str, str]:
        return json.loads(http_ece.decrypt(body, private_key=self.key, auth_secret=self.secret, version="aes128gcm"))


class PushService:
    """Takes messages as the services of the browsers' makers do, or answers as it is told to."""

    def __init__(self, origin: str):
        self.origin = origin
        self.answer = 201
        self.taken: list[tuple[str, dict[str, str], bytes]] = []

    def new_browser(self) -> Browser:
        return Browser(self.origin)

    def messages_to(self, browser: Browser) -> list[dict[str, str]]:
        return [browser.open(body) for path, _, body in self.taken if browser.endpoint == self.origin + path]

    def proof(self, number: int = 0) -> dict[str, str]:
        """Who the sender of a message proved to be (RFC 8292); fails when the proof is false."""
        words = self.taken[number][1]["Authorization"]
        assert Vapid02.verify(words)
        parts = dict(part.strip().split("=", 1) for part in words.removeprefix("vapid ").split(","))
        said = json.loads(b64urldecode(parts["t"].split(".")[1].encode()))
        assert said["aud"] == self.origin
        assert 0 < said["exp"] - time.time() <= 24 * 3600
        return {**said, "key": parts["k"]}


@contextmanager
def push_service():
    """Runs one, and has the market believe in it alone."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            service.taken.append((self.path, dict(self.headers), body))
            self.send_response(service.answer)
            self.send_header("Location", f"{service.origin}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *words):
            """Tests print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service = PushService(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with override_settings(PUSH_ORIGINS=[service.origin]):
        yield service
    server.shutdown()
    server.server_close()


def make_device(actor: Actor, browser: Browser | None = None, client=None) -> Device:
    """A browser in which the person is signed in and has turned notices on."""
    client = client or browse_as(actor)
    client.get("/notices/")
    return add_device(actor, client.session.session_key, **(browser or Browser()).given)
