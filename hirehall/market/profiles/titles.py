"""Hints for a title that says too little (PRO-03). Pure; a hint never stops anybody."""

import re
from collections.abc import Collection
from dataclasses import dataclass

WORD = re.compile(r"[^\W\d_][\w+#.\-]*", re.UNICODE)
# Words that fit thousands of people; a title of nothing else tells a client nothing.
GENERIC = frozenset(
    ["a", "an", "and", "the", "of", "for", "in", "with", "to", "on", "your", "i", "am", "me", "my", "we", "freelancer", "freelance", "expert", "specialist", "professional", "developer", "designer", "writer", "engineer", "programmer", "consultant", "assistant", "manager", "worker", "creative", "creator", "virtual", "full", "time", "part", "experienced", "skilled", "senior", "junior", "web", "software", "graphic", "content", "digital", "marketing", "data", "entry", "services", "service", "provider", "it", "remote", "online", "available", "hire", "guru", "ninja", "rockstar", "hard", "working", "top", "best", "quality"]
)
BOAST = frozenset(["guru", "ninja", "rockstar", "wizard", "best", "top", "#1", "no.1", "hardworking", "hard-working"])
LEAST_WORDS = 3


@dataclass(frozen=True)
class Hint:
    """What could be better about a text, with a stable code."""

    code: str
    sentence: str


def title_hints(title: str, skill_names: Collection[str]) -> list[Hint]:
    """What would make a title more specific, the most useful first.

    >>> [hint.code for hint in title_hints("Web Developer", ["Django"])]
    ['generic', 'short', 'no_skill']
    """
    words = [word.lower().strip(".") for word in WORD.findall(title)]
    if not words:
        return []
    hints = []
    if all(word in GENERIC for word in words):
        hints.append(Hint("generic", "This title fits thousands of people. Say what you make, and for whom."))
    if len(words) < LEAST_WORDS:
        hints.append(Hint("short", "A few words more help: the thing you make, the tool, or the trade you serve."))
    folded = " ".join(words)
    if skill_names and not any(name.lower() in title.lower() or name.lower() in folded for name in skill_names):
        hints.append(Hint("no_skill", "Clients search for skills; name the one you want to be found for."))
    if any(word in BOAST for word in words):
        hints.append(Hint("boast", "Praise of oneself is passed over; a result or a trade is read."))
    if len(re.split(r"[|/,•·]", title)) > 3:
        hints.append(Hint("list", "One trade stands out more than a list; the others can become specialised profiles."))
    if len(title) > 5 and title.upper() == title:
        hints.append(Hint("capitals", "Capitals throughout are hard to read."))
    return hints
