"""Writes of notices."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.utils import translation

from hirehall.kernel import clock, live, mail
from hirehall.kernel.atomic import action
from hirehall.kernel.errors import NotFound, refuse
from hirehall.kernel.inserts import insert_new
from hirehall.people.accounts.actors import Actor
from hirehall.people.accounts.models import User
from hirehall.people.accounts.queries import get_user
from hirehall.people.notifications import rules
from hirehall.people.notifications.devices import push_later
from hirehall.people.notifications.models import Choice, DigestLine, Notice
from hirehall.people.notifications.policy import numbers
from hirehall.people.notifications.queries import last_digest_at, list_digest_readers, list_readers, notices_seen_by
from hirehall.people.notifications.said import kept


@action
def notify(
    party_id: str, kind: str, *, link: str, key: str, title: str, body: str = "", mail_too: bool = True
) -> Notice | None:
    """Tell a party something once. A second call with the same key does nothing and returns None."""
    notice = _tell(party_id, kind, link, key, title, body, mail_too)
    if notice is not None:
        live.push(f"party:{party_id}", "notices")
    return notice


@action
def notify_staff(kind: str, *, link: str, key: str, title: str, body: str = "") -> Notice | None:
    """Tell everybody of the staff something once: in the page, and by mail as each chose or else as the policy says."""
    return _tell(None, f"{rules.STAFF}.{kind}", link, key, title, body, mail_too=True)


def _tell(party_id: str | None, kind: str, link: str, key: str, title: str, body: str, mail_too: bool) -> Notice | None:
    rules.area_of(kind)
    notice = Notice(
        key=f"{party_id or rules.STAFF}:{key}"[:120], party_id=party_id, kind=kind, title=title[:200], body=body[:500], link=link,
        said={name: kept(text) for name, text in (("title", title), ("body", body)) if kept(text)}, at=clock.now(),
    )  # fmt: skip
    if not insert_new(notice):
        return None
    reach_people(notice, mail_too)
    return notice


def reach_people(notice: Notice, mail_too: bool) -> None:
    """A notice to each person of its party as they chose: by mail at once or in the digest, and on their devices."""
    area = rules.area_of(notice.kind)
    for reader in list_readers(notice.party_id, area):
        if mail_too:
            _mail(reader, notice, rules.delivery_of(area, reader.delivery, numbers().staff_delivery))
        if reader.push is not False:
            push_later(notice, reader.devices)


def _mail(person: User, notice: Notice, delivery: rules.Delivery) -> None:
    if delivery is rules.Delivery.AT_ONCE:
        with translation.override(person.language):
            title, text = notice.title_now, notice.body_now
        mail.send_later(
            f"notice:{notice.id}:{person.pk}",
            person.email,
            "notifications/emails/notice.txt",
            person.language,
            title=title,
            text=text,
            link=notice.link,
            name=person.get_short_name(),
        )
    elif delivery is rules.Delivery.DAILY:
        DigestLine.objects.get_or_create(user=person, notice=notice)


@action
def mark_read(actor: Actor, notice_id: str) -> Notice:
    """Note that the party, or one of the staff, has seen a notice."""
    notice = notices_seen_by(actor).filter(pk=notice_id).first()
    if notice is None:
        raise NotFound("notice")
    if notice.read_at is None:
        notice.read_at = clock.now()
        notice.save(update_fields=["read_at"])
    return notice


@action
def mark_all_read(actor: Actor) -> int:
    """Note that the party has seen everything up to now; returns how many were new. What waits for the staff stays."""
    return Notice.objects.filter(party_id=actor.party_id, read_at=None).update(read_at=clock.now())


@action
def choose(actor: Actor, area: str, delivery: str | None = None, push: bool | None = None) -> None:
    """Choose how the mails of one area come, and whether the person's devices show its notices; None leaves it.

    Refuses what is no area or delivery, and less than at once for safety and money.
    """
    refuse(rules.check_choice(area, delivery))
    given = {name: value for name, value in (("delivery", delivery), ("push", push)) if value is not None}
    if given:
        chosen = Choice(user_id=actor.user_id, area=area, **given)
        Choice.objects.bulk_create(
            [chosen], update_conflicts=True, unique_fields=["user", "area"], update_fields=list(given)
        )


@action
def choose_all(actor: Actor, choices: Iterable[tuple[str, str | None, bool | None]]) -> None:
    """Choose (area, delivery, push) of several areas; all or none."""
    for area, delivery, push in choices:
        choose(actor, area, delivery, push)


@action
def send_digest(user_id: int) -> int:
    """Mail a person all that waits, if it is their morning; returns how many notices went."""
    now = clock.now()
    person = get_user(user_id)
    if not rules.digest_is_due(now.astimezone(ZoneInfo(person.time_zone)), last_digest_at(user_id)):
        return 0
    lines = list(
        DigestLine.objects.select_for_update(of=("self",))
        .select_related("notice")
        .filter(user_id=user_id, sent_at=None)
        .order_by("notice_id")[:200]
    )
    if not lines:
        return 0
    with translation.override(person.language):
        told = [{"title": line.notice.title_now, "link": line.notice.link} for line in lines]
    mail.send_later(
        f"digest:{user_id}:{lines[-1].notice_id}",
        person.email,
        "notifications/emails/digest.txt",
        person.language,
        name=person.get_short_name(),
        lines=told,
    )
    DigestLine.objects.filter(pk__in=[line.pk for line in lines]).update(sent_at=now)
    return len(lines)


def send_due_digests() -> int:
    """One transaction a reader, so that one failure harms no other."""
    return sum(send_digest(user_id) for user_id in list_digest_readers())
