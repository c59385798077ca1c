"""What kinds of notices there are, where pushed ones may go, and when a digest is due. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from hirehall.kernel.errors import Refused


class Delivery(StrEnum):
    """How a person wants the mails of one kind of notice; the page shows every notice anyway."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    NEVER = "never"


# Area of a notice -> what a person reads in the settings. A notice's kind is "area" or "area.detail".
AREAS: dict[str, str] = {
    "message": "New messages",
    "job": "Jobs you posted or saved",
    "proposal": "Proposals",
    "offer": "Offers",
    "contract": "Contracts, milestones and deadlines",
    "money": "Payments and withdrawals",
    "connects": "Connects",
    "feedback": "Feedback",
    "account": "Your account and its safety",
    "staff": "What waits for the staff",
}
# Areas that are told to people with the staff mark alone; how their mails come when nobody chose is the operator's policy.
STAFF = "staff"
# What concerns a person's safety or money always reaches them by mail.
ALWAYS_AT_ONCE = frozenset({"account", "money"})

# The digest comes in the morning of the reader.
DIGEST_HOUR = 8
# Two digests are at least this far apart, even when the reader changes zones.
DIGEST_GAP = timedelta(hours=20)

# A person has a handful of browsers; more are forgotten ones.
DEVICES_MAX = 10
ENDPOINT_MAX = 500
_BASE64URL = re.compile(r"[A-Za-z0-9_-]+={0,2}")
_AUTH_LENGTHS = (22, 24)  # 16 bytes, without and with padding


def area_of(kind: str) -> str:
    """The area of a kind: "contract.funded" belongs to "contract"."""
    area = kind.partition(".")[0]
    if area not in AREAS:
        raise ValueError(f"Notice kind {kind!r} belongs to no known area.")
    return area


@dataclass(frozen=True)
class NotificationsPolicy:
    """The table [notifications] of policy.toml."""

    staff_delivery: str

    def __post_init__(self):
        if self.staff_delivery not in set(Delivery):
            raise ValueError("staff_delivery is at_once, daily or never")


def delivery_of(area: str, chosen: str | None, for_staff: str = Delivery.AT_ONCE) -> Delivery:
    """How the mails of an area go to a person who chose this, or nothing."""
    if area in ALWAYS_AT_ONCE:
        return Delivery.AT_ONCE
    return Delivery(chosen or (for_staff if area == STAFF else Delivery.AT_ONCE))


def check_choice(area: str, delivery: str | None) -> Refused | None:
    """Why the mails of an area can't come like this, or None; a delivery of None changes nothing."""
    if area not in AREAS:
        return Refused("notice:choice", "There are no notices of this kind.", field="area")
    if delivery is not None and delivery not in set(Delivery):
        return Refused("notice:choice", "Choose at once, daily or never.", field=area)
    if area in ALWAYS_AT_ONCE and delivery not in (None, Delivery.AT_ONCE):
        return Refused("notice:always", "Mails about safety and money always come at once.", field=area)
    return None


def digest_is_due(local_now: datetime, last_sent_at: datetime | None) -> bool:
    """True in the morning of the reader, unless one was sent lately."""
    lately = last_sent_at is not None and local_now - last_sent_at < DIGEST_GAP
    return local_now.hour >= DIGEST_HOUR and not lately


def is_push_address(endpoint: str, origins: Iterable[str]) -> bool:
    """True when the address is at one of these origins; "https://*.example.com" means every host below it.

    A person tells us the address, and we send there: it must not lead into the operator's own net.
    """
    try:
        parts = urlsplit(endpoint)
        given = f"{parts.scheme}://{parts.hostname}" + (f":{parts.port}" if parts.port else "")
    except ValueError:
        return False
    if parts.username is not None or len(endpoint) > ENDPOINT_MAX or not endpoint.isascii() or not endpoint.isprintable() or " " in endpoint:
        return False
    return any(_is_at(given, origin) for origin in origins)


def _is_at(given: str, origin: str) -> bool:
    scheme, wildcard, domain = origin.partition("://*.")
    if wildcard:
        return given.startswith(f"{scheme}://") and given.endswith(f".{domain}")
    return given == origin


def is_push_secret(auth: str) -> bool:
    """True when the text can be a browser's secret for pushed messages."""
    return len(auth) in _AUTH_LENGTHS and bool(_BASE64URL.fullmatch(auth))
