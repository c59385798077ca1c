"""Timed work of feedback: windows that close, and reminders before they do."""

from procrastinate.contrib.django import app as jobs

from hirehall.trust.reputation.actions import giving


@jobs.periodic(cron="*/5 * * * *")
@jobs.task(name="reputation.close_windows", queueing_lock="reputation.close_windows")
def close_windows(timestamp: int) -> None:
    giving.close_due_windows()


@jobs.periodic(cron="20 * * * *")
@jobs.task(name="reputation.remind", queueing_lock="reputation.remind")
def remind(timestamp: int) -> None:
    giving.remind_all()
