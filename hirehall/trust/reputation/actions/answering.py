"""What happens with published feedback: one reply, and a change that the other side allows."""

from datetime import timedelta

from django.urls import reverse

from hirehall.kernel import clock, events
from hirehall.kernel.atomic import action
from hirehall.kernel.errors import Refused, refuse
from hirehall.people.accounts.actors import Actor
from hirehall.people.accounts.queries import get_party
from hirehall.people.accounts.rules import why_not_act
from hirehall.people.notifications.actions import notify
from hirehall.people.notifications.said import said
from hirehall.trust.reputation import queries, rules
from hirehall.trust.reputation.actions.giving import fill
from hirehall.trust.reputation.models import Feedback
from hirehall.trust.reputation.policy import numbers


def _check(actor: Actor) -> None:
    refuse(why_not_act(actor.role, "hire" if actor.is_client else "bid", get_party(actor.party_id).standing))


def _tell(row: Feedback, party_id: str, kind: str, key: str, title: str) -> None:
    link = reverse("reputation:contract", args=[row.contract_id])
    notify(party_id, f"feedback.{kind}", link=link, key=f"feedback-{kind}:{row.pk}:{key}", title=title)


def _check_published(row: Feedback) -> None:
    if row.published_at is None:
        raise Refused("feedback:hidden", "This feedback is not published yet.")


@action
def reply_to_feedback(actor: Actor, feedback_id: str, text: str) -> Feedback:
    """The one public reply of the side that the feedback is about."""
    row = queries.lock_feedback(feedback_id, about_id=actor.party_id)
    _check(actor)
    refuse(rules.why_not_reply(text, row.published_at is not None, bool(row.reply), numbers()))
    row.reply, row.replied_at = text.strip(), clock.now()
    row.save(update_fields=["reply", "replied_at"])
    events.record("feedback:replied", row.id, actor, contract=row.contract_id)
    _tell(row, row.author_id, "replied", "", said("%(name)s has replied to your feedback on “%(title)s”", name=actor.name, title=row.contract.title))
    return row


@action
def ask_to_change(actor: Actor, feedback_id: str) -> Feedback:
    """The author asks the other side for leave to change what they wrote."""
    row = queries.lock_feedback(feedback_id, author_id=actor.party_id)
    _check(actor)
    _check_published(row)
    if row.asked_at is None:
        row.asked_at = clock.now()
        row.save(update_fields=["asked_at"])
        _tell(row, row.about_id, "asked", f"{row.asked_at:%s}", said("%(name)s would like to change the feedback on “%(title)s”", name=actor.name, title=row.contract.title))
    return row


@action
def allow_change(actor: Actor, feedback_id: str) -> Feedback:
    """The side that the feedback is about unlocks it for some days."""
    row = queries.lock_feedback(feedback_id, about_id=actor.party_id)
    _check(actor)
    _check_published(row)
    row.unlocked_until = clock.now() + timedelta(days=numbers().change_days)
    row.save(update_fields=["unlocked_until"])
    events.record("feedback:unlocked", row.id, actor, contract=row.contract_id)
    key = f"{row.unlocked_until:%s}"
    _tell(row, row.author_id, "unlocked", key, said("%(name)s lets you change your feedback on “%(title)s”", name=actor.name, title=row.contract.title))
    return row


@action
def change_feedback(actor: Actor, feedback_id: str, answers: rules.Answers) -> Feedback:
    """Put other answers in place of the first; once for each leave."""
    row = queries.lock_feedback(feedback_id, author_id=actor.party_id)
    _check(actor)
    if row.unlocked_until is None or row.unlocked_until <= clock.now():
        raise Refused("feedback:locked", "Published feedback can be changed only when the other side allows it.")
    refuse(rules.why_not_answers(row.side, answers, numbers()))
    before = row.overall
    fill(row, answers)
    row.changed_at, row.unlocked_until, row.asked_at = clock.now(), None, None
    row.save()
    told = {"contract": row.contract_id, "by_kind": row.side, "about": row.about_id}
    counted = row.public and row.phase == rules.Phase.FINAL
    events.record("feedback:changed", row.id, actor, stars=row.overall - before if counted else 0, **told)
    _tell(row, row.about_id, "changed", f"{row.changed_at:%s}", said("%(name)s has changed the feedback on “%(title)s”", name=actor.name, title=row.contract.title))
    return row
