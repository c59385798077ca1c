"""Runs the product's own code through a driven year: time, and the jobs that actions defer, inside one process.

Jobs are kept in memory and run at once, in order, by the same task functions that the worker calls; what a refusal
undoes in the database is undone here too. Letters to invented people are not sent, and nobody watches live.
"""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import connection
from procrastinate import types
from procrastinate.connector import BaseConnector
from procrastinate.contrib.django import app

from hirehall.kernel import clock, events, live
from hirehall.kernel.atomic import action
from hirehall.kernel.errors import Refused
from hirehall.kernel.models import Event
from hirehall.people.notifications import actions as notifications

R = TypeVar("R")
# Nobody reads these letters, and the index is built once at the end.
SKIPPED_TASKS = frozenset({"mail.send"})
SKIPPED_REACTIONS = ("hirehall.guide.search.",)
SKIPPED_TIMERS = ("notifications.send_digests", "search.rebuild", "search.refresh_active")


class Queue(BaseConnector):
    """Takes deferred jobs and keeps them in a list."""

    def __init__(self) -> None:
        self.jobs: list[types.JobToDefer] = []

    def get_sync_connector(self) -> "Queue":
        return self

    def execute_query_all(self, query: str, **arguments: Any) -> list[dict[str, Any]]:
        self.jobs += arguments["jobs"]
        return [{"id": len(self.jobs)} for _ in arguments["jobs"]]

    def execute_query_all_with_connection(self, connection: Any, query: str, **arguments: Any) -> list[dict[str, Any]]:
        return self.execute_query_all(query, **arguments)


def _matters(job: types.JobToDefer) -> bool:
    return job.task_name not in SKIPPED_TASKS and not str(job.args.get("reaction", "")).startswith(SKIPPED_REACTIONS)


class Driver:
    """Time and jobs of one simulated run."""

    def __init__(self, queue: Queue) -> None:
        self.queue = queue
        self.refused: dict[str, int] = {}
        self._events: dict[str, Event] = {}

    def act(self, function: Callable[..., R], *args: Any, **kwargs: Any) -> R:
        """Call one action, then everything that follows from it; all of it is one transaction."""
        before = len(self.queue.jobs)
        try:
            return self._step(function, *args, **kwargs)
        except Exception:
            del self.queue.jobs[before:]
            raise

    @action
    def _step(self, function: Callable[..., R], *args: Any, **kwargs: Any) -> R:
        result = function(*args, **kwargs)
        self.run_jobs()
        return result

    def try_to(self, function: Callable[..., R], *args: Any, **kwargs: Any) -> R | None:
        """The same where the market may say no; the reason is counted."""
        try:
            return self.act(function, *args, **kwargs)
        except Refused as refusal:
            self.refused[refusal.code] = self.refused.get(refusal.code, 0) + 1
            return None

    def run_jobs(self) -> None:
        """Run what is due now, and what that defers; what is planned for later waits."""
        now, later = clock.now(), []
        while self.queue.jobs:
            job = self.queue.jobs.pop(0)
            if job.scheduled_at is not None and job.scheduled_at > now:
                later.append(job)
            elif _matters(job):
                self._run(job)
        self.queue.jobs = later

    def _run(self, job: types.JobToDefer) -> None:
        """A job is never run again here, so reactions need no row which says that they ran."""
        if job.task_name == "events.deliver":
            events.react(self._event_of(job), str(job.args["reaction"]))
        else:
            app.tasks[job.task_name].func(**job.args)

    def _event_of(self, job: types.JobToDefer) -> Event:
        """The event that a job delivers, fetched together with those of all jobs that wait."""
        if job.args["event_id"] not in self._events:
            waiting = {one.args["event_id"] for one in [job, *self.queue.jobs] if one.task_name == job.task_name}
            self._events = Event.objects.in_bulk(list(waiting))
        return self._events[job.args["event_id"]]

    def go_to(self, moment: datetime) -> None:
        """Let time pass; it never goes back."""
        if moment > clock.now():
            clock.freeze(moment)
            self.run_jobs()

    def run_timers(self) -> None:
        """What a market does by itself once in a while, as of now."""
        stamp = int(clock.now().timestamp())
        for periodic in app.periodic_registry.periodic_tasks.values():
            if periodic.task.name not in SKIPPED_TIMERS:
                periodic.task.func(timestamp=stamp)
                self.run_jobs()


@contextmanager
def driving(start: datetime) -> Iterator[Driver]:
    """A process that lives in its own time from `start` on; jobs that still wait at the end go to the real worker."""
    queue, push, reach_people = Queue(), live.push, notifications.reach_people
    # Each step is committed as always, but nobody waits for the disk: an unfinished demo is made anew.
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")
    live.push = notifications.reach_people = _unwatched
    clock.freeze(start)
    # Almost nothing that an action makes lives on, and nothing of it is a ring that needs to be looked for often.
    thresholds = gc.get_threshold()
    gc.set_threshold(50_000, 50, 100)
    try:
        with app.replace_connector(queue):
            yield Driver(queue)
    finally:
        live.push, notifications.reach_people = push, reach_people
        clock.reset()
        gc.set_threshold(*thresholds)
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit TO on")
    for job in queue.jobs:
        app.configure_task(job.task_name, schedule_at=job.scheduled_at, queue=job.queue_name).defer(**job.args)


def _unwatched(*told: Any) -> None:
    """Nobody has a page open in the past, or reads mail there."""


def later(moment: datetime, **step: float) -> datetime:
    """A moment and a step."""
    return moment + timedelta(**step)
