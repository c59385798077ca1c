"""Web push (RFC 8030): a notice that reaches a browser whose market is closed, readable by that browser alone.

The edge to the push services of the browsers' makers. The key that proves who we are (RFC 8292) is drawn from the
installation's secret key, so there is no second secret to keep.
"""

import functools
import json
import os
import re
from enum import StrEnum

import http_ece
import requests
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from py_vapid import Vapid02
from py_vapid.utils import b64urldecode, b64urlencode

# A notice that could not be delivered for three days is old news; it still stands in the page.
_KEPT_SECONDS = 3 * 24 * 3600
_TIMEOUT = (5, 10)
# The number of keys on the curve that every push service asks for (P-256).
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551

_POINT = re.compile(r"[A-Za-z0-9_-]{87}=?")


class Outcome(StrEnum):
    """What a push service says to a message."""

    TAKEN = "taken"
    GONE = "gone"
    LATER = "later"
    REFUSED = "refused"


@functools.cache
def _key() -> Vapid02:
    stretched = HKDF(hashes.SHA256(), 48, salt=None, info=b"hirehall web push").derive(settings.SECRET_KEY.encode())
    return Vapid02(ec.derive_private_key(int.from_bytes(stretched, "big") % (_ORDER - 1) + 1, ec.SECP256R1()))


def public_key() -> str:
    """What a browser needs to let this market and nobody else send to it; 65 bytes in base64url."""
    encoding, form = serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    return b64urlencode(_key().public_key.public_bytes(encoding, form))


def is_point(p256dh: str) -> bool:
    """True when the text is a browser's public key: a point on the curve."""
    if not _POINT.fullmatch(p256dh):
        return False
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), b64urldecode(p256dh.encode()))
    except ValueError:
        return False
    return True


def send(endpoint: str, p256dh: str, auth: str, topic: str, content: dict[str, str]) -> Outcome:
    """Send one message; a later one of the same topic takes the place of one that still waits."""
    body = http_ece.encrypt(
        json.dumps(content).encode(),
        salt=os.urandom(16),
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=b64urldecode(p256dh.encode()),
        auth_secret=b64urldecode(auth.encode()),
        version="aes128gcm",
    )
    origin = "/".join(endpoint.split("/", 3)[:3])
    headers = {
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(_KEPT_SECONDS),
        "Topic": topic,
        **_key().sign({"aud": origin, "sub": f"mailto:{settings.DEFAULT_FROM_EMAIL}"}),
    }
    try:
        # A push service has no reason to send us elsewhere, and elsewhere may be inside the operator's net.
        answer = requests.post(endpoint, body, headers=headers, timeout=_TIMEOUT, allow_redirects=False, stream=True)
    except requests.RequestException:
        return Outcome.LATER
    answer.close()
    return _outcome(answer.status_code)


def _outcome(status: int) -> Outcome:
    if status in (200, 201, 202, 204):
        return Outcome.TAKEN
    # 403: the browser's subscription belongs to another key, for instance after the secret key was changed.
    if status in (403, 404, 410):
        return Outcome.GONE
    return Outcome.LATER if status == 429 or status >= 500 else Outcome.REFUSED
