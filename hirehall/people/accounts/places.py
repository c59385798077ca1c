"""Countries, time zones and languages by name, in the reader's own language, from CLDR and the zone database."""

from functools import cache
from zoneinfo import available_timezones

from babel import Locale, UnknownLocaleError

# Names that are no place where anybody lives.
_NOT_PLACES = ("Etc/", "SystemV/", "posix/", "right/", "US/", "Canada/", "Brazil/", "Chile/", "Mexico/")


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")


@cache
def countries(language: str = "en") -> tuple[tuple[str, str], ...]:
    """Every country as (code, name), by name."""
    # ZZ, EU, UN and their like are groups, not countries.
    groups = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AC", "CP", "DG", "EA", "IC", "TA", "CQ"}
    found = [(c, n) for c, n in _locale(language).territories.items() if len(c) == 2 and c.isalpha() and c not in groups]
    return tuple(sorted(found, key=lambda pair: pair[1]))


@cache
def time_zones() -> tuple[str, ...]:
    """Every time zone that is named after a place, and UTC."""
    places = (z for z in available_timezones() if "/" in z and not z.startswith(_NOT_PLACES))
    return ("UTC", *sorted(places))


@cache
def languages(language: str = "en") -> tuple[tuple[str, str], ...]:
    """Spoken languages as (code, name), by name; English is asked for by itself."""
    names = _locale(language).languages
    found = [(c, n) for c, n in names.items() if len(c) in (2, 3) and c != "en" and not n.isdigit()]
    return tuple(sorted(found, key=lambda pair: pair[1]))


def country_name(code: str, language: str = "en") -> str:
    """The name of a country, or its code when it has none."""
    return _locale(language).territories.get(code, code) if code else ""


def language_name(code: str, language: str = "en") -> str:
    """The name of a language, or its code when it has none."""
    return _locale(language).languages.get(code, code)


def is_time_zone(name: str) -> bool:
    return name in time_zones() or name in available_timezones()
