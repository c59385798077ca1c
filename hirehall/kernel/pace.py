"""How often somebody may do a thing: far above what a busy person needs, far below what hurts the others."""

from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from django.db import connection
from django.utils.translation import gettext_noop as _

from hirehall.kernel import clock, policy
from hirehall.kernel.errors import Refused


@policy.section("pace")
@dataclass(frozen=True)
class PacePolicy:
    """The most of each in its time, for one party."""

    messages_a_minute: int
    proposals_an_hour: int
    offers_an_hour: int
    drafts_an_hour: int
    uploads_an_hour: int
    quotes_an_hour: int
    cards_an_hour: int


SPANS = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1)}
# What is told when it was too often; `left` is in seconds for what is counted by the minute, else in minutes.
TEXTS = {
    "messages_a_minute": _("At most %(most)s messages go out in one minute from here. Go on in %(left)s seconds."),
    "proposals_an_hour": _("At most %(most)s proposals go out in one hour from here. Go on in %(left)s minutes."),
    "offers_an_hour": _("At most %(most)s offers go out in one hour from here. Go on in %(left)s minutes."),
    "drafts_an_hour": _("At most %(most)s drafts are kept in one hour from here. Go on in %(left)s minutes."),
    "uploads_an_hour": _("At most %(most)s files are taken in one hour from here. Go on in %(left)s minutes."),
    "quotes_an_hour": _("At most %(most)s quotes are given in one hour from here. Go on in %(left)s minutes."),
    "cards_an_hour": _("At most %(most)s cards are taken in one hour from here. Go on in %(left)s minutes."),
}
COUNT = """
INSERT INTO kernel_pace AS kept (key, opened_at, count) VALUES (%(key)s, %(now)s, 1)
ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN kept.opened_at > %(before)s THEN kept.count + 1 ELSE 1 END,
    opened_at = CASE WHEN kept.opened_at > %(before)s THEN kept.opened_at ELSE excluded.opened_at END
RETURNING count, opened_at
"""


def keep_pace(what: str, party_id: str | None) -> None:
    """Count one more of something, such as "messages_a_minute"; refuses when there were too many.

    Counted in the transaction of what is done, so that what is refused does not count.
    """
    most, span = getattr(policy.of(PacePolicy), what), SPANS[what.rpartition("_")[2]]
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"key": f"{what}:{party_id}", "now": now, "before": now - span})
        count, opened_at = cursor.fetchone()
    if count > most:
        raise too_fast(most, what, opened_at + span - now)


def too_fast(most: int, what: str, wait: timedelta) -> Refused:
    """The refusal, with how long to wait."""
    seconds = max(ceil(wait.total_seconds()), 1)
    left = seconds if what.endswith("_minute") else ceil(seconds / 60)
    return Refused("pace:too_fast", TEXTS[what], values={"most": most, "left": left}, wait_seconds=seconds)
