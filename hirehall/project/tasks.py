"""Timed work of the processes themselves: a job whose worker died begins again.

A worker that is killed leaves its jobs marked as running for ever: a charge would never be asked for, a fact never
told. Workers give a sign of life every few seconds; a job of one that is silent goes back to the waiting ones.
Every job is safe to run twice, so a worker that was only slow does no harm.
"""

from django.conf import settings
from django.db import connection
from procrastinate.contrib.django import app as jobs

# A timer's turn (it has a queueing lock) that has a successor already is given up, because only one may wait.
_RESCUE = """
WITH stalled AS (
    SELECT job.id, job.queueing_lock
      FROM procrastinate_jobs job
      LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id
     WHERE job.status = 'doing'
       AND (worker.id IS NULL OR worker.last_heartbeat < now() - make_interval(secs => %s))
     ORDER BY job.id
       FOR UPDATE OF job SKIP LOCKED
), judged AS (
    SELECT id, queueing_lock IS NOT NULL AND (
               row_number() OVER (PARTITION BY queueing_lock ORDER BY id DESC) > 1
               OR EXISTS (SELECT FROM procrastinate_jobs next
                           WHERE next.status = 'todo' AND next.queueing_lock = stalled.queueing_lock)
           ) AS has_successor
      FROM stalled
)
UPDATE procrastinate_jobs job
   SET status = (CASE WHEN has_successor THEN 'failed' ELSE 'todo' END)::procrastinate_job_status,
       attempts = attempts + 1, scheduled_at = NULL, worker_id = NULL
  FROM judged
 WHERE job.id = judged.id
"""


def rescue_jobs() -> int:
    """Let the jobs of silent workers wait again; returns how many were touched."""
    with connection.cursor() as cursor:
        cursor.execute(_RESCUE, [settings.WORKER_SILENT_SECONDS])
        return cursor.rowcount


@jobs.periodic(cron="* * * * *")
@jobs.task(name="project.rescue_jobs", queueing_lock="project.rescue_jobs")
def rescue(timestamp: int) -> None:
    rescue_jobs()
