"""Jobs of payments: what is asked of a gateway, what the sandbox delivers, and the end of the security days."""

import urllib.request

import procrastinate
from django.conf import settings
from procrastinate.contrib.django import app as jobs

from hirehall.money.payments import queries, settlement, webhooks
from hirehall.money.payments.actions.schedules import run_due_schedules
from hirehall.money.payments.actions.withdrawal_holds import release_overdue_holds
from hirehall.money.payments.actions.withdrawals import claim_withdrawal
from hirehall.money.payments.gateways import sandbox
from hirehall.money.payments.gateways.registry import gateway

TRY_AGAIN = procrastinate.RetryStrategy(max_attempts=12, exponential_wait=3)
TIMEOUT_SECONDS = 15


@jobs.task(name="payments.send_verification", retry=TRY_AGAIN)
def send_verification(method_id: str) -> None:
    method = queries.get_method(method_id)
    gateway(method.gateway).verify(f"method:{method.id}", method.token)


@jobs.task(name="payments.send_confirmation", retry=TRY_AGAIN)
def send_confirmation(method_id: str) -> None:
    method = queries.get_method(method_id)
    gateway(method.gateway).confirm(f"method:{method.id}", method.token)


@jobs.task(name="payments.send_charge", retry=TRY_AGAIN)
def send_charge(charge_id: str) -> None:
    charge = queries.get_charge(charge_id)
    company = gateway(charge.method.gateway)
    company.charge(f"charge:{charge.id}", charge.method.token, charge.amount_minor, charge.unit)


@jobs.task(name="payments.send_refund", retry=TRY_AGAIN)
def send_refund(refund_id: str) -> None:
    refund = queries.get_refund(refund_id)
    company = gateway(refund.charge.method.gateway)
    company.refund(f"refund:{refund.id}", f"charge:{refund.charge_id}", refund.amount_minor, refund.unit)


@jobs.task(name="payments.send_payout", retry=TRY_AGAIN)
def send_payout(withdrawal_id: str) -> None:
    """Hand a withdrawal to the gateway, if it may leave and its time has come."""
    asked = claim_withdrawal(withdrawal_id)
    if asked is not None:
        gateway(asked.method.gateway).pay_out(f"withdrawal:{asked.id}", asked.method.token, asked.net_minor, asked.unit)


@jobs.task(name=sandbox.DELIVER, retry=TRY_AGAIN)
def deliver_sandbox_event(event_id: str) -> None:
    """The sandbox as the other company: send a message over HTTP, or hand it over where nobody answers."""
    body, signature = sandbox.message_of(event_id)
    if not (settings.PAYMENT_WEBHOOK_URL and _send(body, signature)):
        webhooks.receive(sandbox.NAME, body, signature)
    sandbox.mark_taken(event_id)


def _send(body: bytes, signature: str) -> bool:
    """True when the message arrived. What arrived and was not answered comes again, which is harmless."""
    url = f"{settings.PAYMENT_WEBHOOK_URL.rstrip('/')}/{sandbox.NAME}/"
    headers = {"Content-Type": "application/json", webhooks.SIGNATURE_HEADER: signature}
    request = urllib.request.Request(url, data=body, headers=headers, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS):
            return True
    except OSError:
        return False


@jobs.periodic(cron="*/5 * * * *")
@jobs.task(name="payments.clear_holds", queueing_lock="payments.clear_holds")
def clear_holds(timestamp: int) -> None:
    settlement.clear_all_due_holds()


@jobs.periodic(cron="10 * * * *")
@jobs.task(name="payments.run_schedules", queueing_lock="payments.run_schedules")
def run_schedules(timestamp: int) -> None:
    """Every hour, so that a night whose worker was down is made up for; each schedule runs once on its day."""
    run_due_schedules()


@jobs.periodic(cron="*/10 * * * *")
@jobs.task(name="payments.end_holds", queueing_lock="payments.end_holds")
def end_holds(timestamp: int) -> None:
    """Let those withdrawals go on which nobody decided about in time."""
    release_overdue_holds()
