"""Facts go up: an action records an event, and the reactions named in project/wiring.py run afterwards.

An event is a row in the action's transaction. For each reaction one job is deferred in the same
transaction, so it is committed or undone with the data. A reaction runs at most once per event: its
Delivery row and its writes commit together. A failing reaction is retried and harms no other.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

import procrastinate
from django.db import transaction
from django.db.models import Max
from procrastinate.contrib.django import app as jobs

from hirehall.kernel import clock
from hirehall.kernel.inserts import insert_new
from hirehall.kernel.models import Delivery, Event


class Actor(Protocol):
    """Who caused the event: the kernel needs no more of a person than these two numbers."""

    user_id: int | None
    party_id: str | None


Reaction = Callable[[Event], Any]

_reactions: dict[str, dict[str, Reaction]] = {}


def wire(table: Mapping[str, Sequence[Reaction]]) -> None:
    """Take the table of reactions; called once at start by the project."""
    _reactions.clear()
    for name, functions in table.items():
        _reactions[name] = {f"{f.__module__}.{f.__name__}": f for f in functions}


def record(name: str, subject_id: str, actor: Actor | None = None, /, **data: Any) -> Event:
    """Write down that something happened; must be called inside an action."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"Event {name} was recorded outside an action.")
    event = Event.objects.create(
        name=name,
        subject_id=subject_id,
        user_id=actor.user_id if actor else None,
        party_id=actor.party_id if actor else None,
        data=data,
        at=clock.now(),
    )
    for reaction in _reactions.get(name, ()):
        deliver.defer(event_id=event.id, reaction=reaction)
    return event


@jobs.task(
    name="events.deliver",
    retry=procrastinate.RetryStrategy(max_attempts=12, exponential_wait=3),
    queue="events",
)
def deliver(event_id: str, reaction: str) -> None:
    """Run one reaction to one event, once."""
    with transaction.atomic():
        event = Event.objects.get(pk=event_id)
        if insert_new(Delivery(event=event, reaction=reaction, at=clock.now())):
            react(event, reaction)


def react(event: Event, reaction: str) -> None:
    """Run one reaction now. For those who see to it themselves that it runs once; everybody else delivers."""
    _reactions[event.name][reaction](event)


def list_events(subject_id: str, names: Sequence[str] = ()) -> list[Event]:
    """The history of one thing, oldest first."""
    found = Event.objects.filter(subject_id=subject_id).order_by("id")
    return list(found.filter(name__in=names) if names else found)


def last_at(subject_ids: Sequence[str], names: Sequence[str]) -> dict[str, datetime]:
    """When something of these names last happened to each of some things; those without are left out."""
    found = Event.objects.filter(subject_id__in=subject_ids, name__in=names)
    return dict(found.values_list("subject_id").annotate(Max("at")))
