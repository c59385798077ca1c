"""Timed work of contracts: expired offers, review days, and closures."""

from procrastinate.contrib.django import app as jobs

from hirehall.work.contracts.actions import dormancy, endings, milestones, offers, pausing, repayments


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


@jobs.periodic(cron="*/10 * * * *")
@jobs.task(name="contracts.retry_payments", queueing_lock="contracts.retry_payments")
def retry_payments(timestamp: int) -> None:
    pausing.retry_all_payments()


@jobs.periodic(cron="15 * * * *")
@jobs.task(name="contracts.watch_silence", queueing_lock="contracts.watch_silence")
def watch_silence(timestamp: int) -> None:
    dormancy.watch_silence()
