"""Timed work of the books: days that are over, checks each night, the gateway's list, proposals nobody decided on."""

from datetime import timedelta

import procrastinate
from procrastinate.contrib.django import app as jobs

from hirehall.kernel import clock
from hirehall.money.books import checks, queries, reconcile
from hirehall.money.books.actions.adjustments import expire_due_adjustments
from hirehall.money.books.actions.days import close_days
from hirehall.money.books.actions.findings import keep_findings
from hirehall.money.books.models import CheckRun
from hirehall.money.books.policy import numbers
from hirehall.money.payments.gateways.registry import gateway, gateways

TRY_AGAIN = procrastinate.RetryStrategy(max_attempts=8, exponential_wait=4)
# A timer that fires twice in a night does its work once.
ONCE_A_NIGHT = timedelta(hours=20)


@jobs.periodic(cron="31 0 * * *")
@jobs.task(name="books.close_days", queueing_lock="books.close_days", retry=TRY_AGAIN)
def close_the_days(timestamp: int) -> None:
    close_days()


@jobs.periodic(cron="47 2 * * *")
@jobs.task(name="books.run_checks", queueing_lock="books.run_checks", retry=TRY_AGAIN)
def run_checks(timestamp: int) -> None:
    for name in checks.names():
        if not queries.has_run_since(name, clock.now() - ONCE_A_NIGHT):
            checks.run_check(name)


@jobs.periodic(cron="17 3 * * *")
@jobs.task(name="books.reconcile", queueing_lock="books.reconcile")
def reconcile_all(timestamp: int) -> None:
    """One job for each gateway, so that one which cannot be reached holds up no other."""
    for name in gateways():
        if not queries.has_run_since(f"gateway {name}", clock.now() - ONCE_A_NIGHT):
            reconcile_gateway.defer(name=name)


@jobs.task(name="books.reconcile_gateway", retry=TRY_AGAIN)
def reconcile_gateway(name: str) -> None:
    compare_with(name)


def compare_with(name: str) -> CheckRun:
    """Fetch a gateway's list, compare it with our rows, and keep what differs."""
    now = clock.now()
    span = reconcile.Span(now - timedelta(days=numbers().reconcile_days), now - timedelta(hours=numbers().grace_hours))
    with reconcile.gateway_list(gateway(name).list_movements(span.list_since, now + reconcile.MARGIN)) as count:
        return keep_findings(f"gateway {name}", reconcile.list_differences(name, span), compared=count)


@jobs.periodic(cron="23 * * * *")
@jobs.task(name="books.expire_adjustments", queueing_lock="books.expire_adjustments")
def expire_adjustments(timestamp: int) -> None:
    expire_due_adjustments()
