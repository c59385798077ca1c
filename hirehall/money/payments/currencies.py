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
    closed: tuple[str, ...]
    margin_basis_points: int
    quote_minutes: int

    def __post_init__(self) -> None:
        if self.main not in self.names:
            raise ValueError(f"main: {self.main} is not among the units, or closed.")
        if len(set(self.known)) != len(self.known):
            raise ValueError("units: a unit stands there twice.")
        if not set(self.closed) <= set(self.known):
            raise ValueError("closed: what is closed stands among the units too, for what runs in it.")
        for each in self.units:
            if each.unit == CONNECT or not is_unit(each.unit):
                raise ValueError(f"units: there is no currency {each.unit}.")
            if each.reference_minor <= 0:
                raise ValueError(f"units: reference_minor of {each.unit} must be more than nothing.")
        if self.margin_basis_points >= 10_000:
            raise ValueError("margin_basis_points: a margin takes less than everything.")

    @property
    def known(self) -> tuple[str, ...]:
        """All units in the order of the table: what runs in them can go on, be paid and be withdrawn."""
        return tuple(each.unit for each in self.units)

    @property
    def names(self) -> tuple[str, ...]:
        """The units in which something new can begin."""
        return tuple(unit for unit in self.known if unit not in self.closed)

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
    """The reason why something new cannot begin in a unit."""
    if unit in taken.names:
        return None
    return Refused(code, "Choose one of this market's currencies: %(units)s.", values={"units": ", ".join(taken.names)}, field="unit")


def why_not_go_on(unit: str, taken: CurrenciesPolicy, code: str) -> Refused | None:
    """The reason why nothing can be paid in a unit: what runs in a closed one goes on."""
    return None if unit in taken.known else why_not_unit(unit, taken, code)
