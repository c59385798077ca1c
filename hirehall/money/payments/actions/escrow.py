"""Escrow: paid in before work, released as earnings, returned to the card."""

from typing import Any

from procrastinate.contrib.django import app as jobs

from hirehall.kernel import clock, events, live
from hirehall.kernel.atomic import action
from hirehall.kernel.inserts import insert_new
from hirehall.money.ledger.actions import post
from hirehall.money.ledger.chart import Address
from hirehall.money.ledger.queries import has_transfer
from hirehall.money.ledger.rules import Entry
from hirehall.money.payments import queries, rules
from hirehall.money.payments.actions.charges import request_charge
from hirehall.money.payments.actions.powers import Memo, same_row
from hirehall.money.payments.models import Charge, Hold, Refund
from hirehall.money.payments.policy import numbers, version
from hirehall.money.payments.rules import RefundState
from hirehall.people.accounts.actors import Actor


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
        return same_row(hold, same == (escrow_id, freelancer_id, amount, unit))
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
            refunds.append(send_back(charge, part, f"{ref}:{charge.id}", cause))
            code_ref = f"refund:{refunds[-1].id}"
            to_card = {**cause, "method": str(charge.method)}
            entries.append(Entry(free, Address("refund", client_id), part, unit, "refund", code_ref, to_card))
            left -= part
    post(entries)
    about = {"contract": contract_id, "client": client_id, "amount": amount, "to_cards": amount - left, "unit": unit}
    events.record("escrow:returned", escrow_id, **about)
    return refunds


def send_back(charge: Charge, amount: int, ref: str, cause: dict[str, Any]) -> Refund:
    """Send a part of a locked charge back to its card; the entries are the caller's."""
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
