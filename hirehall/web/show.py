"""How values are shown to a reader: amounts, moments, spans, names, figures. Used as filters in templates.

Everything follows the reader's language and time zone, which Django's translation and time zone hold for the
length of a request.
"""

import functools
import re
import zlib
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import ua_parser
from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime, format_time, format_timedelta
from babel.numbers import format_compact_decimal, format_decimal, get_currency_symbol
from django.template.defaultfilters import linebreaks
from django.utils import timezone, translation
from markupsafe import Markup, escape

from hirehall.kernel import clock
from hirehall.kernel.money import format_money, plain_amount
from hirehall.kernel.units import CONNECT, minor_digits

# Beyond this a date says more than "5 weeks ago".
RELATIVE_FOR = timedelta(days=27)
TINTS = 6
# Formatting a number or a date by the rules of a language takes as long as a small query, and lists show the same
# ones again and again.
remembered = functools.lru_cache(8192)


@functools.lru_cache(maxsize=64)
def _locale_named(language: str) -> Locale:
    try:
        found = Locale.parse(language.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        found = Locale("en")
    # Plain English reads amounts and dates in its American form.
    return Locale("en", "US") if str(found) == "en" else found


def reader_locale() -> Locale:
    """The locale of whoever reads this page."""
    return _locale_named(translation.get_language() or "en")


def money(amount: int | None, unit: str) -> str:
    """Minor units as the reader writes them; a dash for nothing."""
    return "–" if amount is None else _money(amount, unit, reader_locale())


def money_short(amount: int | None, unit: str) -> str:
    """For cards and axes: no decimals when they are zero."""
    return "–" if amount is None else _money_short(amount, unit, reader_locale())


@remembered
def _money(amount: int, unit: str, locale: Locale) -> str:
    return format_money(amount, unit, str(locale))


@remembered
def _money_short(amount: int, unit: str, locale: Locale) -> str:
    text, tail = _money(amount, unit, locale), plain_amount(amount, unit)
    if unit != CONNECT and "." in tail and not tail.split(".")[1].strip("0"):
        decimals = format_decimal(1.1, format="0.0", locale=locale)[1] + tail.split(".")[1]
        text = text.replace(decimals, "")
    return text


@remembered
def _decimal(value: float, pattern: str | None, locale: Locale) -> str:
    return format_decimal(value, format=pattern, locale=locale)


def symbol(unit: str) -> str:
    """The sign before an amount in a field: $ for USD."""
    return "" if unit == CONNECT else get_currency_symbol(unit, locale=reader_locale())


def decimals(unit: str) -> int:
    """How many decimals a field for amounts of a unit has, for the script beside it."""
    return minor_digits(unit)


def figure(value: float | None, unit: str = "") -> str:
    """A number of a chart: an amount when a unit is given, else grouped figures."""
    if value is None:
        return "–"
    return money_short(int(value), unit) if unit else _decimal(value, None, reader_locale())


def compact(value: float) -> str:
    """1.2K for axes and counts that need not be exact."""
    return format_compact_decimal(value, locale=reader_locale(), fraction_digits=1)


def _local(moment: datetime) -> datetime:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(timezone.get_current_timezone())


@remembered
def _time_tag(stamp: str, title: str, text: str) -> Markup:
    return Markup('<time datetime="{}" title="{}">{}</time>').format(stamp, title, text)


def when(moment: datetime | date | None) -> str | Markup:
    """How long ago or ahead, with the exact local moment as its title."""
    if moment is None:
        return "–"
    if not isinstance(moment, datetime):
        return day(moment)
    local = _local(moment)
    distance = local - clock.now()
    title = exact(moment)
    if abs(distance) > RELATIVE_FOR:
        return _time_tag(local.isoformat(), title, _day_text(local.date()))
    if abs(distance) < timedelta(seconds=45):
        return _time_tag(local.isoformat(), title, translation.gettext("just now"))
    return _time_tag(local.isoformat(), title, _distance_text(distance))


def _distance_text(distance: timedelta) -> str:
    """One full unit, rounded down as people do: 1 hour 50 minutes ago is "1 hour ago"."""
    seconds = int(abs(distance).total_seconds())
    name, size = next((n, s) for n, s in (("day", 86_400), ("hour", 3_600), ("minute", 60)) if seconds >= s or s == 60)
    return _span_text(max(seconds // size, 1) * size * (-1 if distance < timedelta(0) else 1), name, reader_locale())


@remembered
def _span_text(seconds: int, name: str, locale: Locale) -> str:
    # The threshold is out of reach, so that twelve days do not become two weeks.
    return format_timedelta(timedelta(seconds=seconds), granularity=name, threshold=10_000, add_direction=True, locale=locale)


def exact(moment: datetime) -> str:
    """The full local moment with its zone, as the title of a relative one."""
    local = _local(moment)
    return f"{_exact_text(local.replace(second=0, microsecond=0, tzinfo=None), reader_locale())} {local.tzname()}"


@remembered
def _exact_text(minute: datetime, locale: Locale) -> str:
    return f"{format_datetime(minute, 'd MMMM y', locale=locale)}, {format_time(minute, 'short', locale=locale)}"


def _day_text(on: date) -> str:
    this_year = _local(clock.now()).year
    return _date_text(on, "d MMM" if on.year == this_year else "d MMM y", reader_locale())


@remembered
def _date_text(on: date, pattern: str, locale: Locale) -> str:
    return format_date(on, pattern, locale=locale)


def day(moment: datetime | date | None) -> str | Markup:
    """A day in the reader's zone: 9 Mar, with the year when it is not this one."""
    if moment is None:
        return "–"
    on = _local(moment).date() if isinstance(moment, datetime) else moment
    return _time_tag(on.isoformat(), _date_text(on, "full", reader_locale()), _day_text(on))


def month(moment: datetime) -> str:
    """The month and year of a moment, for facts that need no day."""
    return format_date(_local(moment).date(), "LLLL y", locale=reader_locale())


def clock_time(moment: datetime) -> str | Markup:
    """The local time of day."""
    local = _local(moment)
    return _time_tag(local.isoformat(), exact(moment), format_time(local, "short", locale=reader_locale()))


def time_in(zone: str) -> str:
    """What time it is for somebody elsewhere."""
    try:
        there = clock.now().astimezone(ZoneInfo(zone))
    except (KeyError, ValueError):
        return "–"
    return format_time(there, "short", locale=reader_locale())


def duration(minutes: int | timedelta | None) -> str:
    """Worked time as 7 h 30 min; takes minutes or a timedelta."""
    if minutes is None:
        return "–"
    whole = int(minutes.total_seconds() // 60) if isinstance(minutes, timedelta) else int(minutes)
    hours, rest = divmod(whole, 60)
    if not hours:
        return translation.gettext("%(minutes)s min") % {"minutes": rest}
    if not rest:
        return translation.gettext("%(hours)s h") % {"hours": format_decimal(hours, locale=reader_locale())}
    return translation.gettext("%(hours)s h %(minutes)s min") % {
        "hours": format_decimal(hours, locale=reader_locale()),
        "minutes": rest,
    }


def nl2p(text: str | None) -> Markup:
    """Paragraphs of plain text; everything in it is escaped."""
    return Markup(linebreaks(text or "", autoescape=True))  # noqa: S704 linebreaks escapes


def browser_name(user_agent: str) -> str:
    """What a person calls the browser that names itself like this: "Firefox on Android"."""
    found = ua_parser.parse(user_agent)
    names = [one.family for one in (found.user_agent, found.os) if one]
    if len(names) < 2:
        return translation.gettext("A browser")
    return translation.gettext("%(browser)s on %(system)s") % {"browser": names[0], "system": names[1]}


def initials(name: str | None) -> str:
    """Up to two letters for where there is no picture."""
    words = (name or "").split()
    return "".join(word[0] for word in words[:1] + words[1:][-1:]).upper() or "?"


def tint(name: str | None) -> int:
    """A colour number from 1 to 6 that is always the same for a name."""
    return zlib.crc32((name or "").encode()) % TINTS + 1


def country_name(code: str | None) -> str:
    """The name of a country in the reader's language."""
    return _country(code or "", reader_locale())


@remembered
def _country(code: str, locale: Locale) -> str:
    return locale.territories.get(code.upper(), code) or ""


def file_size(size_bytes: int | None) -> str:
    """Bytes as people say them: 640 kB, 2.4 MB."""
    size = float(size_bytes or 0)
    for name in ("B", "kB", "MB"):
        if size < 1000:
            return f"{format_decimal(round(size, 1 if name == 'MB' else 0), locale=reader_locale())} {name}"
        size /= 1000
    return f"{format_decimal(round(size, 1), locale=reader_locale())} GB"


def stars_of(hundredths: int | None) -> str:
    """A rating kept in hundredths (487) as 4.9."""
    return "–" if hundredths is None else _decimal(round(hundredths / 100, 1), "0.0", reader_locale())


def mark_words(text: str | None, words: str) -> Markup:
    """The text with every found word marked; for search results."""
    pattern = _pattern_of(words)
    if pattern is None:
        return escape(text or "")
    # Found words stand at the odd places.
    parts = enumerate(pattern.split(text or ""))
    return Markup("").join(Markup("<mark>{}</mark>").format(part) if n % 2 else part for n, part in parts)


def excerpt(text: str | None, words: str = "", longest: int = 300) -> Markup:
    """The part of a text that a list shows: its beginning, or from shortly before the first found word."""
    line = " ".join((text or "").split())
    pattern = _pattern_of(words)
    found = pattern.search(line) if pattern and len(line) > longest else None
    start = max(found.start() - longest // 4, 0) if found else 0
    if start:
        start = line.find(" ", start) + 1
    cut = line[start : start + longest]
    if start + longest < len(line):
        cut = cut.rsplit(" ", 1)[0] + "…"
    return mark_words(("…" if start else "") + cut, words)


@functools.lru_cache(256)
def _pattern_of(words: str) -> re.Pattern[str] | None:
    wanted = [re.escape(word) for word in words.split() if len(word) > 1]
    return re.compile(rf"(?<!\w)({'|'.join(wanted)})(?!\w)", re.IGNORECASE) if wanted else None
