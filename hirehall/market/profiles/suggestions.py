"""Which skills to add: those the owner's own text names, and those that open jobs ask for (PRO-06). Pure."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Suggestion:
    """A skill worth adding, with the reason: times named in the own text, open jobs that ask for it."""

    slug: str
    label: str
    named: int
    jobs: int


def suggest_skills(
    text: str,
    chosen: Collection[str],
    names: Mapping[str, tuple[str, ...]],
    demand: Mapping[str, int],
    limit: int = 10,
) -> list[Suggestion]:
    """Skills that are not chosen yet; `names` gives each slug its label and its synonyms.

    A name counts where it stands as whole words. The own text goes before demand: it says what somebody can do.
    """
    folded = f" {_fold(text)} "
    found = []
    for slug, spellings in names.items():
        if slug in chosen:
            continue
        named = sum(folded.count(f" {_fold(name)} ") for name in spellings if len(name) > 1)
        if named or demand.get(slug):
            found.append(Suggestion(slug, spellings[0], named, demand.get(slug, 0)))
    found.sort(key=lambda s: (-min(s.named, 1), -s.jobs, -s.named, s.label))
    return found[:limit]


def _fold(text: str) -> str:
    """Lower case with single blanks between words; signs that make names (C++, C#, Node.js) stay."""
    return re.sub(r"[^\w+#.]+|\.(?=\s|$)", " ", text.lower()).strip().replace("  ", " ")
