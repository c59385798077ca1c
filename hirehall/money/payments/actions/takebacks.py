"""Released money that goes back: what was decided or agreed after a release, with the fee that was taken of it."""

from hirehall.kernel import clock, events, live
from hirehall.kernel.atomic import action
from hirehall.money.ledger.actions import post
from hirehall.money.ledger.chart import Address
from hirehall.money.ledger.queries import has_transfer
from hirehall.money.ledger.rules import Entry
from hirehall.money.payments import fees, queries
from hirehall.money.payments.actions.powers import Memo
from hirehall.money.payments.actions.refunds import send_back, told_of_cards
from hirehall.money.payments.models import GivenBack


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
    vat_basis_points: int = 0,
) -> bool:
    """Give released money back: `net` from what the freelancer has available, `fee` from what the market
    kept of it, the VAT on that at its rate included.

    It goes to the cards that paid these escrows, the newest charge first; what none can take stays in the client's
    balance. Refuses ledger:too_little when the freelancer has less. The same `ref` again changes nothing and returns False.
    """
    charges = [charge for escrow_id in sorted(escrow_ids) for charge in queries.lock_escrow_charges(escrow_id)]
    if has_transfer(f"back:{ref}"):
        return False
    cause = {**(memo or {}), "contract": contract_id}
    to, vat = Address("available", client_id), fees.vat_within(fee, vat_basis_points)
    entries = [Entry(Address("available", freelancer_id), to, net, unit, "release_back", f"back:{ref}", cause)]
    if fee - vat:
        entries.append(Entry(Address("fee"), to, fee - vat, unit, "service_fee_back", f"fee_back:{ref}", cause))
    if vat:
        entries.append(Entry(Address("tax"), to, vat, unit, "vat_on_fee_back", f"vat_back:{ref}", cause))
    to_cards = send_back(charges, net + fee, f"back:{ref}", cause)[1]
    post([*entries, *to_cards])
    GivenBack.objects.create(
        ref=f"back:{ref}", party_id=freelancer_id, client_id=client_id, contract_id=contract_id, amount_minor=net + fee,
        fee_minor=fee - vat, vat_minor=vat, unit=unit, by_decision=True, at=clock.now(),
    )  # fmt: skip
    about = {"freelancer": freelancer_id, "client": client_id, "net": net, "fee": fee, **told_of_cards(to_cards)}
    events.record("release:taken_back", contract_id, **about, unit=unit)
    for side in (freelancer_id, client_id):
        live.push(f"party:{side}", "money")
    return True
