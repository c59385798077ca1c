"""Which filters there are for jobs and talent, how each compares, and how they are read from an address. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from hirehall.guide.search.figures import plain, plain_money, scaled
from hirehall.guide.search.port import Wanted
from hirehall.kernel.units import minor_digits

LONGEST_WORDS = 200
MOST_VALUES = 30
PER_PAGE = 20
# Deeper than this nobody reads; a crawler that asks gets the last page.
DEEPEST_PAGE = 500
# In a list of places it stands for all of them.
ANYWHERE = "*"


class Compare(StrEnum):
    """How a filter's values are held against a document."""

    ONE_OF = "one_of"
    OVERLAPS = "overlaps"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    IS_TRUE = "is_true"
    # Not longer ago, or longer ago, than a number of days.
    SINCE = "since"
    BEFORE = "before"


LISTS = (Compare.ONE_OF, Compare.OVERLAPS)


@dataclass(frozen=True)
class Filter:
    """One filter: its name in the address, the document's column, and how it is counted.

    A list's values are counted when `counted`; a bound is counted at each of its `steps`, in the units that are
    typed and as they are typed. `strict` bounds take nothing but their steps: the exact figure is nobody's business. `pay` names the
    kind of job that the filter is about: somebody who wants fixed prices from 500 or hourly rates from 30 gets both.
    """

    name: str
    column: str
    compare: Compare
    counted: bool = False
    steps: tuple[str, ...] = ()
    strict: bool = False
    pay: str = ""


JOB_FILTERS: tuple[Filter, ...] = (
    Filter("category", "category", Compare.ONE_OF, counted=True),
    Filter("specialty", "specialty", Compare.ONE_OF, counted=True),
    Filter("kind", "kind", Compare.ONE_OF, counted=True),
    Filter("budget", "budget_band", Compare.ONE_OF, counted=True, pay="fixed"),
    Filter("budget_from", "budget_minor", Compare.AT_LEAST, pay="fixed"),
    Filter("budget_to", "budget_minor", Compare.AT_MOST, pay="fixed"),
    # Ranges meet: somebody who wants at least 30 is served by 20 to 40.
    Filter("rate_from", "rate_high_minor", Compare.AT_LEAST, pay="hourly"),
    Filter("rate_to", "rate_low_minor", Compare.AT_MOST, pay="hourly"),
    Filter("level", "level", Compare.ONE_OF, counted=True),
    Filter("skill", "skills", Compare.OVERLAPS, counted=True),
    Filter("posted_days", "posted_at", Compare.SINCE, steps=("1", "3", "7", "14")),
    Filter("proposals", "proposals_band", Compare.ONE_OF, counted=True),
    Filter("talking_to", "talking", Compare.AT_MOST, steps=("0",)),
    Filter("viewed_days", "viewed_at", Compare.SINCE, steps=("1", "7")),
    Filter("connects_to", "connects", Compare.AT_MOST, steps=("5", "10", "15")),
    Filter("length", "length", Compare.ONE_OF, counted=True),
    Filter("hours", "hours", Compare.ONE_OF, counted=True),
    Filter("location", "locations", Compare.OVERLAPS, counted=True),
    Filter("verified", "verified", Compare.IS_TRUE, counted=True),
    Filter("client_hires", "hires_band", Compare.ONE_OF, counted=True),
    Filter("spent_from", "spent_minor", Compare.AT_LEAST, steps=("1", "1000", "10000")),
    Filter("hire_rate_from", "hire_rate", Compare.AT_LEAST, steps=("50", "80")),
    Filter("paid_from", "paid_minor", Compare.AT_LEAST),
    Filter("rating_from", "rating", Compare.AT_LEAST, steps=("4.5", "4")),
    Filter("tenure_days", "client_since", Compare.BEFORE, steps=("30", "365")),
    Filter("open_jobs_from", "open_jobs", Compare.AT_LEAST, steps=("2", "5")),
    Filter("country", "country", Compare.ONE_OF, counted=True),
    # Minutes that the client's clock is ahead of UTC.
    Filter("local_time", "local_time", Compare.ONE_OF, counted=True),
)
TALENT_FILTERS: tuple[Filter, ...] = (
    Filter("category", "categories", Compare.OVERLAPS, counted=True),
    Filter("skill", "skills", Compare.OVERLAPS, counted=True),
    Filter("rate_from", "rate_minor", Compare.AT_LEAST),
    Filter("rate_to", "rate_minor", Compare.AT_MOST),
    Filter("hours", "hours", Compare.ONE_OF, counted=True),
    Filter("badge", "badges", Compare.OVERLAPS, counted=True),
    Filter("score_from", "score", Compare.AT_LEAST, steps=("90", "80", "70")),
    Filter("rating_from", "rating", Compare.AT_LEAST, steps=("4.5", "4")),
    Filter("jobs_from", "jobs_done", Compare.AT_LEAST, steps=("1", "5", "10")),
    Filter("earned_from", "earned_minor", Compare.AT_LEAST, steps=("1", "100", "1000", "10000"), strict=True),
    Filter("country", "country", Compare.ONE_OF, counted=True),
    Filter("language", "languages", Compare.OVERLAPS, counted=True),
    Filter("english", "english", Compare.ONE_OF, counted=True),
    Filter("active_days", "last_active_at", Compare.SINCE, steps=("1", "7", "30")),
)
MOST_DAYS = 3650
# Typed in whole units of the market's currency, compared in minor ones.
TYPED_AS_MONEY = frozenset(
    {"budget_from", "budget_to", "rate_from", "rate_to", "spent_from", "earned_from", "paid_from"}
)
# Typed in stars, compared in hundredths.
TYPED_AS_STARS, STAR_DIGITS = frozenset({"rating_from"}), 2

