"""What a contract will cost each side in fees, told before anybody commits and frozen when it starts."""

from hirehall.money.memberships.queries import has_perk
from hirehall.money.payments import fees
from hirehall.money.payments.quoting import FrozenFees, Price, fees_between, price_of
from hirehall.work.contracts.models import Contract, Offer


def fees_of_offer(offer: Offer) -> FrozenFees:
    free = offer.fee_kind == fees.DIRECT and has_perk(offer.freelancer_id, "no_direct_fee")
    return fees_between(offer.client_id, offer.freelancer_id, offer.unit, offer.fee_kind, no_direct_fee=free)


def price_of_offer(offer: Offer, amounts: list[int]) -> Price:
    """What an offer's milestones would come to under the fees of now."""
    return fees_of_offer(offer).price_of(amounts)


def price_on(contract: Contract, amount: int) -> Price:
    """What a further amount on a running contract comes to for both sides."""
    earning = fees.EarningTerms(contract.fee_basis_points, contract.vat_basis_points)
    return price_of([amount], contract.client_terms(), earning)


def price_to_fund(contract: Contract, amount: int) -> Price:
    """What paying a milestone in comes to, with the one-time fee when it is still due."""
    earning = fees.EarningTerms(contract.fee_basis_points, contract.vat_basis_points)
    return price_of([amount], contract.client_terms(first=contract.is_initiation_due), earning)
