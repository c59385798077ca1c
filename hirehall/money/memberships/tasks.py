"""Timed work of memberships: months that are over, and failed charges that are due again."""

from procrastinate.contrib.django import app as jobs

from hirehall.money.memberships.actions import renew_all_due


@jobs.periodic(cron="*/10 * * * *")
@jobs.task(name="memberships.renew", queueing_lock="memberships.renew")
def renew(timestamp: int) -> None:
    renew_all_due()