Given = dict[str, list[str]]


def read_wanted(
    given: Given, filters: tuple[Filter, ...], now: datetime, visibilities: tuple[str, ...], unit: str
) -> Wanted:
    """Read a search from an address's values; what makes no sense is left out, never an error.

    `unit` is the currency in which amounts are typed and compared.
    """
    kept, digits = keep_sense(given, filters, unit), minor_digits(unit)
    chosen = {one.name: values_of(one, kept[one.name], now, digits) for one in filters if one.name in kept}
    page = scaled(plain((given.get("page") or ["1"])[0]) or "1", 0)
    return Wanted(
        words=(kept.get("q") or [""])[0],
        chosen=chosen,
        order=(kept.get("order") or ["relevance"])[0],
        start=(min(max(page, 1), DEEPEST_PAGE) - 1) * PER_PAGE,
        count=PER_PAGE,
        visibilities=visibilities,
        digits=digits,
    )


def keep_sense(given: Given, filters: tuple[Filter, ...], unit: str) -> Given:
    """What was asked for and is understood, as it was typed: words, order, and each filter's values."""
    words = " ".join((given.get("q") or [""])[0].replace("\x00", " ").split())[:LONGEST_WORDS].strip()
    kept = {"q": [words]} if words else {}
    for one in filters:
        values = _sensible(one, given.get(one.name) or [], unit)
        if values:
            kept[one.name] = values
    if (given.get("order") or [""])[0] == "newest":
        kept["order"] = ["newest"]
    return kept


def _sensible(one: Filter, given: list[str], unit: str) -> list[str]:
    if one.compare in LISTS:
        return list(dict.fromkeys(v for v in given[:MOST_VALUES] if v and len(v) <= 80 and "\x00" not in v))
    text = given[0].strip() if given else ""
    if one.compare is Compare.IS_TRUE:
        return ["1"] if text in ("1", "true", "on") else []
    figure = plain_money(text, unit) if one.name in TYPED_AS_MONEY else plain(text)
    if figure is None or (one.strict and figure not in one.steps):
        return []
    return [figure]


def values_of(one: Filter, typed: list[str], now: datetime, digits: int) -> tuple:
    """A filter's sensible values as they are compared."""
    if one.compare in LISTS:
        return tuple(typed)
    return (True,) if one.compare is Compare.IS_TRUE else (bound_of(one, typed[0], now, digits),)


def bound_of(one: Filter, figure: str, now: datetime, digits: int) -> int | datetime:
    """A plain figure as the bound that a document's value is held against; `digits` are those of the currency."""
    if one.compare in (Compare.SINCE, Compare.BEFORE):
        return now - timedelta(days=min(scaled(figure, 0, up=True), MOST_DAYS))
    if one.name not in TYPED_AS_MONEY:
        digits = STAR_DIGITS if one.name in TYPED_AS_STARS else 0
    return scaled(figure, digits, up=one.compare is Compare.AT_LEAST)
