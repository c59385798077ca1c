"""Money on its way back: to the cards that it came from, and released money from a freelancer's balance.

The fees go back with it: of what is left of a payment or a release, the market keeps what it would have taken of
the rest alone.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from procrastinate.contrib.django import app as jobs

from hirehall.kernel import clock, events, live
from hirehall.kernel.atomic import action
from hirehall.kernel.errors import refuse
from hirehall.kernel.inserts import insert_new
from hirehall.money.ledger.actions import post
from hirehall.money.ledger.chart import Address
from hirehall.money.ledger.queries import balance
from hirehall.money.ledger.rules import Entry
from hirehall.money.payments import fees, release_queries, rules
from hirehall.money.payments.actions.powers import Memo, same_row
from hirehall.money.payments.models import Charge, GivenBack, Refund
from hirehall.money.payments.returns import Take, from_available, take_of
from hirehall.money.payments.rules import RefundState


def send_back(charges: Sequence[Charge], amount: int, ref: str, cause: dict[str, Any]) -> tuple[list[Refund], list[Entry]]:
    """Refunds of an amount in a client's balance to locked charges, in their order, each with the fees that it bore.

    Returns the refunds and the entries to post. What no charge can take back stays in the balance.
    """
    refunds, entries, left = [], [], amount
    for charge in charges:
        part = min(left, charge.goal_left_minor)
        if part <= 0:
            continue
        left -= part
        goal = charge.goal_left_minor
        back = fees.fees_back(charge.fees_of(goal), charge.fees_of(goal - part))
        refund = _refund(charge, part, fees.total(back), f"{ref}:{charge.id}", cause)
        free = Address("available", charge.party_id)
        refunds.append(refund)
        entries += [
            Entry(Address(fee.kind), free, fee.amount, charge.unit, f"{fee.code}_back", f"{fee.code}:{fee.on}:{refund.id}", {**cause, **fee.memo()})
            for fee in back
        ]
        to_card = {**cause, "method": str(charge.method)}
        away = Address("refund", charge.party_id)
        entries.append(Entry(free, away, refund.amount_minor, charge.unit, "refund", f"refund:{refund.id}", to_card))
    return refunds, entries


def told_of_cards(entries: Sequence[Entry]) -> dict[str, int]:
    """What events say of the entries of send_back: what went to cards, and the client's fees in it."""
    to_cards = sum(entry.amount for entry in entries if entry.code == "refund")
    return {"to_cards": to_cards, "client_fees": sum(entry.amount for entry in entries) - to_cards}


def _refund(charge: Charge, part: int, fees_back: int, ref: str, cause: dict[str, Any]) -> Refund:
    charge.refunded_minor += part + fees_back
    charge.fees_back_minor += fees_back
    charge.save(update_fields=["refunded_minor", "fees_back_minor"])
    refund = Refund.objects.create(
        charge=charge,
        party_id=charge.party_id,
        amount_minor=part + fees_back,
        unit=charge.unit,
        ref=ref,
        memo=cause,
        state=RefundState.ASKED,
        asked_at=clock.now(),
    )
    jobs.configure_task("payments.send_refund").defer(refund_id=refund.id)
    return refund


@action
def refund_release(
    *,
    contract_id: str,
    freelancer_id: str,
    client_id: str,
    amount: int,
    unit: str,
    since: datetime,
    ref: str,
    memo: Memo = None,
    owed: int = 0,
) -> GivenBack:
    """Give back what a contract's releases since a moment paid, the newest first, from the freelancer's balance.

    What still waits for its security days is taken there, the rest from what is available. The client gets the whole
    amount, on the cards that it came from. Refuses when less was released, or less is there; `owed` of it goes back
    another way. The same `ref` again returns the first row and moves nothing.
    """
    holds = release_queries.lock_contract_holds(contract_id, unit, since)
    takes, returnable = take_of(holds, amount), max(0, sum(hold.left_minor for hold in holds) - owed)
    fee, vat = sum(take.fee for take in takes), sum(take.vat for take in takes)
    row = GivenBack(
        ref=ref, party_id=freelancer_id, client_id=client_id, contract_id=contract_id, amount_minor=amount,
        fee_minor=fee, vat_minor=vat, unit=unit, at=clock.now(),
    )  # fmt: skip
    if not insert_new(row):
        row = GivenBack.objects.get(ref=ref)
        return same_row(row, (row.contract_id, row.amount_minor, row.unit) == (contract_id, amount, unit))
    free = balance("available", freelancer_id, unit)
    refuse(
        rules.why_not_give_back(
            amount=amount, released=returnable, from_available=from_available(takes), available=free, unit=unit
        )
    )
    told = _carry_out(takes, row, {**(memo or {}), "contract": contract_id})
    about = {"contract": contract_id, "freelancer": freelancer_id, "client": client_id, "unit": unit}
    events.record("release:refunded", row.id, **about, amount=amount, fee=fee, vat=vat, **told)
    for party_id in (freelancer_id, client_id):
        live.push(f"party:{party_id}", "money")
    return row


def _carry_out(takes: Sequence[Take], row: GivenBack, cause: dict[str, Any]) -> dict[str, int]:
    """Move what goes back of each hold and on to its cards; returns what the event says of it."""
    from_free = from_available(takes)
    charges = release_queries.lock_charges_of_escrows([take.hold.escrow_id for take in takes])
    entries, to_cards = [], []
    for number, take in enumerate(takes):
        entries += _entries_of(take, f"{row.id}:{number}", cause)
        found = charges.get(take.hold.escrow_id, [])
        to_cards += send_back(found, take.part, f"{row.ref}:{take.hold.id}", cause)[1]
    post([*entries, *to_cards])
    from_pending = sum(take.net for take in takes) - from_free
    return {"from_available": from_free, "from_pending": from_pending, **told_of_cards(to_cards)}


def _entries_of(take: Take, ref: str, cause: dict[str, Any]) -> list[Entry]:
    """One hold gives back: the market its fees to the freelancer, the freelancer the whole part to the client."""
    hold = take.hold
    hold.returned_minor += take.part
    hold.returned_fee_minor += take.fee
    hold.returned_vat_minor += take.vat
    hold.save(update_fields=["returned_minor", "returned_fee_minor", "returned_vat_minor"])
    pot = Address("available" if hold.cleared_at else "pending", hold.party_id)
    entries = [
        Entry(Address(fee.kind), pot, fee.amount, hold.unit, f"{fee.code}_back", f"{fee.code}:{ref}", {**cause, **fee.memo()})
        for fee in take.back
    ]
    about = {**cause, "milestone": hold.memo.get("milestone", "")}
    free = Address("available", hold.client_id)
    return [*entries, Entry(pot, free, take.part, hold.unit, "release_refund", f"release_refund:{ref}", about)]
