"""What parties and higher rooms do with money: methods, charges, escrow, withdrawals.

What the gateway answers is taken in by settlement.py. Everything that moves money posts to the ledger once, with
references made from the row's own id or the caller's `ref`, so that every repetition is harmless. A `memo` names
the cause for the statement: contract_title, milestone, client_name, freelancer_name.
"""

from typing import Any

from procrastinate.contrib.django import app as jobs

from hirehall.kernel import clock, events, live
from hirehall.kernel.atomic import action
from hirehall.kernel.errors import NotFound, Refused, refuse
from hirehall.kernel.inserts import insert_new
from hirehall.money.ledger.actions import post
from hirehall.money.ledger.chart import Address
from hirehall.money.ledger.queries import balance, has_transfer
from hirehall.money.ledger.rules import Entry
from hirehall.money.payments import queries, rules
from hirehall.money.payments.gateways.port import Kept
from hirehall.money.payments.models import Charge, Hold, Method, PayoutMethod, Refund, Withdrawal
from hirehall.money.payments.policy import numbers, version
from hirehall.money.payments.rules import ChargeState, MethodState, RefundState, WithdrawalState
from hirehall.people.accounts.actors import Actor
from hirehall.people.accounts.queries import get_party
from hirehall.people.accounts.rules import why_not_act

Memo = dict[str, Any] | None


@action
def add_method(actor: Actor, kept: Kept) -> Method:
    """Add a card that the gateway keeps; its verification comes back later. The first one becomes the default."""
    _check_power(actor, "pay")
    had = queries.list_methods_for(actor)
    if len(had) >= numbers().methods_max:
        raise Refused("payment:too_many", "Remove a card that you no longer use before you add another.")
    method = Method.objects.create(
        party_id=actor.party_id,
        gateway=kept.gateway,
        token=kept.token,
        brand=kept.brand,
        last4=kept.last4,
        expires_on=kept.expires_on,
        state=MethodState.VERIFYING,
        is_default=not any(each.is_default for each in had),
        added_at=clock.now(),
    )
    events.record("method:added", method.id, actor, party=actor.party_id)
    jobs.configure_task("payments.send_verification").defer(method_id=method.id)
    return method


@action
def confirm_method(actor: Actor, method_id: str) -> Method:
    """Say yes to the bank that asks whether the card is really one's own."""
    _check_power(actor, "pay")
    method = queries.lock_method_for(actor, method_id)
    if method.state == MethodState.NEEDS_ACTION:
        jobs.configure_task("payments.send_confirmation").defer(method_id=method.id)
    return method


@action
def choose_method(actor: Actor, method_id: str) -> Method:
    """Make a verified card the one that is charged."""
    _check_power(actor, "pay")
    method = queries.lock_method_for(actor, method_id)
    if method.state != MethodState.VERIFIED:
        raise Refused("payment:not_verified", "This card is not verified yet.")
    Method.objects.filter(party_id=actor.party_id, is_default=True).update(is_default=False)
    Method.objects.filter(pk=method.pk).update(is_default=True)
    method.is_default = True
    return method


@action
def remove_method(actor: Actor, method_id: str) -> None:
    """Take a card away. Charges that are on their way are not stopped. Another verified card becomes the default."""
    _check_power(actor, "pay")
    method = queries.lock_method_for(actor, method_id)
    Method.objects.filter(pk=method.pk).update(removed_at=clock.now(), is_default=False)
    heir = next((m for m in queries.list_methods_for(actor) if m.state == MethodState.VERIFIED), None)
    if method.is_default and heir is not None:
        Method.objects.filter(pk=heir.pk).update(is_default=True)
    events.record("method:removed", method.id, actor, party=actor.party_id)


@action
def request_charge(
    actor: Actor, *, party_id: str, purpose: str, subject_id: str, amount: int, unit: str, ref: str, memo: Memo = None
) -> Charge:
    """Ask a party's card for money. The result comes as event charge:settled or charge:failed.

    The same `ref` again returns the first charge and asks for nothing.
    """
    if not actor.is_system:
        _check_power(actor, "pay")
        if actor.party_id != party_id:
            raise NotFound("account")
    had = Charge.objects.filter(ref=ref).first()
    if had is not None:
        same = (had.party_id, had.purpose, had.subject_id, had.amount_minor, had.unit)
        return _same(had, same == (party_id, purpose, subject_id, amount, unit))
    method = queries.find_default_method(party_id)
    state = method.state if method else None
    refuse(rules.why_not_charge(amount=amount, unit=unit, method_state=state, purpose=purpose, numbers=numbers()))
    charge = Charge.objects.create(
        party_id=party_id,
        method=method,
        purpose=purpose,
        subject_id=subject_id,
        amount_minor=amount,
        unit=unit,
        ref=ref,
        memo=memo or {},
        state=ChargeState.ASKED,
        asked_at=clock.now(),
    )
    events.record("charge:asked", charge.id, actor, purpose=purpose, subject_id=subject_id, amount=amount, unit=unit)
    jobs.configure_task("payments.send_charge").defer(charge_id=charge.id)
    return charge


@action
def fund_escrow(
    actor: Actor,
    *,
    escrow_id: str,
    contract_id: str,
    client_id: str,
    amount: int,
    unit: str,
    ref: str,
    memo: Memo = None,
) -> Charge:
    """Charge the client's card for an escrow; the money is there when charge:settled comes with this escrow's id."""
    return request_charge(
        actor,
        party_id=client_id,
        purpose="escrow",
        subject_id=escrow_id,
        amount=amount,
        unit=unit,
        ref=ref,
        memo={**(memo or {}), "contract": contract_id},
    )


