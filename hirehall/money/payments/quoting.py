"""The fees of a contract that would start now, told on every page before anybody commits."""

from dataclasses import dataclass

from hirehall.money.payments import fees
from hirehall.money.payments.policy import fee_numbers, numbers, taken, vat_numbers
from hirehall.money.payments.release_queries import billed_minor, tax_number_of
from hirehall.people.accounts.models import Party
from hirehall.people.accounts.queries import get_parties


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

    @property
    def on_top_basis_points(self) -> int:
        """The same for what the client pays on top."""
        return fees.with_vat(self.client.basis_points, self.client.vat_basis_points)

    @property
    def once_minor(self) -> int:
        """What the client pays once with the first payment, with the VAT on it."""
        return fees.total(fees.client_fees(1, fees.ClientTerms(0, self.client.initiation_minor, self.client.vat_basis_points)))

    def price_of(self, amounts: list[int]) -> Price:
        """What some payments come to under these fees."""
        return price_of(amounts, self.client, fees.EarningTerms(self.fee.basis_points, self.vat.basis_points))


def vat_on(party: Party) -> fees.Vat:
    """The VAT that a party bears on the market's fees now."""
    rules = vat_numbers()
    return fees.vat_of(party.country, bool(rules.country and tax_number_of(party.id)), rules)


def fees_between(client_id: str, freelancer_id: str, unit: str, kind: str = fees.MARKET, *, no_direct_fee: bool = False) -> FrozenFees:
    """The fees of a contract that would start between two parties now."""
    asked = fee_numbers()
    billed = taken().worth(unit, billed_minor(freelancer_id, client_id, unit)) if asked.sliding else 0
    fee = fees.contract_fee(
        kind,
        flat_basis_points=numbers().service_fee_basis_points,
        billed_minor=billed,
        no_direct_fee=no_direct_fee,
        numbers=asked,
    )

    sides = get_parties([client_id, freelancer_id])
    once = taken().most_in(unit, asked.initiation_fee_minor)
    client = fees.ClientTerms(asked.client_fee_basis_points, once, vat_on(sides[client_id]).basis_points)
    return FrozenFees(fee, vat_on(sides[freelancer_id]), client)
