"""Writes of devices: browsers that show notices while the market is closed."""

from django.conf import settings
from django.utils import translation
from procrastinate.contrib.django import app as jobs

from hirehall.kernel import clock
from hirehall.kernel.atomic import action
from hirehall.kernel.errors import NotFound, Refused, refuse
from hirehall.people.accounts.actors import Actor
from hirehall.people.notifications import push, rules
from hirehall.people.notifications.models import Device, Notice
from hirehall.people.notifications.push import Outcome
from hirehall.people.notifications.queries import get_device, get_session


class PushDelayed(Exception):
    """The push service can't take the message now; the job tries again."""


@action
def add_device(actor: Actor, session_key: str, endpoint: str, p256dh: str, auth: str) -> Device:
    """Let a browser show notices as long as this session lasts; the same browser again renews it.

    Of more than ten browsers of a person the oldest is dropped. Refuses what no browser sends.
    """
    refuse(check_browser(endpoint, p256dh, auth))
    session = get_session(actor.user_id, session_key)
    if session is None:
        raise Refused("device:session", "Sign in again in this browser, then turn notices on.")
    given = {"user_id": actor.user_id, "session": session, "p256dh": p256dh, "auth": auth, "added_at": clock.now()}
    device, _ = Device.objects.update_or_create(endpoint=endpoint, defaults=given)
    kept = Device.objects.filter(user_id=actor.user_id).order_by("-added_at", "-id").values("id")[: rules.DEVICES_MAX]
    Device.objects.filter(user_id=actor.user_id).exclude(pk__in=list(kept.values_list("id", flat=True))).delete()
    return device


def check_browser(endpoint: str, p256dh: str, auth: str) -> Refused | None:
    """Why notices can't be sent to a browser with this address and keys, or None."""
    if not rules.is_push_address(endpoint, settings.PUSH_ORIGINS):
        return Refused("device:address", "This browser's push service is not one that this market sends to.", field="endpoint")
    if not push.is_point(p256dh) or not rules.is_push_secret(auth):
        return Refused("device:keys", "The browser's keys are incomplete. Turn notices off and on again.", field="p256dh")
    return None


@action
def remove_device(actor: Actor, device_id: str) -> None:
    """Show no more notices on one of the person's devices."""
    device = Device.objects.filter(pk=device_id, user_id=actor.user_id).first()
    if device is None:
        raise NotFound("device")
    device.delete()


def push_later(notice: Notice, device_ids: list[str]) -> None:
    """Queue a notice for devices."""
    for device_id in device_ids:
        jobs.configure_task("notifications.push").defer(device_id=device_id, notice_id=notice.id)


def push_notice(device_id: str, notice_id: str) -> Outcome | None:
    """Send a notice to a device; None when there is nothing to send any more. Raises PushDelayed.

    Sent twice after a cut, it has the same tag, and the browser shows it once.
    """
    device, notice = get_device(device_id), Notice.objects.filter(pk=notice_id).first()
    # In the minutes since, it may have been read in the page.
    if device is None or notice is None or notice.read_at is not None:
        return None
    # Sessions end by themselves too, and what is shown on a screen is for who is signed in there.
    if device.session.purge():
        return None
    with translation.override(device.user.language):
        content = _content(notice)
    outcome = push.send(device.endpoint, device.p256dh, device.auth, topic=notice.id, content=content)
    if outcome is Outcome.LATER:
        raise PushDelayed(device_id)
    if outcome is not Outcome.TAKEN:
        forget(device_id)
    return outcome


@action
def forget(device_id: str) -> None:
    """The push service knows the browser no more."""
    Device.objects.filter(pk=device_id).delete()


def _content(notice: Notice) -> dict[str, str]:
    return {"tag": notice.id, "title": notice.title_now, "body": notice.body_now}
