"""Timed work of jobs: their end, its warning, and the reminders of saved ones."""

from procrastinate.contrib.django import app as jobs

from hirehall.market.jobs.actions import activity, saving


@jobs.periodic(cron="*/10 * * * *")
@jobs.task(name="jobs.expire_jobs", queueing_lock="jobs.expire_jobs")
def expire_jobs(timestamp: int) -> None:
    activity.expire_due_jobs()


@jobs.periodic(cron="20 * * * *")
@jobs.task(name="jobs.warn_jobs", queueing_lock="jobs.warn_jobs")
def warn_jobs(timestamp: int) -> None:
    activity.warn_due_jobs()


@jobs.periodic(cron="*/5 * * * *")
@jobs.task(name="jobs.send_reminders", queueing_lock="jobs.send_reminders")
def send_reminders(timestamp: int) -> None:
    saving.send_due_reminders()
