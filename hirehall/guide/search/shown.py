"""How a search is shown: its filters as groups with counts, what is chosen as chips, and reasons in words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hirehall.guide.search.filters import LISTS, Compare, Filter, Given
from hirehall.guide.search.labels import Labels
from hirehall.guide.search.queries import Results
from hirehall.market.profiles import taxonomy

# A longer list is folded after so many.
MOST_IN_SIGHT = 8


class Option(NamedTuple):
    """One value of a filter; its count is what choosing it finds."""

    value: str
    label: str
    count: int | None  # type: ignore[assignment] in place of the tuple's own
    chosen: bool


@dataclass(frozen=True)
class Group:
    """One filter of the panel. `kind` is checkbox, radio or range; a range has the texts typed into it."""

    name: str
    legend: str
    kind: str
    options: tuple[Option, ...] = ()
    open: bool = False
    low: str = ""
    high: str = ""
    upper: str = ""
    prefix: str = ""

    @property
    def in_sight(self) -> tuple[Option, ...]:
        return self.options[:MOST_IN_SIGHT]

    @property
    def folded(self) -> tuple[Option, ...]:
        return self.options[MOST_IN_SIGHT:]


@dataclass(frozen=True)
class Chip:
    """One thing that was asked for, and the address without it."""

    label: str
    href: str


@dataclass(frozen=True)
class Part:
    """A group of the panel before it has counts: the filter, or the two ends of a range."""

    name: str
    open: bool = False
    upper: str = ""


def address(kept: Given) -> str:
    """The shortest address of a search."""
    return "?" + urlencode(kept, doseq=True) if kept else "?"


def panel(results: Results, parts: Iterable[Part], filters: tuple[Filter, ...], labels: Labels) -> list[Group]:
    """The filters with their counts. One that has nothing to choose from hides by itself until it has."""
    known = {one.name: one for one in filters}
    return [_group(results, part, known, labels) for part in parts]


def _group(results: Results, part: Part, known: dict[str, Filter], labels: Labels) -> Group:
    one, legend = known[part.name], labels.legend(part.name)
    chosen = results.kept.get(part.name, [])
    if part.upper or not (one.counted or one.steps):
        low, high = chosen, results.kept.get(part.upper, [])
        text = ((low or [""])[0], (high or [""])[0])
        heading = labels.heading(part.name)
        return Group(part.name, heading, "range", (), part.open or bool(low or high), *text, part.upper, labels.symbol)
    counts = results.found.facets.get(part.name, {})
    kind = "radio" if one.steps else "checkbox"
    if one.compare is Compare.IS_TRUE:
        options = [Option("1", labels.value(one.name, "1"), counts.get("true", 0), bool(chosen))]
    elif one.steps:
        options = _steps(one, counts, chosen, labels)
    else:
        options = [
            Option(value, labels.value(one.name, value), counts.get(value, 0), value in chosen)
            for value in labels.in_order(one.name, {**labels.always(one.name), **dict.fromkeys(chosen, 0), **counts})
        ]
    opened = part.open or bool(chosen)
    return Group(part.name, legend, kind, tuple(options), opened)


def _steps(one: Filter, counts: dict[str, int], chosen: list[str], labels: Labels) -> list[Option]:
    """Each step that finds something, and what was typed into the address by hand; none at all when there is nothing."""
    names = [f"{step:g}" for step in one.steps]
    options = [
        Option(name, labels.value(one.name, name), counts.get(name, 0) if name in names else None, name in chosen)
        for name in [*names, *(value for value in chosen if value not in names)]
        if counts.get(name) or name in chosen
    ]
    return [Option("", _("Any"), None, not chosen), *options] if options else []


def chips(results: Results, filters: tuple[Filter, ...], labels: Labels) -> list[Chip]:
    """Everything that was asked for, each with the address that no longer asks for it."""
    kept, made = results.kept, []
    if "q" in kept:
        made.append(Chip(f"“{kept['q'][0]}”", address(_without(kept, "q"))))
    for one in filters:
        for value in kept.get(one.name, []):
            left = [other for other in kept[one.name] if other != value] if one.compare in LISTS else []
            made.append(Chip(labels.chip(one.name, value), address(_without(kept, one.name, left))))
    return made


def _without(kept: Given, name: str, left: list[str] | None = None) -> Given:
    rest = {other: values for other, values in kept.items() if other != name}
    return {**rest, name: left} if left else rest


def clear(kept: Given) -> str:
    """The address with the words and without any filter."""
    return address({name: values for name, values in kept.items() if name in ("q", "order")})


def places_found(reasons: tuple[str, ...], names: dict[str, str]) -> list[str]:
    """Where the words were found, as one sentence, or none."""
    told = [names[reason] for reason in reasons if reason in names]
    return [_("Your words are in: %(places)s") % {"places": ", ".join(told)}] if told else []


def own_skills(card: Any, skills: frozenset[str]) -> list[str]:
    """Which of the reader's skills a job asks for."""
    shared = [label for slug, label in zip(card.skill_slugs, card.skills, strict=True) if slug in skills]
    if not shared:
        return []
    told = ngettext("Asks for a skill of yours: %(skills)s", "Asks for skills of yours: %(skills)s", len(shared))
    return [told % {"skills": ", ".join(shared[:4])}]


def chosen_skills(kept: Given) -> list[str]:
    """The labels of the skills that were chosen, to mark them on the cards."""
    known = taxonomy.load().skills
    return [known[slug].label for slug in kept.get("skill", []) if slug in known]


def way_labels(labels: Labels) -> Callable[[str], str]:
    """What is loosened, in words."""
    fixed = {
        "any": _("Find any of the words, not all of them"),
        "q": _("Leave out the words"),
        "filters": _("Leave out all filters"),
    }
    return lambda name: fixed.get(name) or _("Leave out “%(filter)s”") % {"filter": labels.legend(name)}
