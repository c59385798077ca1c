"""Undoes the disguises people put on a contact: look-alike letters, invisible joins, odd digits.

`fold` gives a plain reading of a text together with the way back, so that whatever is found in
the plain reading can be marked in the text as it was typed. `fold("９\u200b1").text` is `"91"`.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from hirehall.people.screening.findings import Finding

# Cyrillic and Greek letters that look like Latin ones. Applied only inside a word that also has
# Latin letters or beside digits and @, so Russian and Greek texts stay what they are.
LOOK_ALIKE = str.maketrans(
    "авеёкмнорстухіјѕԁԛԝһӏАВЕКМНОРСТУХІЈЅαβεικνορτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "abeekmhopctyxijsdqwhlABEKMHOPCTYXIJSabeiknoptuxABEZHIKMNOPTYX",
)
MIXED_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]*[\u0370-\u03ff\u0400-\u052f][^\W_]*")
NOT_ASCII = re.compile(r"[^\x00-\x7f]")
OTHER_SCRIPT = re.compile(r"[\u0370-\u03ff\u0400-\u052f]")
SINGLE_SIGNS = {"。": ".", "․": ".", "‧": ".", "🔟": "10", "﹫": "@", "⁃": "-", "−": "-", "∙": "."}
# Keycap and variation marks, joiners, direction marks: they show nothing, and split what is read.
INVISIBLE = frozenset("\u20e3\ufe0e\ufe0f\u115f\u1160\u3164\u034f")


@dataclass(frozen=True, slots=True)
class Folded:
    """A plain reading of `typed`; `places[i]` is where its i-th character came from.

    `low` is the reading in small letters, of the same length; patterns run twice as fast on it
    as with the flag for either case.
    """

    typed: str
    text: str
    low: str
    places: tuple[int, ...] | range

    def finding(self, kind: str, start: int, end: int, reason: str) -> Finding:
        """Turn a span of the plain reading (not empty) into a finding in the typed text."""
        first = self.places[start]
        last = self.places[end - 1] + 1
        # Marks that hang on the last character (a keycap, a joiner) belong to what was found.
        while last < len(self.typed) and not read_sign(self.typed[last]):
            last += 1
        return Finding(kind, first, last, self.typed[first:last], reason)


@lru_cache(maxsize=8192)
def read_sign(sign: str) -> str:
    """What one typed character reads as: nothing, one plain character, or a few."""
    if sign.isascii():
        return sign
    if sign in SINGLE_SIGNS:
        return SINGLE_SIGNS[sign]
    if sign in INVISIBLE or unicodedata.category(sign) in {"Cf", "Mn", "Me"}:
        return ""
    digit = unicodedata.digit(sign, None)
    if digit is not None:
        return str(digit)
    plain = unicodedata.normalize("NFKD", sign)
    return "".join(c for c in plain if unicodedata.category(c) != "Mn") or sign


def mentions(low: str, stems: tuple[str, ...]) -> bool:
    """A cheap look before a costly pattern: does any of the stems (small letters) stand in it?"""
    return any(stem in low for stem in stems)


def fold(typed: str) -> Folded:
    """The plain reading. Plain ASCII is its own reading and costs nothing."""
    if typed.isascii():
        return Folded(typed, typed, typed.lower(), range(len(typed)))
    signs: list[str] = []
    places: list[int] = []
    at = 0
    for found in NOT_ASCII.finditer(typed):
        place = found.start()
        signs.append(typed[at:place])
        places.extend(range(at, place))
        plain = read_sign(found.group())
        signs.append(plain)
        places.extend([place] * len(plain))
        at = place + 1
    signs.append(typed[at:])
    places.extend(range(at, len(typed)))
    text = "".join(signs)
    if OTHER_SCRIPT.search(text):
        text = MIXED_WORD.sub(unmask_word, text)
    return Folded(typed, text, text.lower(), tuple(places))


def unmask_word(found: re.Match[str]) -> str:
    word = found.group()
    # `isascii` on single letters: a word of one script only is a word, not a disguise.
    if any(sign.isascii() for sign in word):
        return word.translate(LOOK_ALIKE)
    return word


# Signs and gaps share no character, or a long row of dashes would be tried in endless ways.
SPACED = re.compile(r"(?<!\S)(?:[^\s._*\-][ ._*\-]{1,3}){6,80}[^\s._*\-](?!\S)")
GAP = re.compile(r"[ ._*\-]{1,3}")


def close_gaps(folded: Folded) -> list[Folded]:
    """Readings of the stretches written one letter at a time: `b e n @ g m a i l . c o m`.

    A dot between gaps (" . ", "...") is a dot of the address; a single one is a gap itself.
    """
    readings = []
    for found in SPACED.finditer(folded.text):
        gaps = set(range(found.start(), found.end()))
        gaps -= {i for i in gaps if not GAP.match(folded.text, i)}
        gaps -= {
            found.start() + gap.start() + gap.group().index(".")
            for gap in GAP.finditer(found.group())
            if len(gap.group()) > 1 and "." in gap.group()
        }
        kept = [i for i in range(found.start(), found.end()) if i not in gaps]
        text = "".join(folded.text[i] for i in kept)
        readings.append(Folded(folded.typed, text, text.lower(), tuple(folded.places[i] for i in kept)))
    return readings
