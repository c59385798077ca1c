"""The units that amounts can have: ISO 4217 currencies and CONNECT, each with its number of decimals."""

from babel.core import get_global

CONNECT = "CONNECT"

# Babel carries CLDR's table: currency -> (digits, rounding, cash digits, cash rounding).
_FRACTIONS = get_global("currency_fractions")
_KNOWN = frozenset(get_global("all_currencies"))


def is_unit(unit: str) -> bool:
    """True for CONNECT and every currency that CLDR knows."""
    return unit == CONNECT or unit in _KNOWN


def minor_digits(unit: str) -> int:
    """How many decimals a unit has: USD 2, JPY 0, KWD 3, CONNECT 0."""
    if unit == CONNECT:
        return 0
    if unit not in _KNOWN:
        raise ValueError(f"Unknown unit {unit!r}.")
    return int(_FRACTIONS.get(unit, _FRACTIONS["DEFAULT"])[0])
