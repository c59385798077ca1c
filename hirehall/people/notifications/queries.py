"""Reads of notices."""

from allauth.usersessions.models import UserSession
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from hirehall.kernel.together import Figure, ask
from hirehall.people.accounts.actors import Actor
from hirehall.people.accounts.models import User
from hirehall.people.notifications import rules
from hirehall.people.notifications.models import Choice, Device, DigestLine, Notice
from hirehall.people.notifications.policy import numbers


def notices_seen_by(actor: Actor) -> QuerySet[Notice]:
    """The party's notices, and for people of the staff those of the staff."""
    mine = Q(party_id=actor.party_id) if actor.party_id else Q(pk=None)
    return Notice.objects.filter(mine | Q(party_id=None) if actor.is_staff else mine)


def list_notices_for(actor: Actor) -> QuerySet[Notice]:
    """What the actor is told, newest first."""
    return notices_seen_by(actor).order_by("-id")


def list_staff_notices_for(actor: Actor) -> QuerySet[Notice]:
    """What all of the staff are told, newest first; nothing for others."""
    found = Notice.objects.filter(party_id=None).order_by("-id")
    return found if actor.is_staff else found.none()


def unread_notices_of(actor: Actor) -> Figure:
    """For the bell; counts to 100 and no further. What the staff is told is unread until one of them follows it."""
    whose = "(party_id = %s OR party_id IS NULL)" if actor.is_staff else "party_id = %s"
    unread = f"SELECT 1 FROM notifications_notice WHERE {whose} AND read_at IS NULL LIMIT 100"
    return Figure(f"SELECT count(*) FROM ({unread}) unread", (actor.party_id,))


def count_unread_notices(actor: Actor) -> int:
    return ask(unread_notices_of(actor))[0]


def get_choices(user_id: int) -> dict[str, str]:
    """Area -> delivery, with the default where nothing was chosen."""
    chosen = dict(Choice.objects.filter(user_id=user_id).values_list("area", "delivery"))
    return {area: rules.delivery_of(area, chosen.get(area), numbers().staff_delivery) for area in rules.AREAS}


def get_pushed(user_id: int) -> dict[str, bool]:
    """Area -> whether the person's devices show its notices; they do where nothing was chosen."""
    chosen = dict(Choice.objects.filter(user_id=user_id).values_list("area", "push"))
    return {area: chosen.get(area, True) for area in rules.AREAS}


def list_devices_for(actor: Actor) -> list[Device]:
    """The person's own devices that show notices, the newest first."""
    return list(Device.objects.filter(user_id=actor.user_id).select_related("session").order_by("-id"))


def get_device(device_id: str) -> Device | None:
    """A device with its session, or None when it is no longer one."""
    return Device.objects.select_related("session", "user").filter(pk=device_id).first()


def get_session(user_id: int, session_key: str) -> UserSession | None:
    """The person's session in the browser that has this key."""
    return UserSession.objects.filter(user_id=user_id, session_key=session_key).first()


def list_readers(party_id: str | None, area: str) -> list[User]:
    """Everyone with a seat in a party, or with none everyone of the staff, each with the `delivery` and `push` they chose for an area and their `devices`.

    What nobody chose is None; devices are ids.
    """
    chosen = Choice.objects.filter(user_id=OuterRef("pk"), area=area)
    devices = Device.objects.filter(user_id=OuterRef("pk")).order_by("-id").values("id")
    return list(
        User.objects.filter(**({"seats__party_id": party_id} if party_id else {"is_staff": True}), is_active=True)
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
