"""Timed work of Connects: what expires, and what comes with a new month."""

from procrastinate.contrib.django import app as jobs

from hirehall.money.connects.actions import expire_due_lots, grant_monthly


@jobs.periodic(cron="7 * * * *")
@jobs.task(name="connects.expire", queueing_lock="connects.expire")
def expire(timestamp: int) -> None:
    while expire_due_lots():
        pass


@jobs.periodic(cron="11 * * * *")
@jobs.task(name="connects.grant_month", queueing_lock="connects.grant_month")
def grant_month(timestamp: int) -> None:
    while grant_monthly():
        pass
