"""Texts that are written down now and read later by people of other languages.

`said` makes a plain English text that also remembers its pattern and what it names. Whoever keeps it (a notice) says it
again in the language of whoever reads it; amounts and moments are then written as that reader writes them.

>>> text = said("You owe %(amount)s.", amount=Money(4_000, "USD"))
>>> str(text), kept(text)
('You owe $40.00.', ['You owe %(amount)s.', {'amount': {'minor': 4000, 'unit': 'USD'}}])
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from babel.dates import format_date, format_datetime
from django.utils import translation
from django.utils.translation import get_language, gettext

from hirehall.kernel.money import Money, format_money

ENGLISH = "en_US"


class Said(str):
    """A text with the pattern that it was made from, and the values that stand in it."""

    __slots__ = ("pattern", "values")
    pattern: str
    values: dict[str, Any]


def said(pattern: str, **values: Any) -> Said:
    """A text in English; `pattern` is collected for the translators. Values are texts, numbers, Money, dates, or said themselves."""
    keeps = {name: _kept_value(value) for name, value in values.items()}
    shown = {name: _shown(value, ENGLISH, again=False) for name, value in keeps.items()}
    # What is named last may be nothing.
    made = Said((pattern % shown).strip() if values else pattern)
    made.pattern, made.values = pattern, keeps
    return made


def in_english(tell: Callable[..., str], *given: Any) -> Said:
    """What a function of translated words says, in English, so that it can be said again where it names nothing."""
    with translation.override("en"):
        return said(tell(*given))


def kept(text: str) -> list[Any] | None:
    """What of a text is stored beside it; None for one that is nobody's pattern, such as what a person typed."""
    return [text.pattern, text.values] if isinstance(text, Said) else None


def say_again(stored: list[Any] | None, plain: str) -> str:
    """A stored text in the language of whoever reads it; the plain one where nothing was stored."""
    if not stored:
        return plain
    pattern, values = stored
    locale = (get_language() or "en").replace("-", "_")
    locale = ENGLISH if locale == "en" else locale
    shown = {name: _shown(value, locale, again=True) for name, value in values.items()}
    return (gettext(pattern) % shown).strip() if values else gettext(pattern)


def _kept_value(value: Any) -> Any:
    """As JSON can keep it."""
    if isinstance(value, Said):
        return {"pattern": value.pattern, "values": value.values}
    if isinstance(value, Money):
        return {"minor": value.amount, "unit": value.unit}
    if isinstance(value, datetime):
        return {"at": value.isoformat()}
    if isinstance(value, date):
        return {"on": value.isoformat()}
    return value


def _shown(value: Any, locale: str, *, again: bool) -> Any:
    if not isinstance(value, dict):
        return value
    if "minor" in value:
        return format_money(value["minor"], value["unit"], locale)
    if "at" in value:
        return f"{format_datetime(datetime.fromisoformat(value['at']), 'd MMMM y, HH:mm', locale=locale)} UTC"
    if "on" in value:
        return format_date(date.fromisoformat(value["on"]), "d MMMM y", locale=locale)
    parts = {name: _shown(each, locale, again=again) for name, each in value["values"].items()}
    pattern = gettext(value["pattern"]) if again else value["pattern"]
    return pattern % parts if parts else pattern