@action
def release_escrow(
    *,
    escrow_id: str,
    contract_id: str,
    freelancer_id: str,
    client_id: str,
    amount: int,
    unit: str,
    fee_basis_points: int,
    ref: str,
    memo: Memo = None,
) -> Hold:
    """Turn escrow into earnings: the fee leaves at once, the rest waits for the security days.

    Refuses ledger:too_little when the escrow holds less. The same `ref` again returns the first hold.
    """
    now = clock.now()
    fee = rules.service_fee(amount, fee_basis_points)
    cause = {**(memo or {}), "contract": contract_id}
    hold = Hold(
        ref=ref, party_id=freelancer_id, client_id=client_id, contract_id=contract_id, escrow_id=escrow_id,
        gross_minor=amount, fee_minor=fee, net_minor=amount - fee, unit=unit, memo=cause, policy_version=version(),
        released_at=now, due_at=rules.due_at(now, numbers().security_days),
    )  # fmt: skip
    if not insert_new(hold):
        hold = Hold.objects.get(ref=ref)
        same = (hold.escrow_id, hold.party_id, hold.gross_minor, hold.unit)
        return _same(hold, same == (escrow_id, freelancer_id, amount, unit))
    escrow, pending = Address("escrow", escrow_id, client_id), Address("pending", freelancer_id)
    entries = [Entry(escrow, pending, amount, unit, "release", f"release:{hold.id}", cause)]
    if fee:
        reason = {**cause, "of_minor": amount, "basis_points": fee_basis_points}
        entries.append(Entry(pending, Address("fee"), fee, unit, "service_fee", f"fee:{hold.id}", reason))
    post(entries)
    events.record(
        "escrow:released",
        escrow_id,
        contract=contract_id,
        freelancer=freelancer_id,
        client=client_id,
        amount=amount,
        fee=fee,
        unit=unit,
    )
    live.push(f"party:{freelancer_id}", "money")
    return hold


@action
def return_escrow(
    *, escrow_id: str, contract_id: str, client_id: str, amount: int, unit: str, ref: str, memo: Memo = None
) -> list[Refund]:
    """Give escrow back to the cards that it came from, the newest charge first.

    What no card can take back stays in the client's balance. The same `ref` again changes nothing.
    """
    charges = queries.lock_escrow_charges(escrow_id)
    if has_transfer(f"return:{ref}"):
        return list(Refund.objects.filter(ref__startswith=f"{ref}:").order_by("id"))
    cause = {**(memo or {}), "contract": contract_id}
    free = Address("available", client_id)
    entries = [
        Entry(Address("escrow", escrow_id, client_id), free, amount, unit, "escrow_return", f"return:{ref}", cause)
    ]
    refunds, left = [], amount
    for charge in charges:
        part = min(left, charge.amount_minor - charge.refunded_minor)
        if part > 0:
            refunds.append(_refund(charge, part, f"{ref}:{charge.id}", cause))
            code_ref = f"refund:{refunds[-1].id}"
            to_card = {**cause, "method": str(charge.method)}
            entries.append(Entry(free, Address("refund", client_id), part, unit, "refund", code_ref, to_card))
            left -= part
    post(entries)
    events.record("escrow:returned", escrow_id, contract=contract_id, client=client_id, amount=amount, unit=unit)
    return refunds


def _refund(charge: Charge, amount: int, ref: str, cause: dict[str, Any]) -> Refund:
    charge.refunded_minor += amount
    charge.save(update_fields=["refunded_minor"])
    refund = Refund.objects.create(
        charge=charge,
        party_id=charge.party_id,
        amount_minor=amount,
        unit=charge.unit,
        ref=ref,
        memo=cause,
        state=RefundState.ASKED,
        asked_at=clock.now(),
    )
    jobs.configure_task("payments.send_refund").defer(refund_id=refund.id)
    return refund


@action
def add_payout_method(actor: Actor, kind: str, kept: Kept, holder_name: str) -> PayoutMethod:
    """Add a bank account or wallet that the gateway keeps; it can be used after the waiting time."""
    now = clock.now()
    _check_power(actor, "withdraw")
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
    _check_power(actor, "withdraw")
    method = queries.get_payout_method_for(actor, method_id)
    PayoutMethod.objects.filter(pk=method.pk).update(removed_at=clock.now())
    events.record("payout_method:removed", method.id, actor, party=actor.party_id)


@action
def withdraw(actor: Actor, method_id: str, amount: int | None = None, unit: str | None = None) -> Withdrawal:
    """Send available money to a payout method: an amount, or all of it.

    The ledger's own floor decides between two at once, so together they never take more than there is.
    """
    _check_power(actor, "withdraw")
    now, unit = clock.now(), unit or numbers().unit
    method = queries.get_payout_method_for(actor, method_id)
    available = balance("available", str(actor.party_id), unit)
    wanted = available if amount is None else amount
    fee = numbers().withdrawal_fee(method.kind)
    refuse(
        rules.why_not_withdraw(
            amount=wanted, available=available, usable_at=method.usable_at, now=now, fee=fee, numbers=numbers()
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
    events.record("withdrawal:asked", withdrawal.id, actor, party=actor.party_id, amount=wanted, unit=unit)
    jobs.configure_task("payments.send_payout").defer(withdrawal_id=withdrawal.id)
    return withdrawal


def _check_power(actor: Actor, power: str) -> None:
    if actor.party_id is None:
        raise NotFound("account")
    refuse(why_not_act(actor.role, power, get_party(actor.party_id).standing))


def _same(row: Any, is_same: bool) -> Any:
    """A repeated reference must mean the same thing."""
    if not is_same:
        raise Refused("payment:ref_reused", "This reference was used before for something else.")
    return row
