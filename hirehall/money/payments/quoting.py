"""The fees of a contract that would start now, told on every page before anybody commits."""

from dataclasses import dataclass

from hirehall.money.payments import fees
from hirehall.money.payments.policy import fee_numbers, numbers, taken, vat_numbers
from hirehall.money.payments.release_queries import billed_minor, tax_number_of
from hirehall.people.accounts.queries import get_parties


@dataclass(frozen=True)
class FrozenFees:
    """The fees of both sides on one contract."""

    fee: fees.ContractFee
    vat: fees.Vat
    client: fees.ClientTerms

    @property
    def taken_basis_points(self) -> int:
        """What leaves earnings in all, for a form that shows what arrives while an amount is typed."""
        return fees.with_vat(self.fee.basis_points, self.vat.basis_points)


def fees_between(client_id: str, freelancer_id: str, unit: str, kind: str = fees.MARKET, *, no_direct_fee: bool = False) -> FrozenFees:
    """The fees of a contract that would start between two parties now."""
    sides, vat_rules = get_parties([client_id, freelancer_id]), vat_numbers()
    asked = fee_numbers()
    billed = taken().worth(unit, billed_minor(freelancer_id, client_id, unit)) if asked.sliding else 0
    fee = fees.contract_fee(
        kind,
        flat_basis_points=numbers().service_fee_basis_points,
        billed_minor=billed,
        no_direct_fee=no_direct_fee,
        numbers=asked,
    )

    def vat_of(party_id: str) -> fees.Vat:
        return fees.vat_of(sides[party_id].country, bool(vat_rules.country and tax_number_of(party_id)), vat_rules)

    once = taken().most_in(unit, asked.initiation_fee_minor)
    client = fees.ClientTerms(asked.client_fee_basis_points, once, vat_of(client_id).basis_points)
    return FrozenFees(fee, vat_of(freelancer_id), client)
