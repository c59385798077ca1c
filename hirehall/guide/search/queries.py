"""Searches of an actor: what the engine found, with rows from the rooms that own them.

The index may be a moment behind. What an actor may not see by now is left out whatever the index says.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from hirehall.guide.search.engines.current import engine
from hirehall.guide.search.filters import JOB_FILTERS, PER_PAGE, TALENT_FILTERS, Filter, Given, keep_sense, read_wanted
from hirehall.guide.search.port import Found, Hit, Wanted
from hirehall.kernel import clock
from hirehall.kernel.units import minor_digits
from hirehall.market.jobs import queries as jobs
from hirehall.market.jobs.cards import list_cards
from hirehall.market.profiles import queries as profiles
from hirehall.money.payments.policy import main_unit
from hirehall.people.accounts.actors import Actor

# So many ways out are looked at when a search finds nothing, and so many of them are offered.
MOST_TRIED, MOST_OFFERED = 8, 4


@dataclass(frozen=True)
class Row:
    """One result: its card, and the parts of it in which the words were found."""

    card: Any
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Results:
    """A search and its answer. `kept` is what was understood of the address, as it was typed."""

    kept: Given
    wanted: Wanted
    found: Found
    rows: list[Row]

    @property
    def page(self) -> int:
        return self.wanted.start // PER_PAGE + 1


@dataclass(frozen=True)
class Way:
    """A way out of an empty search: what to leave out, and how many it would find."""

    name: str
    kept: Given
    total: int


def unit() -> str:
    """The currency in which amounts are typed and compared."""
    return main_unit()


def visibilities_of(actor: Actor) -> tuple[str, ...]:
    """Visitors find what is public, people who are signed in what is for members too."""
    return ("public", "members") if actor.signed_in else ("public",)


def find_jobs_for(actor: Actor, given: Given, **slice_: int) -> Results:
    """Jobs that take proposals and that the actor may see."""
    results = _find(actor, given, JOB_FILTERS, engine.find_jobs, slice_)
    found = jobs.list_jobs_by_id([hit.id for hit in results.found.hits])
    shown = [job for job in found.values() if job.is_open and job.visibility in results.wanted.visibilities]
    return replace(results, rows=_rows(results.found.hits, {card.id: card for card in list_cards(shown)}))


def find_talents_for(actor: Actor, given: Given, **slice_: int) -> Results:
    """Freelancers and agencies whose profiles the actor may see."""
    results = _find(actor, given, TALENT_FILTERS, engine.find_talents, slice_)
    cards = profiles.list_cards([hit.id for hit in results.found.hits])
    shown = {k: c for k, c in cards.items() if c.published and c.visibility in results.wanted.visibilities}
    return replace(results, rows=_rows(results.found.hits, shown))


def _find(
    actor: Actor, given: Given, filters: tuple[Filter, ...], find: Callable[[Wanted], Found], slice_: dict[str, int]
) -> Results:
    kept = keep_sense(given, filters)
    wanted = replace(_wanted(actor, given, filters), **slice_)
    found = find(wanted)
    if not found.hits and found.total and not slice_:
        # Beyond the end: the last page instead.
        wanted = replace(wanted, start=(found.total - 1) // PER_PAGE * PER_PAGE)
        found = find(wanted)
    return Results(kept, wanted, found, [])


def _wanted(actor: Actor, given: Given, filters: tuple[Filter, ...]) -> Wanted:
    return read_wanted(given, filters, clock.now(), visibilities_of(actor), 10 ** minor_digits(unit()))


def _rows(hits: list[Hit], cards: dict[str, Any]) -> list[Row]:
    return [Row(cards[hit.id], hit.reasons) for hit in hits if hit.id in cards]


def ways_out_for(actor: Actor, results: Results, filters: tuple[Filter, ...]) -> list[Way]:
    """What to loosen when nothing was found: each part of the search left out by itself, the most fruitful first."""
    kept = {**results.kept, "q": [results.found.corrected]} if results.found.corrected else results.kept
    find = engine.find_jobs if filters is JOB_FILTERS else engine.find_talents
    tried = []
    words = (kept.get("q") or [""])[0].split()
    if len(words) > 1:
        tried.append(("any", {**kept, "q": [" or ".join(words)]}))
    if "q" in kept and len(kept.keys() - {"q", "order"}) > 1:
        tried.append(("filters", {"q": kept["q"]}))
    for name in [name for name in kept if name != "order"][:MOST_TRIED]:
        tried.append((name, {other: values for other, values in kept.items() if other != name}))
    ways = [
        Way(name, left, find(replace(_wanted(actor, left, filters), count=0, correct=False)).total)
        for name, left in tried
        if left.keys() - {"order"}
    ]
    return sorted((way for way in ways if way.total), key=lambda way: -way.total)[:MOST_OFFERED]


def skills_of(actor: Actor) -> frozenset[str]:
    """The skills on the actor's own profile, to say which of them a job asks for."""
    profile = profiles.find_own(actor) if actor.is_freelancer else None
    return frozenset(profile.skills) if profile else frozenset()
