"""Released money that goes back by decision, from what is available, with the fee that was taken of it."""

from collections.abc import Sequence

from hirehall.kernel import clock, events, live
from hirehall.kernel.atomic import action
from hirehall.money.ledger.actions import post
from hirehall.money.ledger.chart import Address
from hirehall.money.ledger.queries import has_transfer
from hirehall.money.ledger.rules import Entry
from hirehall.money.payments import fees, queries, release_queries
from hirehall.money.payments.actions.powers import Memo
from hirehall.money.payments.actions.refunds import send_back, told_of_cards
from hirehall.money.payments.models import GivenBack, Hold
from hirehall.money.payments.returns import share_out


@action
def take_back(
    *,
    contract_id: str,
    escrow_ids: list[str],
    freelancer_id: str,
    client_id: str,
    net: int, fee: int, unit: str,
    ref: str,
    memo: Memo = None,
    vat_basis_points: int = 0,
) -> bool:  # fmt: skip
    """Give released money back: the market its `fee`, the VAT on it at its rate included, to the freelancer, who has
    `net` of it available and gives both to the client.

    It goes to the cards that paid these escrows, the newest charge first; what none can take stays in the client's balance.
    Refuses ledger:too_little when the freelancer has less. The same `ref` again changes nothing and returns False.
    """
    holds = release_queries.lock_contract_holds(contract_id, unit)
    charges = [charge for escrow_id in sorted(escrow_ids) for charge in queries.lock_escrow_charges(escrow_id)]
    if has_transfer(f"back:{ref}"):
        return False
    vat, cause = fees.vat_within(fee, vat_basis_points), {**(memo or {}), "contract": contract_id}
    free, of_whole = Address("available", freelancer_id), {**cause, "of_minor": net + fee}
    of_fee = {**cause, "of_minor": fee - vat, "basis_points": vat_basis_points, "on": fees.SERVICE}
    entries = [
        Entry(Address("fee"), free, fee - vat, unit, "service_fee_back", f"fee_back:{ref}", of_whole),
        Entry(Address("tax"), free, vat, unit, "vat_on_fee_back", f"vat_back:{ref}", of_fee),
        Entry(free, Address("available", client_id), net + fee, unit, "release_back", f"back:{ref}", cause),
    ]
    to_cards = send_back(charges, net + fee, f"back:{ref}", cause)[1]
    post([*(entry for entry in entries if entry.amount), *to_cards])
    GivenBack.objects.create(
        ref=f"back:{ref}", party_id=freelancer_id, client_id=client_id, contract_id=contract_id, amount_minor=net + fee,
        fee_minor=fee - vat, vat_minor=vat, unit=unit, by_decision=True, at=clock.now(),
    )  # fmt: skip
    about = {"freelancer": freelancer_id, "client": client_id, "ref": ref, "holds": _note_on(holds, net, fee), "unit": unit}
    events.record("release:taken_back", contract_id, **about, amount=net + fee, net=net, fee=fee, **told_of_cards(to_cards))
    _refresh(freelancer_id, client_id)
    return True


def _refresh(*party_ids: str) -> None:
    for party_id in party_ids:
        live.push(f"party:{party_id}", "money")


def _note_on(holds: Sequence[Hold], net: int, fee: int) -> list[str]:
    """Write down of which releases it was, the newest first; returns them."""
    shares = share_out([hold.left_minor - hold.taken_minor for hold in holds], net, fee)
    found = [(hold, *share) for hold, share in zip(holds, shares, strict=True) if share[0]]
    for hold, part, part_net in found:
        hold.taken_minor += part
        hold.taken_net_minor += part_net
        hold.save(update_fields=["taken_minor", "taken_net_minor"])
    return [hold.pk for hold, _, _ in found]
