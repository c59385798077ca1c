"""Timed work of notices."""

import procrastinate
from procrastinate.contrib.django import app as jobs

from hirehall.people.notifications import actions, devices


@jobs.periodic(cron="5 * * * *")
@jobs.task(name="notifications.send_digests", queueing_lock="notifications.send_digests")
def send_digests(timestamp: int) -> None:
    actions.send_due_digests()


@jobs.task(
    name="notifications.push", retry=procrastinate.RetryStrategy(max_attempts=6, exponential_wait=5), queue="push"
)
def push(device_id: str, notice_id: str) -> None:
    devices.push_notice(device_id, notice_id)
