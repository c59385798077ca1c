"""Jobs of dead workers begin again; those of living ones are left alone."""

import pytest
from django.db import connection

from hirehall.project.tasks import rescue_jobs

pytestmark = pytest.mark.django_db


def run(query, *values):
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall() if cursor.description else []


def add_worker(silent_seconds):
    query = "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s)) RETURNING id"
    return run(query, silent_seconds)[0][0]


def add_job(worker, status="doing", queueing_lock=None):
    query = (
        "INSERT INTO procrastinate_jobs (task_name, queue_name, args, status, worker_id, queueing_lock)"
        " VALUES ('x', 'default', '{}', %s, %s, %s) RETURNING id"
    )
    return run(query, status, worker, queueing_lock)[0][0]


def states():
    return dict(run("SELECT id, status::text FROM procrastinate_jobs"))


@pytest.mark.feature("OPS-01")
def test_only_the_jobs_of_silent_and_forgotten_workers_wait_again():
    dead, alive = add_worker(60), add_worker(3)
    lost, working, orphan, done = add_job(dead), add_job(alive), add_job(None), add_job(dead, "succeeded")
    assert rescue_jobs() == 2
    assert states() == {lost: "todo", working: "doing", orphan: "todo", done: "succeeded"}
    assert rescue_jobs() == 0


def test_a_timer_waits_once():
    dead = add_worker(60)
    first, second, other = add_job(dead, queueing_lock="a"), add_job(dead, queueing_lock="a"), add_job(dead, queueing_lock="b")
    waits = add_job(None, "todo", "b")
    rescue_jobs()
    assert states() == {first: "failed", second: "todo", other: "failed", waits: "todo"}
