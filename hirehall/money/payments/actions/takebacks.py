"""Released money that goes back: what was decided or agreed after a release, with the fee that was taken of it."""

from hirehall.kernel import events, live
from hirehall.kernel.atomic import action
from hirehall.money.ledger.actions import post
from hirehall.money.ledger.chart import Address
from hirehall.money.ledger.queries import has_transfer
from hirehall.money.ledger.rules import Entry
from hirehall.money.payments import queries
from hirehall.money.payments.actions.escrow import send_back
from hirehall.money.payments.actions.powers import Memo


@action
def take_back(
    *,
    contract_id: str,
    escrow_ids: list[str],
    freelancer_id: str,
    client_id: str,
    net: int,
    fee: int,
    unit: str,
    ref: str,
    memo: Memo = None,
) -> bool:
    """Give released money back: `net` from what the freelancer has available, `fee` from what the market kept of it.

    It goes to the cards that paid these escrows, the newest charge first; what none can take stays in the client's
    balance. Refuses ledger:too_little when the freelancer has less. The same `ref` again changes nothing and returns False.
    """
    charges = [charge for escrow_id in sorted(escrow_ids) for charge in queries.lock_escrow_charges(escrow_id)]
    if has_transfer(f"back:{ref}"):
        return False
    cause = {**(memo or {}), "contract": contract_id}
    to = Address("available", client_id)
    entries = [Entry(Address("available", freelancer_id), to, net, unit, "release_back", f"back:{ref}", cause)]
    if fee:
        entries.append(Entry(Address("fee"), to, fee, unit, "service_fee_back", f"fee_back:{ref}", cause))
    left = net + fee
    for charge in charges:
        part = min(left, charge.amount_minor - charge.refunded_minor)
        if part > 0:
            refund = send_back(charge, part, f"back:{ref}:{charge.id}", cause)
            to_card = {**cause, "method": str(charge.method)}
            entries.append(Entry(to, Address("refund", client_id), part, unit, "refund", f"refund:{refund.id}", to_card))
            left -= part
    post(entries)
    about = {"freelancer": freelancer_id, "client": client_id, "net": net, "fee": fee, "to_cards": net + fee - left}
    events.record("release:taken_back", contract_id, **about, unit=unit)
    for side in (freelancer_id, client_id):
        live.push(f"party:{side}", "money")
    return True
