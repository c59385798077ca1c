"""Figures that people type as bounds, kept as text and compared as whole numbers. Pure; no float touches them.

>>> plain("012,50"), plain("4.5"), plain("many")
('12.5', '4.5', None)
>>> plain_money("1,250", "USD"), plain_money("1.250", "KWD"), plain_money("1,250", "KWD")
('1250', '1.25', None)
>>> scaled("4.5", 2), scaled("0.5", 0), scaled("0.5", 0, up=True)
(450, 0, 1)
"""

import re

from hirehall.kernel.money import parse_money, plain_amount

_FIGURE = re.compile(r"([0-9]{1,15})(?:[.,]([0-9]*))?")
# What is typed beyond it narrows nothing that anybody has.
MOST_DECIMALS = 6
LARGEST = 10**15


def plain(text: str) -> str | None:
    """A non-negative figure in its shortest form, or None where there is none."""
    found = _FIGURE.fullmatch(text.strip())
    return _shortest(found[1], (found[2] or "")[:MOST_DECIMALS]) if found else None


def plain_money(text: str, unit: str) -> str | None:
    """An amount in wholes of a unit, read as in every form; None for what is none, or could be read in two ways."""
    try:
        whole, _, part = plain_amount(parse_money(text, unit), unit).partition(".")
    except ValueError:
        return None
    return _shortest(whole, part)


def _shortest(whole: str, part: str) -> str:
    return f"{int(whole)}.{part}".rstrip("0").rstrip(".") if part.strip("0") else str(int(whole))


def scaled(figure: str, digits: int, *, up: bool = False) -> int:
    """A plain figure in parts of which 10**digits make one; what is smaller than a part is cut off, or makes one more."""
    whole, _, part = figure.partition(".")
    kept, rest = part[:digits].ljust(digits, "0"), part[digits:]
    return min(int(whole + kept) + (up and bool(rest.strip("0"))), LARGEST)
