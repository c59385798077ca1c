"""Jobs of payments: what is asked of a gateway, what the sandbox delivers, and the end of the security days."""

import urllib.request
from datetime import timedelta

import procrastinate
from django.conf import settings
from procrastinate.contrib.django import app as jobs

from hirehall.kernel import clock
from hirehall.money.payments import endings, payout_queries, queries, settlement, webhooks
from hirehall.money.payments.actions import recovery
from hirehall.money.payments.actions.schedules import run_due_schedules
from hirehall.money.payments.actions.withdrawal_holds import release_overdue_holds
from hirehall.money.payments.actions.withdrawals import claim_withdrawal
from hirehall.money.payments.gateways import sandbox
from hirehall.money.payments.gateways.port import News
from hirehall.money.payments.gateways.registry import gateway
from hirehall.money.payments.policy import method_numbers

TRY_AGAIN = procrastinate.RetryStrategy(max_attempts=12, exponential_wait=3)
TIMEOUT_SECONDS = 15
FORGET_AGAIN = timedelta(hours=6)


def _take(company: str, news: News | None) -> None:
    """What a company answered at once; its message about the same, before or after, changes nothing more."""
    if news is not None:
        settlement.take_news(company, news)


@jobs.task(name="payments.send_verification", retry=TRY_AGAIN)
def send_verification(method_id: str) -> None:
    method = queries.get_method(method_id)
    _take(method.gateway, gateway(method.gateway).verify(f"method:{method.id}", method.token))


@jobs.task(name="payments.send_confirmation", retry=TRY_AGAIN)
def send_confirmation(method_id: str) -> None:
    method = queries.get_method(method_id)
    _take(method.gateway, gateway(method.gateway).confirm(f"method:{method.id}", method.token))


@jobs.task(name="payments.forget_card", retry=TRY_AGAIN)
def forget_card(method_id: str) -> None:
    """Have a removed card forgotten by its company, but not before the charges on their way are done."""
    method = queries.get_method(method_id)
    if queries.has_open_charge(method_id):
        jobs.configure_task("payments.forget_card", schedule_at=clock.now() + FORGET_AGAIN).defer(method_id=method_id)
    else:
        gateway(method.gateway).forget_card(method.token)


@jobs.task(name="payments.send_charge", retry=TRY_AGAIN)
def send_charge(charge_id: str) -> None:
    charge = queries.get_charge(charge_id)
    company = gateway(charge.method.gateway)
    _take(company.name, company.charge(f"charge:{charge.id}", charge.method.token, charge.amount_minor, charge.unit))


@jobs.task(name="payments.confirm_charge", retry=TRY_AGAIN)
def confirm_charge(charge_id: str) -> None:
    charge = queries.get_charge(charge_id)
    company = gateway(charge.method.gateway)
    _take(company.name, company.confirm(f"charge:{charge.id}", charge.method.token))


@jobs.task(name="payments.drop_charge", retry=TRY_AGAIN)
def drop_charge(charge_id: str) -> None:
    charge = queries.get_charge(charge_id)
    company = gateway(charge.method.gateway)
    _take(company.name, company.drop_charge(f"charge:{charge.id}"))


@jobs.task(name="payments.look_at_charge", retry=TRY_AGAIN)
def look_at_charge(charge_id: str) -> None:
    """Ask what has become of a charge whose message never came."""
    charge = queries.get_charge(charge_id)
    company = gateway(charge.method.gateway)
    _take(company.name, company.look(f"charge:{charge.id}"))


@jobs.periodic(cron="20 * * * *")
@jobs.task(name="payments.ask_about_charges", queueing_lock="payments.ask_about_charges")
def ask_about_charges(timestamp: int) -> None:
    endings.ask_about_charges()


@jobs.periodic(cron="10 * * * *")
@jobs.task(name="payments.end_cards", queueing_lock="payments.end_cards")
def end_cards(timestamp: int) -> None:
    """Every hour, so that a card ends soon after its last day wherever the worker was at midnight."""
    endings.end_cards()


@jobs.task(name="payments.send_refund", retry=TRY_AGAIN)
def send_refund(refund_id: str) -> None:
    refund = queries.get_refund(refund_id)
    company = gateway(refund.charge.method.gateway)
    key, charge_key = f"refund:{refund.id}", f"charge:{refund.charge_id}"
    _take(company.name, company.refund(key, charge_key, refund.amount_minor, refund.unit))


@jobs.task(name="payments.send_payout", retry=TRY_AGAIN)
def send_payout(withdrawal_id: str) -> None:
    """Hand a withdrawal to the gateway, if it may leave and its time has come."""
    asked = claim_withdrawal(withdrawal_id)
    if asked is not None:
        company = gateway(asked.method.gateway)
        key = f"withdrawal:{asked.id}"
        _take(company.name, company.pay_out(key, asked.method.token, asked.net_minor, asked.unit))


@jobs.periodic(cron="*/10 * * * *")
@jobs.task(name="payments.send_due_payouts", queueing_lock="payments.send_due_payouts")
def send_due_payouts(timestamp: int) -> None:
    """Each has a job of its own for its moment; this one makes up for those that were lost."""
    for withdrawal_id in payout_queries.list_due(clock.now()):
        send_payout.defer(withdrawal_id=withdrawal_id)


@jobs.periodic(cron="40 * * * *")
@jobs.task(name="payments.ask_about_payouts", queueing_lock="payments.ask_about_payouts")
def ask_about_payouts(timestamp: int) -> None:
    """Ask again, with the same key, about those whose message never came."""
    before = clock.now() - timedelta(hours=method_numbers().look_after_hours)
    for withdrawal_id in payout_queries.list_silent(before):
        send_payout.defer(withdrawal_id=withdrawal_id)


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


@jobs.periodic(cron="*/10 * * * *")
@jobs.task(name="payments.retry_debts", queueing_lock="payments.retry_debts")
def retry_debts(timestamp: int) -> None:
    recovery.retry_all_debts()
