"""Timed work of proposals."""

from procrastinate.contrib.django import app as jobs

from hirehall.market.proposals.actions import returning


@jobs.periodic(cron="40 * * * *")
@jobs.task(name="proposals.return_unopened", queueing_lock="proposals.return_unopened")
def return_unopened(timestamp: int) -> None:
    returning.return_all_unopened()
