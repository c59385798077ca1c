"""Which filters there are for jobs and talent, how each compares, and how they are read from an address. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from hirehall.guide.search.port import Wanted

LONGEST_WORDS = 200
MOST_VALUES = 30
PER_PAGE = 20
# Deeper than this nobody reads; a crawler that asks gets the last page.
DEEPEST_PAGE = 500


class Compare(StrEnum):
    """How a filter's values are held against a document."""

    ONE_OF = "one_of"
    OVERLAPS = "overlaps"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    IS_TRUE = "is_true"
    SINCE = "since"


@dataclass(frozen=True)
class Filter:
    """One filter: its name in the address, the document's column, and whether its values are counted."""

    name: str
    column: str
    compare: Compare
    counted: bool = False


JOB_FILTERS: tuple[Filter, ...] = (
    Filter("category", "category", Compare.ONE_OF, counted=True),
    Filter("specialty", "specialty", Compare.ONE_OF),
    Filter("kind", "kind", Compare.ONE_OF, counted=True),
    Filter("level", "level", Compare.ONE_OF, counted=True),
    Filter("length", "length", Compare.ONE_OF, counted=True),
    Filter("hours", "hours", Compare.ONE_OF, counted=True),
    Filter("skill", "skills", Compare.OVERLAPS, counted=True),
    Filter("country", "country", Compare.ONE_OF, counted=True),
    Filter("location", "locations", Compare.OVERLAPS),
    Filter("verified", "verified", Compare.IS_TRUE, counted=True),
    Filter("budget_from", "budget_minor", Compare.AT_LEAST),
    Filter("budget_to", "budget_minor", Compare.AT_MOST),
    Filter("rate_from", "rate_minor", Compare.AT_LEAST),
    Filter("rate_to", "rate_minor", Compare.AT_MOST),
    Filter("spent_from", "spent_minor", Compare.AT_LEAST),
    Filter("hires_from", "hires", Compare.AT_LEAST),
    Filter("rating_from", "rating", Compare.AT_LEAST),
    Filter("proposals_to", "proposals", Compare.AT_MOST),
    Filter("connects_to", "connects", Compare.AT_MOST),
    Filter("posted_days", "posted_at", Compare.SINCE),
)
TALENT_FILTERS: tuple[Filter, ...] = (
    Filter("category", "categories", Compare.OVERLAPS, counted=True),
    Filter("skill", "skills", Compare.OVERLAPS, counted=True),
    Filter("country", "country", Compare.ONE_OF, counted=True),
    Filter("language", "languages", Compare.OVERLAPS, counted=True),
    Filter("english", "english", Compare.ONE_OF, counted=True),
    Filter("hours", "hours", Compare.ONE_OF, counted=True),
    Filter("badge", "badges", Compare.OVERLAPS, counted=True),
    Filter("rate_from", "rate_minor", Compare.AT_LEAST),
    Filter("rate_to", "rate_minor", Compare.AT_MOST),
    Filter("score_from", "score", Compare.AT_LEAST),
    Filter("rating_from", "rating", Compare.AT_LEAST),
    Filter("earned_from", "earned_minor", Compare.AT_LEAST),
    Filter("active_days", "last_active_at", Compare.SINCE),
)
# Typed in whole units of the market's currency, compared in minor ones.
TYPED_AS_MONEY = frozenset(
    {"budget_from", "budget_to", "rate_from", "rate_to", "spent_from", "earned_from"}
)
# Typed in stars, compared in hundredths.
TYPED_AS_STARS = frozenset({"rating_from"})


def read_wanted(
    given: dict[str, list[str]], filters: tuple[Filter, ...], now: datetime, visibilities: tuple[str, ...], minor: int
) -> Wanted:
    """Read a search from an address's values; what makes no sense is left out, never an error.

    `minor` is how many minor units one unit of the market's currency has (100 for USD).
    """
    chosen = {}
    for one in filters:
        values = _read_values(one, given.get(one.name, []), now, minor)
        if values:
            chosen[one.name] = values
    page = _number((given.get("page") or ["1"])[0]) or 1
    order = (given.get("order") or [""])[0]
    words = " ".join((given.get("q") or [""])[0].replace("\x00", " ").split())[:LONGEST_WORDS]
    return Wanted(
        words=words,
        chosen=chosen,
        order="newest" if order == "newest" else "relevance",
        start=(min(max(int(page), 1), DEEPEST_PAGE) - 1) * PER_PAGE,
        count=PER_PAGE,
        visibilities=visibilities,
    )


def _read_values(one: Filter, given: list[str], now: datetime, minor: int) -> tuple:
    if one.compare in (Compare.ONE_OF, Compare.OVERLAPS):
        return tuple(v[:80] for v in given[:MOST_VALUES] if v and "\x00" not in v)
    text = given[0] if given else ""
    if one.compare is Compare.IS_TRUE:
        return (True,) if text in ("1", "true", "on") else ()
    number = _number(text)
    if number is None:
        return ()
    if one.compare is Compare.SINCE:
        return (now - timedelta(days=min(number, 3650)),)
    if one.name in TYPED_AS_MONEY:
        number *= minor
    elif one.name in TYPED_AS_STARS:
        number *= 100
    return (min(round(number), 10**15),)


def _number(text: str) -> float | None:
    """A plain non-negative figure, or None: "12", "4.5"."""
    text = text.strip().replace(",", ".")
    whole, _, part = text.partition(".")
    if not whole.isascii() or not whole.isdigit() or len(whole) > 15 or (part and not part.isdigit()):
        return None
    return float(f"{whole}.{part[:6] or 0}")
