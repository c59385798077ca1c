"""What kinds of notices there are, and when a digest is due. Pure."""

from datetime import datetime, timedelta
from enum import StrEnum


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
}
# What concerns a person's safety or money always reaches them by mail.
ALWAYS_AT_ONCE = frozenset({"account", "money"})

# The digest comes in the morning of the reader.
DIGEST_HOUR = 8
# Two digests are at least this far apart, even when the reader changes zones.
DIGEST_GAP = timedelta(hours=20)


def area_of(kind: str) -> str:
    """The area of a kind: "contract.funded" belongs to "contract"."""
    area = kind.partition(".")[0]
    if area not in AREAS:
        raise ValueError(f"Notice kind {kind!r} belongs to no known area.")
    return area


def delivery_of(kind: str, chosen: dict[str, str]) -> Delivery:
    """How the mail of a notice goes to a person with these choices (area -> delivery)."""
    area = area_of(kind)
    if area in ALWAYS_AT_ONCE:
        return Delivery.AT_ONCE
    return Delivery(chosen.get(area, Delivery.AT_ONCE))


def digest_is_due(local_now: datetime, last_sent_at: datetime | None) -> bool:
    """True in the morning of the reader, unless one was sent lately."""
    lately = last_sent_at is not None and local_now - last_sent_at < DIGEST_GAP
    return local_now.hour >= DIGEST_HOUR and not lately
