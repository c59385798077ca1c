"""What a contract will cost each side in fees, told before anybody commits and frozen when it starts."""

from dataclasses import dataclass

from hirehall.money.memberships.queries import has_perk
from hirehall.money.payments import fees
from hirehall.money.payments.quoting import FrozenFees, fees_between
from hirehall.work.contracts.models import Contract, Offer


def fees_of_offer(offer: Offer) -> FrozenFees:
    free = offer.fee_kind == fees.DIRECT and has_perk(offer.freelancer_id, "no_direct_fee")
    return fees_between(offer.client_id, offer.freelancer_id, offer.unit, offer.fee_kind, no_direct_fee=free)


@dataclass(frozen=True)
class Price:
    """An amount as both sides meet it: what the client pays in all, what arrives, and every fee between."""

    amount: int
    client_fees: list[fees.Fee]
    earning_fees: list[fees.Fee]

    @property
    def charged(self) -> int:
        return self.amount + fees.total(self.client_fees)

    @property
    def arrives(self) -> int:
        return self.amount - fees.total(self.earning_fees)


def price_of(amounts: list[int], client: fees.ClientTerms, earning: fees.EarningTerms) -> Price:
    """What several payments come to, each rounded as it will be; the one-time fee goes with the first."""
    on_top, taken = [], []
    for number, amount in enumerate(amounts):
        terms = client if number == 0 else fees.ClientTerms(client.basis_points, 0, client.vat_basis_points)
        on_top += fees.client_fees(amount, terms)
        taken += fees.earning_fees(amount, earning)
    return Price(sum(amounts), _merged(on_top), _merged(taken))


def _merged(found: list[fees.Fee]) -> list[fees.Fee]:
    """One line for each kind of fee."""
    lines: dict[tuple[str, str], fees.Fee] = {}
    for fee in found:
        had = lines.get((fee.code, fee.on))
        amount, of = (had.amount + fee.amount, had.of_minor + fee.of_minor) if had else (fee.amount, fee.of_minor)
        lines[fee.code, fee.on] = fees.Fee(fee.code, amount, of, fee.basis_points, fee.on)
    return list(lines.values())


def price_of_offer(offer: Offer, amounts: list[int]) -> Price:
    """What an offer's milestones would come to under the fees of now."""
    frozen = fees_of_offer(offer)
    return price_of(amounts, frozen.client, fees.EarningTerms(frozen.fee.basis_points, frozen.vat.basis_points))


def price_on(contract: Contract, amount: int) -> Price:
    """What a further amount on a running contract comes to for both sides."""
    earning = fees.EarningTerms(contract.fee_basis_points, contract.vat_basis_points)
    return price_of([amount], contract.client_terms(), earning)
