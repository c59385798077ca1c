"""What comes out of a conversion, and when a quote can be used. Pure, whole numbers and ratios of them only.

A rate says how much of one whole of a currency one whole of another is: 16235/100 JPY for a EUR. The amount that comes
out is rounded down once, after the margin; what is cut off stays in the market's pot, and the page says so.

>>> convert(10_000, "EUR", "JPY", Ratio(16235, 100), margin_basis_points=50)
Conversion(result_minor=16153, margin_minor=82)
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from hirehall.kernel.errors import Refused
from hirehall.kernel.money import format_money
from hirehall.kernel.units import minor_digits
from hirehall.money.payments.currencies import CurrenciesPolicy, why_not_go_on, why_not_unit

ALL = 10_000
# A rate as typed: as many figures as central banks publish, and room for weak currencies.
MOST_DECIMALS, MOST_RATE = 8, 10**9


@dataclass(frozen=True)
class Ratio:
    """A rate: so many wholes of the one currency for one whole of the other, as a quotient in lowest terms."""

    numerator: int
    denominator: int

    def __post_init__(self) -> None:
        lowest = Fraction(self.numerator, self.denominator)
        object.__setattr__(self, "numerator", lowest.numerator)
        object.__setattr__(self, "denominator", lowest.denominator)

    @property
    def inverse(self) -> "Ratio":
        return Ratio(self.denominator, self.numerator)

    def times(self, other: "Ratio") -> "Ratio":
        """The rate by way of a third currency."""
        return Ratio(self.numerator * other.numerator, self.denominator * other.denominator)

    def shown(self, figures: int = 6) -> str:
        """The rate as people read it, with so many figures that count, rounded half up: 162.35."""
        places = max(0, figures - max(1, len(str(self.numerator // self.denominator))))
        if self.numerator < self.denominator:
            # 0.0061596: the noughts after the mark do not count.
            places = figures + len(str(self.denominator // self.numerator)) - 1
        scaled = (2 * self.numerator * 10**places + self.denominator) // (2 * self.denominator)
        whole, part = divmod(scaled, 10**places)
        return f"{whole}.{part:0{places}d}".rstrip("0").rstrip(".") if places else str(whole)


@dataclass(frozen=True)
class Conversion:
    """What comes out, and what of it the margin took, both in minor units of the currency that comes out."""

    result_minor: int
    margin_minor: int


def convert(amount_minor: int, unit_from: str, unit_to: str, rate: Ratio, margin_basis_points: int) -> Conversion:
    """Turn an amount into another currency: rate, then margin, then round down once, in the market's favour."""
    top = amount_minor * rate.numerator * 10 ** minor_digits(unit_to)
    bottom = rate.denominator * 10 ** minor_digits(unit_from)
    result = top * (ALL - margin_basis_points) // (bottom * ALL)
    return Conversion(result, top // bottom - result)


def read_rate(typed: str) -> Ratio:
    """A rate as typed, "162.35" or "0,0061"; ValueError says in words what is wrong."""
    try:
        value = Decimal(typed.strip().replace(",", "."))
    except InvalidOperation as error:
        raise ValueError("Type a rate in figures, for example 162.35.") from error
    if not value.is_finite() or not 0 < value < MOST_RATE:
        raise ValueError("A rate is more than nothing and less than 1,000,000,000.")
    if value != round(value, MOST_DECIMALS):
        raise ValueError(f"A rate has at most {MOST_DECIMALS} decimals.")
    return Ratio(*value.as_integer_ratio())


def quote_expires(quoted_at: datetime, taken: CurrenciesPolicy) -> datetime:
    """Until when the rate of a quote is kept."""
    return quoted_at + timedelta(minutes=taken.quote_minutes)


def why_not_rate(unit_from: str, unit_to: str, rate: Ratio, taken: CurrenciesPolicy) -> Refused | None:
    """The reason why a rate cannot be set."""
    refusal = why_not_go_on(unit_from, taken, "rate:unit") or why_not_go_on(unit_to, taken, "rate:unit")
    if refusal:
        return refusal
    if unit_from == unit_to:
        return Refused("rate:same_unit", "A rate is between two currencies.", field="unit_to")
    if max(rate.numerator, rate.denominator) >= 2**62 or min(rate.numerator, rate.denominator) <= 0:
        return Refused("rate:size", "A rate is more than nothing and less than 1,000,000,000.", field="rate")
    return None


def why_not_quote(unit_from: str, unit_to: str, amount: int, available: int, taken: CurrenciesPolicy) -> Refused | None:
    """The reason why no quote can be given; whether there is a rate comes after it."""
    # What a party holds may be in a currency that was closed: it can go out, not in.
    refusal = why_not_unit(unit_to, taken, "conversion:unit")
    if refusal:
        return refusal
    if unit_from == unit_to:
        return Refused("conversion:same_unit", "Choose two different currencies.", field="unit_to")
    if amount <= 0:
        return Refused("conversion:nothing", "Type the amount that you want to convert.", field="amount")
    if amount > available:
        has = format_money(available, unit_from)
        return Refused("conversion:too_much", "You have %(has)s available now.", values={"has": has}, field="amount", available=available)
    return None


def why_not_result(conversion: Conversion, unit_to: str) -> Refused | None:
    """An amount so small that nothing would come out is not taken."""
    if conversion.result_minor > 0:
        return None
    least = format_money(1, unit_to)
    return Refused("conversion:too_small", "Less than %(least)s would come out; convert more.", values={"least": least}, field="amount")


def why_not_accept(accepted_at: datetime | None, expires_at: datetime, now: datetime) -> Refused | None:
    """The reason why a quote cannot be used any more."""
    if accepted_at is not None:
        return Refused("conversion:used", "This quote was used already; ask for a new one.")
    if now >= expires_at:
        return Refused("conversion:expired", "This quote has expired; ask for a new one.")
    return None
