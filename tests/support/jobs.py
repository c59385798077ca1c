"""Runs deferred jobs inside the test, through the same task functions that the worker calls."""

from datetime import timedelta

from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from hirehall.kernel import clock

# A test that defers more than this has a loop.
LIMIT = 5_000


def waiting() -> list[ProcrastinateJob]:
    """The jobs that wait, oldest first."""
    return list(ProcrastinateJob.objects.filter(status="todo").order_by("id"))


def run_jobs(*, later: bool = False) -> int:
    """Run every waiting job until none is left; jobs planned for later only when asked. Returns how many ran."""
    ran = 0
    while ran < LIMIT:
        due = [j for j in waiting() if later or j.scheduled_at is None or j.scheduled_at <= clock.now()]
        if not due:
            return ran
        for job in due:
            app.tasks[job.task_name].func(**job.args)
            _finish(job.id)
            ran += 1
    raise AssertionError(f"More than {LIMIT} jobs: does a job defer itself?")


def _finish(job_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_events WHERE job_id = %s", [job_id])
        cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [job_id])


def run_timers() -> None:
    """Run each periodic task once, as the worker would at the present (driven) moment, and what it defers."""
    stamp = int(clock.now().timestamp())
    for periodic in app.periodic_registry.periodic_tasks.values():
        periodic.task.func(timestamp=stamp)
    run_jobs()


def pass_time(**step: float) -> None:
    """Advance the clock by a timedelta's arguments, then let timers and jobs run."""
    clock.advance(timedelta(**step))
    run_timers()
