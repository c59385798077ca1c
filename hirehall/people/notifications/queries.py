"""Reads of notices."""

from django.db.models import Max, QuerySet

from hirehall.kernel.together import Figure, ask
from hirehall.people.accounts.actors import Actor
from hirehall.people.notifications import rules
from hirehall.people.notifications.models import Choice, DigestLine, Notice


def list_notices_for(actor: Actor) -> QuerySet[Notice]:
    """The party's notices, newest first."""
    return Notice.objects.filter(party_id=actor.party_id).order_by("-id")


def unread_notices_of(actor: Actor) -> Figure:
    """For the bell; counts to 100 and no further."""
    unread = "SELECT 1 FROM notifications_notice WHERE party_id = %s AND read_at IS NULL LIMIT 100"
    return Figure(f"SELECT count(*) FROM ({unread}) unread", (actor.party_id,))


def count_unread_notices(actor: Actor) -> int:
    return ask(unread_notices_of(actor))[0]


def get_choices(user_id: int) -> dict[str, str]:
    """Area -> delivery, with the default where nothing was chosen."""
    chosen = dict(Choice.objects.filter(user_id=user_id).values_list("area", "delivery"))
    return {area: rules.delivery_of(area, chosen) for area in rules.AREAS}


def list_digest_readers() -> list[int]:
    """Everyone for whom something waits."""
    return list(DigestLine.objects.filter(sent_at=None).values_list("user_id", flat=True).distinct())


def last_digest_at(user_id: int):
    """When a person was last sent a digest, or None."""
    return DigestLine.objects.filter(user_id=user_id).aggregate(last=Max("sent_at"))["last"]
