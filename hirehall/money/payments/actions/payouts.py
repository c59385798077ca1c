"""Where a party's money can go, and sending it there."""

from procrastinate.contrib.django import app as jobs

from hirehall.kernel import clock, events
from hirehall.kernel.atomic import action
from hirehall.kernel.errors import Refused, refuse
from hirehall.money.ledger.actions import post
from hirehall.money.ledger.chart import Address
from hirehall.money.ledger.queries import balance
from hirehall.money.ledger.rules import Entry
from hirehall.money.payments import queries, rules
from hirehall.money.payments.actions.powers import check_power
from hirehall.money.payments.currencies import why_not_go_on
from hirehall.money.payments.gateways.port import Kept
from hirehall.money.payments.models import PayoutMethod, Withdrawal
from hirehall.money.payments.policy import main_unit, numbers, numbers_in, taken
from hirehall.money.payments.rules import WithdrawalState
from hirehall.people.accounts.actors import Actor


@action
def add_payout_method(actor: Actor, kind: str, kept: Kept, holder_name: str) -> PayoutMethod:
    """Add a bank account or wallet that the gateway keeps; it can be used after the waiting time."""
    now = clock.now()
    check_power(actor, "withdraw")
    if len(queries.list_payout_methods_for(actor)) >= numbers().methods_max:
        raise Refused("payout:too_many", "Remove an account that you no longer use before you add another.")
    method = PayoutMethod.objects.create(
        party_id=actor.party_id,
        gateway=kept.gateway,
        kind=kind,
        token=kept.token,
        holder_name=holder_name.strip(),
        label=kept.brand,
        last4=kept.last4,
        added_at=now,
        usable_at=rules.due_at(now, numbers().payout_wait_days),
    )
    events.record("payout_method:added", method.id, actor, party=actor.party_id)
    return method


@action
def remove_payout_method(actor: Actor, method_id: str) -> None:
    """Take a payout method away; withdrawals on their way go on."""
    check_power(actor, "withdraw")
    method = queries.get_payout_method_for(actor, method_id)
    PayoutMethod.objects.filter(pk=method.pk).update(removed_at=clock.now())
    events.record("payout_method:removed", method.id, actor, party=actor.party_id)


@action
def withdraw(actor: Actor, method_id: str, amount: int | None = None, unit: str | None = None) -> Withdrawal:
    """Send available money of a unit (the main one when none is named) to a payout method: an amount, or all of it.

    The ledger's own floor decides between two at once, so together they never take more than there is.
    """
    check_power(actor, "withdraw")
    now, unit = clock.now(), unit or main_unit()
    refuse(why_not_go_on(unit, taken(), "withdrawal:unit"))
    limits = numbers_in(unit)
    method = queries.get_payout_method_for(actor, method_id)
    available = balance("available", str(actor.party_id), unit)
    wanted = available if amount is None else amount
    fee = limits.withdrawal_fee(method.kind)
    refuse(
        rules.why_not_withdraw(
            amount=wanted, available=available, usable_at=method.usable_at, now=now, fee=fee, numbers=limits
        )
    )
    withdrawal = Withdrawal.objects.create(
        party_id=actor.party_id,
        method=method,
        amount_minor=wanted,
        fee_minor=fee,
        unit=unit,
        state=WithdrawalState.ASKED,
        asked_at=now,
    )
    cause = {"method": f"{method.label} {method.last4}"}
    free, away = Address("available", str(actor.party_id)), Address("payout", str(actor.party_id))
    entries = [Entry(free, away, wanted - fee, unit, "withdrawal", f"withdrawal:{withdrawal.id}", cause)]
    if fee:
        entries.append(Entry(free, Address("fee"), fee, unit, "withdrawal_fee", f"wfee:{withdrawal.id}", cause))
    post(entries)
    events.record("withdrawal:asked", withdrawal.id, actor, party=actor.party_id, amount=wanted, fee=fee, unit=unit)
    jobs.configure_task("payments.send_payout").defer(withdrawal_id=withdrawal.id)
    return withdrawal
