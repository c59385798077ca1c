"""Giving feedback, and publishing both sides' at the same moment."""

from django.urls import reverse

from hirehall.kernel import clock, events
from hirehall.kernel.atomic import act_on_each, action
from hirehall.kernel.errors import refuse
from hirehall.kernel.events import Event
from hirehall.kernel.inserts import insert_new
from hirehall.people.accounts.actors import SYSTEM, Actor
from hirehall.people.accounts.queries import get_party
from hirehall.people.accounts.rules import why_not_act
from hirehall.people.notifications.actions import notify
from hirehall.trust.reputation import queries, rules
from hirehall.trust.reputation.models import Feedback, Window
from hirehall.trust.reputation.policy import numbers, numbers_in
from hirehall.work.contracts.actions.endings import complete_closure
from hirehall.work.contracts.queries import lock_contract_for, net_paid


@action
def give_feedback(actor: Actor, contract_id: str, answers: rules.Answers) -> Feedback:
    """One side's feedback. It is published with the other side's, or when the window closes; midway feedback at once.

    The client's feedback completes a contract that the freelancer has ended.
    """
    contract = lock_contract_for(actor, contract_id)
    side = queries.side_of(contract, actor.party_id)
    refuse(why_not_act(actor.role, "hire" if side == "client" else "bid", get_party(actor.party_id).standing))
    standing = queries.standing_of(contract, Feedback.objects.filter(contract=contract))
    refuse(rules.why_not_give(side, standing, clock.now(), numbers()))
    refuse(rules.why_not_answers(side, answers, numbers()))
    phase = rules.phase_now(side, standing)
    given = Feedback(contract=contract, phase=phase, side=side, author_id=actor.party_id, given_at=clock.now())
    given.about_id = contract.freelancer_id if side == "client" else contract.client_id
    fill(given, answers)
    given.save(force_insert=True)
    events.record("feedback:given", given.id, actor, contract=contract.id, side=side, phase=phase)
    if phase is rules.Phase.MIDWAY:
        _publish_midway(contract, given)
        return given
    complete_closure(contract.id)
    window = _window(lock_contract_for(SYSTEM, contract.id))
    if len(queries.list_final(contract.id)) == len(rules.CRITERIA):
        _publish(window)
        given.refresh_from_db()
    else:
        _tell(contract, given.about_id, "given", f"{actor.name} has given feedback on “{contract.title}”; give yours to read it")
    return given


def fill(row: Feedback, answers: rules.Answers) -> None:
    """Put answers that the rules allow into a row."""
    row.stars = {name: answers.stars[name] for name in rules.CRITERIA[row.side]}
    row.overall = rules.overall(row.stars)
    row.text, row.private_note = answers.text.strip(), answers.private_note.strip()
    row.score, row.reasons, row.english = answers.score, sorted(set(answers.reasons)), answers.english


def _tell(contract, party_id: str, kind: str, title: str, key: str = "") -> None:
    link = reverse("reputation:contract", args=[contract.pk])
    notify(party_id, f"feedback.{kind}", link=link, key=f"feedback-{kind}:{key or contract.pk}", title=title)


def _window(contract) -> Window:
    """The window of an ended contract, locked."""
    closes_at = rules.window_closes(contract.ended_at, numbers().window_days)
    insert_new(Window(contract=contract, closes_at=closes_at, net_minor=net_paid(contract), unit=contract.unit))
    return Window.objects.select_for_update().select_related("contract").get(pk=contract.pk)


@action
def open_window(event: Event) -> None:
    """contract:ended: from now on both sides are asked for feedback."""
    contract = lock_contract_for(SYSTEM, event.subject_id)
    _window(contract)


def _publish_midway(contract, given: Feedback) -> None:
    given.published_at, given.public = clock.now(), rules.is_public(net_paid(contract), numbers_in(contract.unit))
    given.save(update_fields=["published_at", "public"])
    events.record("feedback:shown", given.id, SYSTEM, contract=contract.pk, about=given.about_id)
    _tell(contract, given.about_id, "midway", f"There is feedback on “{contract.title}” for you", given.id)


def _publish(window: Window) -> None:
    """Show what both sides gave. Only public feedback is told to the rooms that count stars."""
    if window.published_at:
        return
    now = clock.now()
    window.published_at = now
    window.save(update_fields=["published_at"])
    public = rules.is_public(window.net_minor, numbers_in(window.unit))
    for row in queries.list_final(window.pk):
        row.published_at, row.public = now, public
        row.save(update_fields=["published_at", "public"])
        told = {"contract": window.pk, "by_kind": row.side, "about": row.about_id, "net_minor": window.net_minor}
        if public:
            events.record("feedback:published", row.id, SYSTEM, stars=row.overall, **told)
        else:
            events.record("feedback:shown", row.id, SYSTEM, **told)
        _tell(window.contract, row.about_id, "published", f"Feedback on “{window.contract.title}” can be read now", row.id)


@action
def close_window(contract_id: str) -> None:
    """The time is over: what was given is published, and nothing more can be."""
    contract = lock_contract_for(SYSTEM, contract_id)
    window = _window(contract)
    if window.closes_at <= clock.now():
        _publish(window)


def close_due_windows() -> int:
    """Publish where the time is over, each in a transaction of its own."""
    return act_on_each(queries.list_due_windows(clock.now()), close_window)


@action
def remind(contract_id: str) -> None:
    """Ask the sides that are still silent once more."""
    contract = lock_contract_for(SYSTEM, contract_id)
    window = _window(contract)
    if window.published_at or window.reminded_at:
        return
    window.reminded_at = clock.now()
    window.save(update_fields=["reminded_at"])
    gave = {row.side for row in queries.list_final(contract_id)}
    last_day = f"{window.closes_at:%-d %B}"
    for side, party_id in (("client", contract.client_id), ("freelancer", contract.freelancer_id)):
        if side not in gave:
            _tell(contract, party_id, "reminder", f"Feedback on “{contract.title}” can be given until {last_day}, 0:00 UTC")


def remind_all() -> int:
    """Remind where the window closes soon."""
    return act_on_each(queries.list_windows_to_remind(clock.now(), numbers().remind_days), remind)
