"""Timed work of notices."""

from procrastinate.contrib.django import app as jobs

from hirehall.people.notifications import actions


@jobs.periodic(cron="5 * * * *")
@jobs.task(name="notifications.send_digests", queueing_lock="notifications.send_digests")
def send_digests(timestamp: int) -> None:
    actions.send_due_digests()
