"""Currencies as choices of a form, in words of the reader's language."""

from babel.numbers import get_currency_name
from django.utils.translation import get_language

from hirehall.money.payments.policy import main_unit, taken


def unit_choices(*also: str) -> list[tuple[str, str]]:
    """The currencies that the market takes, the main one first, and those of rows that are older than its list."""
    names = sorted({*taken().names, *(unit for unit in also if unit)}, key=lambda unit: (unit != main_unit(), unit))
    return [(unit, f"{unit} · {unit_name(unit)}") for unit in names]


def unit_name(unit: str) -> str:
    """What a currency is called: Japanese Yen."""
    return get_currency_name(unit, locale=(get_language() or "en").replace("-", "_"))
