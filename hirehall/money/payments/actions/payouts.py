"""Where a party's money can go, and sending it there."""

from datetime import datetime, timedelta

from procrastinate.contrib.django import app as jobs

from hirehall.kernel import clock, events
from hirehall.kernel.atomic import action
from hirehall.kernel.errors import Refused, refuse
from hirehall.money.ledger.actions import post
from hirehall.money.ledger.chart import Address
from hirehall.money.ledger.queries import balance
from hirehall.money.ledger.rules import Entry
from hirehall.money.payments import fees, hold_rules, outcomes, payout_queries, payout_rules, queries, rules
from hirehall.money.payments.actions.powers import check_power
from hirehall.money.payments.currencies import why_not_go_on
from hirehall.money.payments.gateways.port import Kept
from hirehall.money.payments.hold_rules import Found
from hirehall.money.payments.models import PayoutMethod, Withdrawal, WithdrawalHold
from hirehall.money.payments.payout_rules import TAX_FORM
from hirehall.money.payments.policy import (
    main_unit,
    numbers,
    numbers_in,
    payout_numbers,
    payout_numbers_in,
    taken,
    version,
)
from hirehall.money.payments.rules import WithdrawalState
from hirehall.people.accounts.actors import Actor


@action
def add_payout_method(actor: Actor, kind: str, kept: Kept, holder_name: str) -> PayoutMethod:
    """Add a bank account, card or wallet that the gateway keeps; it can be used after the waiting time.

    It must be held in the party's verified name.
    """
    now = clock.now()
    check_power(actor, "withdraw")
    if len(queries.list_payout_methods_for(actor)) >= numbers().methods_max:
        raise Refused("payout:too_many", "Remove an account that you no longer use before you add another.")
    refuse(payout_rules.why_not_holder(holder_name, payout_queries.verified_name(actor.party_id)))
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
def stop_payout_method(token: str) -> PayoutMethod:
    """Whoever reads the owner's mail says that the method is not theirs: it goes, and nothing leaves to it any more."""
    method = payout_queries.find_method_to_stop(token)
    if PayoutMethod.objects.filter(pk=method.pk, removed_at=None).update(removed_at=clock.now()):
        for withdrawal in payout_queries.lock_unsent(method_id=method.pk):
            outcomes.give_back(withdrawal, WithdrawalState.UNDONE)
        events.record("payout_method:stopped", method.id, None, party=method.party_id)
    return method


@action
def withdraw(
    actor: Actor, method_id: str, amount: int | None = None, unit: str | None = None, *, undo: bool = False
) -> Withdrawal:
    """Send available money of a unit (the main one when none is named) to a payout method: an amount, or all of it.

    With `undo` it waits policy's minutes first, in which it can be taken back.

    Two at once wait for each other, and the ledger's own floor holds besides: together they never take more than
    there is.
    """
    check_power(actor, "withdraw")
    now = clock.now()
    method = queries.get_payout_method_for(actor, method_id)
    send_at = now + timedelta(minutes=payout_numbers().undo_minutes if undo else 0)
    return ask_withdrawal(actor, method, amount, unit or main_unit(), send_at=send_at)


@action
def ask_withdrawal(
    actor: Actor, method: PayoutMethod, amount: int | None, unit: str, *, send_at: datetime, **origin: object
) -> Withdrawal:
    """The one way in which a withdrawal begins: by hand, again, or by a schedule (`origin` says which).

    Without a tax form it waits for it; when a rule of policy sees danger a person looks at it first.
    """
    now, party_id = clock.now(), str(actor.party_id)
    refuse(why_not_go_on(unit, taken(), "withdrawal:unit"))
    payout_queries.lock_withdrawals_of(party_id)
    available = balance("available", party_id, unit)
    wanted = available if amount is None else amount
    fee, limits = payout_queries.withdrawal_fee(method, wanted, unit), numbers_in(unit)
    refuse(rules.why_not_withdraw(amount=wanted, available=available, usable_at=method.usable_at, now=now, fee=fee.total, numbers=limits))
    refuse(payout_rules.why_not_holder(method.holder_name, payout_queries.verified_name(party_id)))
    facts = payout_queries.hold_facts(party_id, method, wanted, unit, available, now)
    found = hold_rules.find_hold(facts, payout_numbers_in(unit))
    withdrawal = Withdrawal.objects.create(
        party_id=party_id,
        method=method,
        amount_minor=wanted,
        fee_minor=fee.total,
        vat_basis_points=fee.vat_basis_points,
        unit=unit,
        state=WithdrawalState.HELD if found else WithdrawalState.ASKED,
        asked_at=now,
        send_at=send_at,
        waits_for="" if payout_queries.find_tax_form(party_id) else TAX_FORM,
        **origin,
    )
    _set_aside(withdrawal)
    events.record("withdrawal:asked", withdrawal.id, actor, party=party_id, amount=wanted, fee=fee.total, unit=unit)
    if found:
        place_hold(withdrawal, found)
    send_when_due(withdrawal)
    return withdrawal


def _set_aside(withdrawal: Withdrawal) -> None:
    party_id, unit = withdrawal.party_id, withdrawal.unit
    free, away, cause = Address("available", party_id), Address("payout", party_id), {"method": str(withdrawal.method)}
    entries = [Entry(free, away, withdrawal.net_minor, unit, "withdrawal", f"withdrawal:{withdrawal.id}", cause)]
    fee, on_fee = outcomes.fee_without_vat(withdrawal)
    entries += [
        Entry(free, Address("fee"), fee, unit, "withdrawal_fee", f"wfee:{withdrawal.id}", cause),
        Entry(free, Address("tax"), withdrawal.vat_minor, unit, fees.VAT, f"wvat:{withdrawal.id}", on_fee),
    ]
    post([each for each in entries if each.amount])


def send_when_due(withdrawal: Withdrawal) -> None:
    """Have a withdrawal sent at its moment, unless something keeps it."""
    if withdrawal.state == WithdrawalState.ASKED and not withdrawal.waits_for:
        later = withdrawal.send_at is not None and withdrawal.send_at > clock.now()
        options = {"schedule_at": withdrawal.send_at} if later else {}
        jobs.configure_task("payments.send_payout", **options).defer(withdrawal_id=withdrawal.id)


def place_hold(withdrawal: Withdrawal, found: Found, by: Actor | None = None) -> WithdrawalHold:
    """Keep the rule, what it saw and its reason; tell the owner."""
    now = clock.now()
    hold = WithdrawalHold.objects.create(
        withdrawal=withdrawal,
        party_id=withdrawal.party_id,
        rule=found.rule,
        inputs=found.inputs,
        reason=found.reason,
        policy_version=version(),
        placed_by_id=by.user_id if by else None,
        placed_at=now,
        decide_by=now + timedelta(days=payout_numbers().hold_days),
    )
    about = {"party": withdrawal.party_id, "amount": withdrawal.amount_minor, "unit": withdrawal.unit}
    events.record("withdrawal:held", withdrawal.id, by, **about, rule=str(found.rule), reason=found.reason)
    return hold
