"""What the market takes of a movement, and the VAT on it: pure rules, one entry for each fee with its reason.

A contract freezes its terms when it starts. A fee is always computed from what is left of a payment or a release, so
the fee that comes back with a refund is the difference of two such amounts: however a refund is cut into parts, the
market keeps what it would have taken of the rest alone, and of nothing it keeps nothing.

>>> [(fee.code, fee.amount) for fee in earning_fees(10_000, EarningTerms(basis_points=1_000))]
[('service_fee', 1000)]
>>> [(fee.code, fee.amount) for fee in client_fees(10_000, ClientTerms(basis_points=300, vat_basis_points=2_000))]
[('client_fee', 300), ('vat_on_fee', 60)]
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from hirehall.kernel.errors import Refused
from hirehall.kernel.money import share_half_up

SERVICE, CLIENT, INITIATION, VAT = "service_fee", "client_fee", "initiation_fee", "vat_on_fee"
MARKET, DIRECT = "market", "direct"
MOST_BASIS_POINTS = 1_500


@dataclass(frozen=True)
class Step:
    """One row of a sliding table: the rate once a client was billed this much by a freelancer."""

    from_minor: int
    basis_points: int


@dataclass(frozen=True)
class FeesPolicy:
    """The table [fees] of policy.toml."""

    client_fee_basis_points: int
    initiation_fee_minor: int
    direct_fee_basis_points: int
    sliding: tuple[Step, ...]

    def __post_init__(self):
        rates = [step.basis_points for step in self.sliding]
        if any(rate > MOST_BASIS_POINTS for rate in [*rates, self.direct_fee_basis_points]):
            raise ValueError(f"a freelancer pays at most {MOST_BASIS_POINTS} basis points")
        starts = [step.from_minor for step in self.sliding]
        if starts and (starts[0] != 0 or sorted(set(starts)) != starts):
            raise ValueError("a sliding table begins at 0 and rises")


@dataclass(frozen=True)
class VatPolicy:
    """The table [vat] of policy.toml; an empty country means that no VAT is taken."""

    country: str
    union: tuple[str, ...]
    home_basis_points: int
    union_number_basis_points: int
    union_other_basis_points: int
    elsewhere_basis_points: int


@dataclass(frozen=True)
class ContractFee:
    """A freelancer's rate on one contract, and the name of the rule that it came from."""

    basis_points: int
    rule: str


@dataclass(frozen=True)
class Vat:
    """The VAT that one side bears on its fees, and the name of the case."""

    basis_points: int = 0
    case: str = "off"


@dataclass(frozen=True)
class ClientTerms:
    """What a client pays on top of an amount."""

    basis_points: int = 0
    initiation_minor: int = 0
    vat_basis_points: int = 0

    def as_json(self) -> dict[str, int]:
        return {name: value for name, value in asdict(self).items() if value}


@dataclass(frozen=True)
class EarningTerms:
    """What leaves a freelancer's earnings."""

    basis_points: int = 0
    vat_basis_points: int = 0


@dataclass(frozen=True)
class Fee:
    """One fee: its code in the ledger, how much, and the rate of what; `on` names the fee that VAT is on."""

    code: str
    amount: int
    of_minor: int
    basis_points: int = 0
    on: str = ""

    @property
    def kind(self) -> str:
        """The kind of account that it goes to."""
        return "tax" if self.code == VAT else "fee"

    def memo(self) -> dict[str, Any]:
        """Its reason, for the statement."""
        told: dict[str, Any] = {"of_minor": self.of_minor, "basis_points": self.basis_points}
        return {**told, "on": self.on} if self.on else told


