"""The units that this market takes, and what its limits are in each of them. Pure, and whole numbers only.

policy.toml states every limit once, in the main unit. `reference_minor` says how many minor units of a unit are worth
the same as those of every other one; it is for limits, bands and comparisons, never for money that changes hands:
that goes by a quoted rate (conversion.py).

>>> taken.least_in("JPY", 500)
750
"""

from dataclasses import dataclass

from hirehall.kernel.errors import Refused
from hirehall.kernel.units import CONNECT, is_unit


@dataclass(frozen=True)
class UnitTaken:
    """A currency in which jobs, contracts and payments can be made."""

    unit: str
    reference_minor: int


@dataclass(frozen=True)
class CurrenciesPolicy:
    """The table [currencies] of policy.toml."""

    main: str
    units: tuple[UnitTaken, ...]
    margin_basis_points: int
    quote_minutes: int

    def __post_init__(self) -> None:
        names = self.names
        if self.main not in names:
            raise ValueError(f"main: {self.main} is not among the units.")
        if len(set(names)) != len(names):
            raise ValueError("units: a unit stands there twice.")
        for each in self.units:
            if each.unit == CONNECT or not is_unit(each.unit):
                raise ValueError(f"units: there is no currency {each.unit}.")
            if each.reference_minor <= 0:
                raise ValueError(f"units: reference_minor of {each.unit} must be more than nothing.")
        if self.margin_basis_points >= 10_000:
            raise ValueError("margin_basis_points: a margin takes less than everything.")

    @property
    def names(self) -> tuple[str, ...]:
        """The units in the order of the table."""
        return tuple(each.unit for each in self.units)

    def least_in(self, unit: str, main_minor: int) -> int:
        """A floor of the main unit in another one, rounded up: never less than the policy says."""
        return -(-main_minor * self._reference(unit) // self._reference(self.main))

    def most_in(self, unit: str, main_minor: int) -> int:
        """A ceiling of the main unit in another one, rounded down: never more than the policy says."""
        return main_minor * self._reference(unit) // self._reference(self.main)

    def worth(self, unit: str, minor: int) -> int:
        """What an amount is worth in the main unit, rounded half up: for bands, order and counts, never to be paid."""
        whole = self._reference(unit)
        return (2 * minor * self._reference(self.main) + whole) // (2 * whole)

    def _reference(self, unit: str) -> int:
        found = next((each.reference_minor for each in self.units if each.unit == unit), None)
        if found is None:
            raise ValueError(f"This market does not take {unit}.")
        return found


def why_not_unit(unit: str, taken: CurrenciesPolicy, code: str = "unit:unknown") -> Refused | None:
    """The reason why something cannot be priced or paid in a unit."""
    if unit in taken.names:
        return None
    return Refused(code, f"Choose one of this market's currencies: {', '.join(taken.names)}.", field="unit")
