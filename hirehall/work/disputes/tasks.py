"""Timed work of disputes: deadlines, reminders, and refunds that are still owed."""

from procrastinate.contrib.django import app as jobs

from hirehall.work.disputes.actions import deadlines


@jobs.periodic(cron="* * * * *")
@jobs.task(name="disputes.pass_deadlines", queueing_lock="disputes.pass_deadlines")
def pass_deadlines(timestamp: int) -> None:
    deadlines.pass_all_deadlines()


@jobs.periodic(cron="35 * * * *")
@jobs.task(name="disputes.remind", queueing_lock="disputes.remind")
def remind(timestamp: int) -> None:
    deadlines.remind_all()


@jobs.periodic(cron="25 * * * *")
@jobs.task(name="disputes.collect_refunds", queueing_lock="disputes.collect_refunds")
def collect_refunds(timestamp: int) -> None:
    deadlines.collect_all()


@jobs.task(name="disputes.collect_refund")
def collect_refund(dispute_id: str) -> None:
    deadlines.collect_refund(dispute_id)
