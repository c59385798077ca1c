"""Amounts: whole numbers of a unit's smallest part, never floats.

>>> Money(40000, "USD") + Money(50, "USD")
Money(amount=40050, unit='USD')
>>> share_half_up(10000, basis_points=1000)
1000
>>> split_by_weights(100, [1, 1, 1])
[34, 33, 33]
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from babel.numbers import format_currency, format_decimal

from hirehall.kernel.units import CONNECT, minor_digits

_BESIDE_A_FIGURE = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
# Nobody types more than this; it keeps every sum far inside PostgreSQL's bigint.
LARGEST_MINOR = 10**13


@dataclass(frozen=True, order=True)
class Money:
    """An amount in minor units (cents for USD) with its unit. Two units never mix."""

    amount: int
    unit: str

    def __add__(self, other: "Money") -> "Money":
        self._same_unit(other)
        return Money(self.amount + other.amount, self.unit)

    def __sub__(self, other: "Money") -> "Money":
        self._same_unit(other)
        return Money(self.amount - other.amount, self.unit)

    def __bool__(self) -> bool:
        return self.amount != 0

    def __str__(self) -> str:
        return format_money(self.amount, self.unit)

    def _same_unit(self, other: "Money") -> None:
        if self.unit != other.unit:
            raise ValueError(f"{self.unit} and {other.unit} do not mix.")


def share_half_up(amount: int, basis_points: int) -> int:
    """A share of a non-negative amount, rounded half up to the minor unit: 1000 basis points are 10 %."""
    if amount < 0 or basis_points < 0:
        raise ValueError("A share is taken of amounts that are not negative.")
    return (amount * basis_points + 5_000) // 10_000


def split_by_weights(total: int, weights: Sequence[int]) -> list[int]:
    """Split a total by weights with the largest-remainder method; the parts always sum to the total."""
    whole = sum(weights)
    if total < 0 or whole <= 0 or min(weights) < 0:
        raise ValueError("A split needs a non-negative total and weights of which one is positive.")
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in by_remainder[: total - sum(parts)]:
        parts[i] += 1
    return parts


def parse_money(text: str, unit: str) -> int:
    """Read what a person typed as minor units; ValueError says in words what is wrong.

    Accepts a point or a comma as the decimal mark and spaces, points, commas or apostrophes between
    thousands: "1,250.50", "1 250,50" and "1250.5" are all 125050 in USD. Where a reader could mean a thousand times
    as much ("1,234" in KWD, which has three decimals) it asks again instead of guessing.
    """
    digits = minor_digits(unit)
    cleaned = re.sub(r"[\s'’\u00a0\u202f_]", "", text)
    if not re.fullmatch(r"\d[\d.,]*", cleaned):
        raise ValueError("Type an amount in figures, for example 250 or 250.50.")
    cleaned = _with_decimal_point(cleaned, digits)
    try:
        value = Decimal(cleaned).scaleb(digits)
    except InvalidOperation as exc:
        raise ValueError("Type an amount in figures, for example 250 or 250.50.") from exc
    if value != value.to_integral_value():
        raise ValueError(f"{unit} has {digits} decimals, not more.")
    if value > LARGEST_MINOR:
        raise ValueError("That amount is larger than this market can hold.")
    return int(value)


def _with_decimal_point(cleaned: str, digits: int) -> str:
    """Decide which mark is the decimal one: the last, unless it groups exactly three digits."""
    last = max(cleaned.rfind("."), cleaned.rfind(","))
    if last < 0:
        return cleaned
    mark, head, tail = cleaned[last], cleaned[:last], cleaned[last + 1 :]
    # Groups begin with a figure that counts and have one and the same mark: "0.500" and "1,234.567" are no groups.
    groups = len(tail) == 3 and re.fullmatch(rf"[1-9]\d{{0,2}}({re.escape(mark)}\d{{3}})*", head) is not None
    if groups and (digits != 3 or mark in head):
        return re.sub(r"[.,]", "", cleaned)
    if groups and mark == ",":
        raise ValueError(f"Type {head}.{tail} or {head}{tail}: with a comma it could be either.")
    if mark in head:
        raise ValueError("Type an amount in figures, for example 250 or 250.50.")
    return re.sub(r"[.,]", "", head) + "." + tail


def format_money(amount: int, unit: str, locale: str = "en_US") -> str:
    """The amount as its reader writes it: $1,250.00, 1.250,00 €, 12 Connects."""
    if unit == CONNECT:
        return f"{format_decimal(amount, locale=locale)} {'Connect' if amount == 1 else 'Connects'}"
    text = format_currency(Decimal(amount).scaleb(-minor_digits(unit)), unit, locale=locale)
    # A sign of letters stands apart from the figures (CLDR's currencySpacing, which Babel leaves out): KWD 1.250.
    return _BESIDE_A_FIGURE.sub("\u00a0", text)


def plain_amount(amount: int, unit: str) -> str:
    """The amount in figures alone, as a form field or a CSV cell holds it: 1250.00."""
    return f"{Decimal(amount).scaleb(-minor_digits(unit)):f}"
