"""Reads of notices."""

from allauth.usersessions.models import UserSession
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Max, OuterRef, QuerySet, Subquery

from hirehall.kernel.together import Figure, ask
from hirehall.people.accounts.actors import Actor
from hirehall.people.accounts.models import User
from hirehall.people.notifications import rules
from hirehall.people.notifications.models import Choice, Device, DigestLine, Notice


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
    return {area: rules.delivery_of(area, chosen.get(area)) for area in rules.AREAS}


def get_pushed(user_id: int) -> dict[str, bool]:
    """Area -> whether the person's devices show its notices; they do where nothing was chosen."""
    chosen = dict(Choice.objects.filter(user_id=user_id).values_list("area", "push"))
    return {area: chosen.get(area, True) for area in rules.AREAS}


def list_devices_for(actor: Actor) -> list[Device]:
    """The person's own devices that show notices, the newest first."""
    return list(Device.objects.filter(user_id=actor.user_id).select_related("session").order_by("-id"))


def get_device(device_id: str) -> Device | None:
    """A device with its session, or None when it is no longer one."""
    return Device.objects.select_related("session").filter(pk=device_id).first()


def get_session(user_id: int, session_key: str) -> UserSession | None:
    """The person's session in the browser that has this key."""
    return UserSession.objects.filter(user_id=user_id, session_key=session_key).first()


def list_readers(party_id: str, area: str) -> list[User]:
    """Everyone with a seat in a party, each with the `delivery` and `push` they chose for an area and their `devices`.

    What nobody chose is None; devices are ids.
    """
    chosen = Choice.objects.filter(user_id=OuterRef("pk"), area=area)
    devices = Device.objects.filter(user_id=OuterRef("pk")).order_by("-id").values("id")
    return list(
        User.objects.filter(seats__party_id=party_id, is_active=True)
        .annotate(
            delivery=Subquery(chosen.values("delivery")),
            push=Subquery(chosen.values("push")),
            devices=ArraySubquery(devices),
        )
        .order_by("id")
    )


def list_digest_readers() -> list[int]:
    """Everyone for whom something waits."""
    return list(DigestLine.objects.filter(sent_at=None).values_list("user_id", flat=True).distinct())


def last_digest_at(user_id: int):
    """When a person was last sent a digest, or None."""
    return DigestLine.objects.filter(user_id=user_id).aggregate(last=Max("sent_at"))["last"]
