"""Amounts as Stripe counts them: almost always in the same minor units as ours, with the exceptions of its own list.

A list of its own has no decimals; currencies of three are sent with three, the last of which must be 0; everything
else is sent with two, also what has none in everyday life (ISK, RSD, UGX). https://docs.stripe.com/currencies
"""

from hirehall.kernel.units import minor_digits

WITHOUT_DECIMALS = frozenset(
    ["BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF"]  # UGX is on Stripe's list and yet sent with two
)
THREE_STEP = 10


class NoSuchAmount(ValueError):
    """An amount between two steps: Stripe cannot move it."""


def digits_there(unit: str) -> int:
    """How many decimals Stripe gives a currency."""
    if unit in WITHOUT_DECIMALS:
        return 0
    return 3 if minor_digits(unit) == 3 else 2


def step(unit: str) -> int:
    """The smallest step, in our minor units, that Stripe can charge.

    >>> step("USD"), step("KWD"), step("JPY")
    (1, 10, 1)
    """
    ours, theirs = minor_digits(unit), digits_there(unit)
    if theirs == 3:
        return THREE_STEP
    return 10 ** max(ours - theirs, 0)


def to_stripe(amount: int, unit: str) -> int:
    """Our minor units as Stripe's; NoSuchAmount when it is between two steps.

    >>> to_stripe(500, "JPY"), to_stripe(5, "ISK"), to_stripe(1_230, "KWD")
    (500, 500, 1230)
    """
    if amount % step(unit):
        raise NoSuchAmount(f"{amount} {unit} is no amount that Stripe can move.")
    return _scaled(amount, minor_digits(unit), digits_there(unit))


def from_stripe(amount: int, currency: str) -> tuple[int, str]:
    """Stripe's amount and currency as ours."""
    unit = currency.upper()
    return _scaled(amount, digits_there(unit), minor_digits(unit)), unit


def _scaled(amount: int, from_digits: int, to_digits: int) -> int:
    if to_digits >= from_digits:
        return amount * 10 ** (to_digits - from_digits)
    return amount // 10 ** (from_digits - to_digits)
