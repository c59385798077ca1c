"""Events: committed with the data, delivered once, one job per reaction."""

import pytest
from django.db import transaction

from hirehall.kernel import events
from hirehall.kernel.atomic import action
from hirehall.kernel.errors import Refused
from hirehall.kernel.models import Delivery, Event
from tests.support.jobs import run_jobs, waiting

SEEN: list[str] = []


def note(event):
    SEEN.append(f"note {event.data['n']}")


def fail(event):
    raise RuntimeError("broken reaction")


@pytest.fixture(autouse=True)
def wired(monkeypatch, db):
    SEEN.clear()
    monkeypatch.setattr(events, "_reactions", {})
    events.wire({"thing:done": [note], "thing:broken": [fail, note]})


@action
def do_thing(number: int, name: str = "thing:done", refuse: bool = False) -> Event:
    event = events.record(name, "s1", None, n=number)
    if refuse:
        raise Refused("thing:no", "Not today.")
    return event


def test_an_event_becomes_one_job_and_runs_once():
    event = do_thing(1)
    assert len(waiting()) == 1
    run_jobs()
    events.deliver(event_id=event.id, reaction=f"{__name__}.note")
    assert SEEN == ["note 1"]
    assert Delivery.objects.count() == 1
    assert events.list_events("s1") == [event] == events.list_events("s1", ["thing:done"])
    assert events.list_events("s1", ["other"]) == []


def test_a_refusal_undoes_event_and_job():
    with pytest.raises(Refused):
        do_thing(1, refuse=True)
    assert (Event.objects.count(), waiting()) == (0, [])


def test_a_broken_reaction_leaves_no_mark_and_does_not_stop_the_other():
    event = do_thing(2, "thing:broken")
    assert len(waiting()) == 2
    with pytest.raises(RuntimeError), transaction.atomic():
        events.deliver(event_id=event.id, reaction=f"{__name__}.fail")
    events.deliver(event_id=event.id, reaction=f"{__name__}.note")
    assert SEEN == ["note 2"]
    assert [d.reaction for d in Delivery.objects.all()] == [f"{__name__}.note"]


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_an_action_is_a_mistake():
    with pytest.raises(RuntimeError, match="outside an action"):
        events.record("thing:done", "s1", None, n=1)


@action
def outer_action(calls):
    return [call() for call in calls]


def test_an_inner_refusal_undoes_the_outer_action_and_a_later_one_works():
    with pytest.raises(Refused):
        outer_action([lambda: do_thing(1), lambda: do_thing(2, refuse=True)])
    assert Event.objects.count() == 0
    do_thing(3)
    assert Event.objects.count() == 1
