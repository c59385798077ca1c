"""How often somebody may do a thing: far above what a busy person needs, far below what hurts the others."""

from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from django.db import connection

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
    things, _, span = what.replace("_an_", "_a_").partition("_a_")
    seconds = max(ceil(wait.total_seconds()), 1)
    left = f"{seconds} seconds" if seconds < 100 else f"{round(seconds / 60)} minutes"
    return Refused("pace:too_fast", f"At most {most} {things} go out in one {span} from here. Go on in {left}.", wait_seconds=seconds)
