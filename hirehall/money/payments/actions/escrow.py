"""Escrow: paid in before work, released as earnings, returned to the card."""

from hirehall.kernel import clock, events, live
from hirehall.kernel.atomic import action
from hirehall.kernel.inserts import insert_new
from hirehall.money.ledger.actions import post
from hirehall.money.ledger.chart import Address
from hirehall.money.ledger.queries import has_transfer
from hirehall.money.ledger.rules import Entry
from hirehall.money.payments import fees, queries, rules
from hirehall.money.payments.actions.charges import NO_FEES, request_charge
from hirehall.money.payments.actions.powers import Memo, same_row
from hirehall.money.payments.actions.refunds import send_back, told_of_cards
from hirehall.money.payments.models import Charge, Hold, Refund
from hirehall.money.payments.policy import numbers, version
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
    terms: fees.ClientTerms = NO_FEES,
) -> Charge:
    """Charge the client's card for an escrow and the fees on it; the money is there when charge:settled comes with this escrow's id."""
    return request_charge(
        actor,
        party_id=client_id,
        purpose="escrow",
        subject_id=escrow_id,
        amount=amount,
        unit=unit,
        ref=ref,
        memo={**(memo or {}), "contract": contract_id},
        terms=terms,
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
    vat_basis_points: int = 0,
) -> Hold:
    """Turn escrow into earnings: the fee leaves at once, the rest waits for the security days.

    Refuses ledger:too_little when the escrow holds less. The same `ref` again returns the first hold.
    """
    now = clock.now()
    taken = fees.earning_fees(amount, fees.EarningTerms(fee_basis_points, vat_basis_points))
    vat = fees.total([each for each in taken if each.code == fees.VAT])
    fee, net = fees.total(taken) - vat, amount - fees.total(taken)
    cause = {**(memo or {}), "contract": contract_id}
    hold = Hold(
        ref=ref, party_id=freelancer_id, client_id=client_id, contract_id=contract_id, escrow_id=escrow_id,
        gross_minor=amount, fee_minor=fee, vat_minor=vat, net_minor=net, fee_basis_points=fee_basis_points,
        vat_basis_points=vat_basis_points, unit=unit, memo=cause, policy_version=version(),
        released_at=now, due_at=rules.due_at(now, numbers().security_days),
    )  # fmt: skip
    if not insert_new(hold):
        hold = Hold.objects.get(ref=ref)
        same = (hold.escrow_id, hold.party_id, hold.gross_minor, hold.unit)
        return same_row(hold, same == (escrow_id, freelancer_id, amount, unit))
    escrow, pending = Address("escrow", escrow_id, client_id), Address("pending", freelancer_id)
    entries = [Entry(escrow, pending, amount, unit, "release", f"release:{hold.id}", cause)]
    for each in taken:
        of_hold = f"{'vat' if each.code == fees.VAT else 'fee'}:{hold.id}"
        entries.append(Entry(pending, Address(each.kind), each.amount, unit, each.code, of_hold, {**cause, **each.memo()}))
    post(entries)
    told = {"contract": contract_id, "freelancer": freelancer_id, "client": client_id}
    events.record("escrow:released", escrow_id, **told, hold=hold.id, amount=amount, fee=fee, vat=vat, unit=unit)
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
    refunds, to_cards = send_back(charges, amount, ref, cause)
    post([*entries, *to_cards])
    about = {"contract": contract_id, "client": client_id, "amount": amount, "unit": unit}
    events.record("escrow:returned", escrow_id, **about, **told_of_cards(to_cards))
    return refunds
