"""Timed work of contracts: expired offers, review days, and closures."""

from procrastinate.contrib.django import app as jobs

from hirehall.work.contracts.actions import endings, milestones, offers, repayments


@jobs.periodic(cron="*/10 * * * *")
@jobs.task(name="contracts.expire_offers", queueing_lock="contracts.expire_offers")
def expire_offers(timestamp: int) -> None:
    offers.expire_due_offers()


@jobs.periodic(cron="* * * * *")
@jobs.task(name="contracts.release_due", queueing_lock="contracts.release_due")
def release_due(timestamp: int) -> None:
    milestones.release_all_due()


@jobs.periodic(cron="*/10 * * * *")
@jobs.task(name="contracts.close_due", queueing_lock="contracts.close_due")
def close_due(timestamp: int) -> None:
    endings.close_all_due()


@jobs.periodic(cron="*/10 * * * *")
@jobs.task(name="contracts.expire_repayments", queueing_lock="contracts.expire_repayments")
def expire_repayments(timestamp: int) -> None:
    repayments.expire_due_repayments()