def contract_fee(
    kind: str, *, flat_basis_points: int, billed_minor: int, no_direct_fee: bool, numbers: FeesPolicy
) -> ContractFee:
    """The freelancer's rate, frozen when a contract starts.

    A direct contract, with a client whom the freelancer brought, has its own rate, which a plan may take away.
    Otherwise the flat rate, or the step of the sliding table that the billings with this client have reached.
    """
    if kind == DIRECT:
        return ContractFee(0, "plan") if no_direct_fee else ContractFee(numbers.direct_fee_basis_points, DIRECT)
    reached = [step for step in numbers.sliding if step.from_minor <= billed_minor]
    return ContractFee(reached[-1].basis_points, "sliding") if reached else ContractFee(flat_basis_points, "flat")


def vat_of(country: str, has_number: bool, numbers: VatPolicy) -> Vat:
    """Which VAT a side bears on its fees, by the operator's country and its own."""
    if not numbers.country:
        return Vat()
    if country == numbers.country:
        return Vat(numbers.home_basis_points, "home")
    if country in numbers.union and numbers.country in numbers.union:
        return Vat(numbers.union_number_basis_points, "reverse") if has_number else Vat(numbers.union_other_basis_points, "union")
    return Vat(numbers.elsewhere_basis_points, "elsewhere")


def why_not_tax_number(number: str, country: str) -> Refused | None:
    """What is wrong with a VAT number as typed: it begins with the letters of the party's country."""
    prefix = {"GR": "EL"}.get(country, country)
    if not re.fullmatch(r"[A-Z]{2}[0-9A-Z]{2,13}", number):
        return Refused("tax:number", "A VAT number has two letters of the country and then digits or letters.", field="number")
    if not country or number[:2] != prefix:
        return Refused("tax:country", "The number does not begin with the letters of your country.", field="number")
    return None


def client_fees(amount: int, terms: ClientTerms) -> list[Fee]:
    """What a client pays on top of an amount; of nothing, nothing."""
    if amount <= 0:
        return []
    fees = [
        Fee(CLIENT, share_half_up(amount, terms.basis_points), amount, terms.basis_points),
        Fee(INITIATION, terms.initiation_minor, terms.initiation_minor),
    ]
    return _with_vat(fees, terms.vat_basis_points)


def earning_fees(gross: int, terms: EarningTerms) -> list[Fee]:
    """What leaves earnings at their release."""
    if gross <= 0:
        return []
    return _with_vat([Fee(SERVICE, share_half_up(gross, terms.basis_points), gross, terms.basis_points)], terms.vat_basis_points)


def _with_vat(fees: Sequence[Fee], vat_basis_points: int) -> list[Fee]:
    """Each fee that is something, followed by the VAT on it."""
    found = []
    for fee in fees:
        vat = Fee(VAT, share_half_up(fee.amount, vat_basis_points), fee.amount, vat_basis_points, fee.code)
        found += [each for each in (fee, vat) if each.amount]
    return found


def fees_back(before: Sequence[Fee], after: Sequence[Fee]) -> list[Fee]:
    """What comes back of fees when the amount that they were on has shrunk."""
    kept = {(fee.code, fee.on): fee.amount for fee in after}
    back = []
    for fee in before:
        amount = fee.amount - kept.get((fee.code, fee.on), 0)
        if amount > 0:
            back.append(Fee(fee.code, amount, fee.of_minor, fee.basis_points, fee.on))
    return back


def with_vat(basis_points: int, vat_basis_points: int) -> int:
    """A rate with the VAT on it, near enough to be shown while somebody types."""
    return share_half_up(basis_points, 10_000 + vat_basis_points)


def vat_within(fee_and_vat: int, vat_basis_points: int) -> int:
    """The VAT in a fee that was told with its VAT.

    >>> vat_within(120, 2_000)
    20
    """
    whole = 10_000 + vat_basis_points
    return (2 * fee_and_vat * vat_basis_points + whole) // (2 * whole)


def total(fees: Sequence[Fee]) -> int:
    return sum(fee.amount for fee in fees)


def terms_from(stored: Mapping[str, int]) -> ClientTerms:
    """The opposite of ClientTerms.as_json."""
    return ClientTerms(**stored)
