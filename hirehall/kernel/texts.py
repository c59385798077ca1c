"""Texts as people type them: what nobody can see, and only deceives, is taken out before anything reads it.

Taken out are control characters but tab and line breaks, and the marks that turn the direction of whole passages
("exe.gnp" shown backwards). Joiners and single direction marks stay: Hindi, Persian and emoji are written with them. What
is nothing but blanks and invisible signs is empty, so "this is needed" catches it. Zero bytes and halves of characters
come from no keyboard and can't be kept: forms and programs are told so, names and searches go on without them.

    clean("pay\u202e\x07 me")   # "pay me"
    clean("\u200b\u3164 ")      # ""
"""

import re
from typing import Any

UNSEEN = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\U000e0001]")
BROKEN = re.compile("[\x00\ud800-\udfff]")
# Blanks, joiners, direction marks, fillers that Unicode counts as letters, and the empty pattern of Braille.
BLANK = re.compile(
    "[\\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2028\u2029\u2060-\u206f\u2800\u3164\ufe00-\ufe0f"
    "\uffa0\U000e0000-\U000e0fff]*"
)
# Deeper than anything that we describe; a parser of ours must not be led down without end.
DEEPEST = 30


class TooDeep(Exception):
    """Lists in lists in lists, deeper than any value of ours."""


class Broken(Exception):
    """A text that can't be kept."""


def clean(text: str) -> str:
    """The text without what nobody can see; empty when nothing else is in it."""
    if text.isascii() and text.isprintable():
        return "" if text.isspace() else text
    seen = UNSEEN.sub("", text)
    return "" if BLANK.fullmatch(seen) else seen


def mend(text: str) -> str:
    """The same, and without what can't be kept."""
    return clean(BROKEN.sub("", text))


def clean_values(value: Any, depth: int = 0) -> Any:
    """The same for every text in a value read from JSON, except passwords, which are compared as they were typed."""
    if depth > DEEPEST:
        raise TooDeep
    if isinstance(value, str):
        if BROKEN.search(value):
            raise Broken
        return clean(value)
    if isinstance(value, list):
        return [clean_values(one, depth + 1) for one in value]
    if isinstance(value, dict):
        cleaned = {clean(name): clean_values(one, depth + 1) for name, one in value.items()}
        return cleaned | {name: one for name, one in value.items() if is_secret(name)}
    return value


def is_secret(name: str) -> bool:
    """True for a field whose value is compared character by character and never shown."""
    return "password" in name
