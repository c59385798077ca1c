"""Writes of notices."""

from zoneinfo import ZoneInfo

from hirehall.kernel import clock, live, mail
from hirehall.kernel.atomic import action
from hirehall.kernel.errors import NotFound, Refused
from hirehall.kernel.inserts import insert_new
from hirehall.people.accounts.actors import Actor
from hirehall.people.accounts.models import User
from hirehall.people.accounts.queries import get_user, list_people
from hirehall.people.notifications import rules
from hirehall.people.notifications.models import Choice, DigestLine, Notice
from hirehall.people.notifications.queries import get_choices, last_digest_at, list_digest_readers


@action
def notify(
    party_id: str, kind: str, *, link: str, key: str, title: str, body: str = "", mail_too: bool = True
) -> Notice | None:
    """Tell a party something once. A second call with the same key does nothing and returns None."""
    rules.area_of(kind)
    notice = Notice(
        key=f"{party_id}:{key}"[:120], party_id=party_id, kind=kind, title=title[:200], body=body[:500], link=link, at=clock.now()
    )
    if not insert_new(notice):
        return None
    live.push(f"party:{party_id}", "notices")
    if mail_too:
        mail_people(party_id, notice)
    return notice


def mail_people(party_id: str, notice: Notice) -> None:
    """A notice as mail to each person of a party, at once or in the digest, as they chose."""
    for person in list_people(party_id):
        _mail_person(person, notice)


def _mail_person(person: User, notice: Notice) -> None:
    delivery = rules.delivery_of(notice.kind, get_choices(person.pk))
    if delivery is rules.Delivery.AT_ONCE:
        mail.send_later(
            f"notice:{notice.id}:{person.pk}",
            person.email,
            "notifications/emails/notice.txt",
            person.language,
            title=notice.title,
            text=notice.body,
            link=notice.link,
            name=person.get_short_name(),
        )
    elif delivery is rules.Delivery.DAILY:
        DigestLine.objects.get_or_create(user=person, notice=notice)


@action
def mark_read(actor: Actor, notice_id: str) -> Notice:
    """Note that the party has seen a notice."""
    notice = Notice.objects.filter(pk=notice_id, party_id=actor.party_id).first()
    if notice is None:
        raise NotFound("notice")
    if notice.read_at is None:
        notice.read_at = clock.now()
        notice.save(update_fields=["read_at"])
    return notice


@action
def mark_all_read(actor: Actor) -> int:
    """Note that the party has seen everything up to now; returns how many were new."""
    return Notice.objects.filter(party_id=actor.party_id, read_at=None).update(read_at=clock.now())


@action
def choose_delivery(actor: Actor, area: str, delivery: str) -> None:
    """Choose how the mails of one area come."""
    if area not in rules.AREAS or delivery not in set(rules.Delivery):
        raise Refused("notice:choice", "Choose at once, daily or never.", field=area)
    if area in rules.ALWAYS_AT_ONCE and delivery != rules.Delivery.AT_ONCE:
        raise Refused("notice:always", "Mails about safety and money always come at once.", field=area)
    Choice.objects.update_or_create(user_id=actor.user_id, area=area, defaults={"delivery": delivery})


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
    mail.send_later(
        f"digest:{user_id}:{lines[-1].notice_id}",
        person.email,
        "notifications/emails/digest.txt",
        person.language,
        name=person.get_short_name(),
        lines=[{"title": line.notice.title, "link": line.notice.link} for line in lines],
    )
    DigestLine.objects.filter(pk__in=[line.pk for line in lines]).update(sent_at=now)
    return len(lines)


def send_due_digests() -> int:
    """One transaction a reader, so that one failure harms no other."""
    return sum(send_digest(user_id) for user_id in list_digest_readers())
