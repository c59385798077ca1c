"""Invented people: where they live, what they are called, what they do and what their profiles say.

Pure: everything comes from the random source handed in. No two of one population share a name or a title.
"""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from hirehall.market.profiles.taxonomy import slug_of
from sim.histories import (
    Certificate,
    Piece,
    Position,
    School,
    draw_certificates,
    draw_pieces,
    draw_positions,
    draw_schools,
)
from sim.overviews import write_overview
from sim.wording import Craft, Dealer, crafts, lines, sentence, spin, table

# Where freelancers and clients of such a market mostly live; other countries count 1.
MANY = {
    "IN": 6,
    "PK": 4,
    "BD": 4,
    "PH": 4,
    "UA": 3,
    "NG": 3,
    "EG": 2,
    "BR": 3,
    "US": 4,
    "GB": 3,
    "KE": 2,
    "VN": 2,
    "PL": 2,
    "RO": 2,
}
BUYERS = {"US": 12, "GB": 6, "CA": 5, "AU": 4, "DE": 5, "NL": 3, "FR": 3, "SE": 2, "DK": 2, "ES": 2, "IT": 2, "NZ": 2}
# Skills that are languages, by code.
SPOKEN = {
    "es": "Spanish", "fr": "French", "de": "German", "pt": "Portuguese", "ar": "Arabic", "hi": "Hindi", "bn": "Bengali", "ur": "Urdu",
    "zh": "Chinese", "ja": "Japanese", "ru": "Russian", "it": "Italian", "nl": "Dutch", "pl": "Polish", "uk": "Ukrainian", "tr": "Turkish",
    "ko": "Korean", "vi": "Vietnamese", "id": "Indonesian", "el": "Greek", "sv": "Swedish", "da": "Danish", "fi": "Finnish", "cs": "Czech",
    "ro": "Romanian", "hu": "Hungarian", "sw": "Swahili", "tl": "Tagalog", "ta": "Tamil", "ms": "Malay",
}  # fmt: skip
LEVELS = (("entry", 0.62, 3), ("middle", 1.0, 8), ("senior", 1.35, 15))


@dataclass(frozen=True)
class Place:
    """A city of a country."""

    country: str
    city: str
    zone: str
    rate: float
    languages: tuple[tuple[str, str], ...]
    english: str
    skin: tuple[int, int]


@dataclass(frozen=True)
class Person:
    """A name and where its bearer lives; `looks` is 'woman' or 'man', for the drawn face."""

    name: str
    place: Place
    looks: str

    @property
    def first(self) -> str:
        return self.name.split()[0]


@dataclass(frozen=True)
class Persona:
    """A freelancer as the profile shows them. Rates in whole dollars; skills are slugs."""

    person: Person
    craft: Craft
    seniority: str
    years: int
    title: str
    overview: str
    rate: int
    skills: tuple[str, ...]
    hours: str
    story: tuple[str, str, str]
    positions: tuple[Position, ...] = ()
    schools: tuple[School, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    pieces: tuple[Piece, ...] = ()
    experience: tuple[str, str] | None = None
    links: tuple[str, ...] = field(default=())


def choose_place(rng: Random, weights: dict[str, int]) -> Place:
    """A country by weight, and one of its cities."""
    countries = table("countries")
    code = rng.choices(list(countries), [weights.get(one, 1) for one in countries])[0]
    raw = countries[code]
    spoken = tuple(tuple(each.split()) for each in raw["languages"].split(", "))
    low, high = (int(tone) for tone in raw["skin"].split("-"))
    others = tuple((language, level) for language, level in spoken if language != "en")
    if others and others[-1][1] != "native" and rng.random() < 0.4:
        others = others[:-1]
    return Place(
        code, rng.choice(raw["cities"].split(", ")), raw["zone"], raw["rate"], others, raw["english"], (low, high)
    )


class People:
    """Draws persons, each name once."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self._names: set[str] = set()

    def draw(self, weights: dict[str, int]) -> Person:
        while True:
            place = choose_place(self.rng, weights)
            raw = table("countries")[place.country]
            looks = self.rng.choice(("woman", "man"))
            first = self.rng.choice(raw["women" if looks == "woman" else "men"].split(", "))
            name = f"{first} {self.rng.choice(raw['family'].split(', '))}"
            if name not in self._names:
                self._names.add(name)
                return Person(name, place, looks)


def draw_personas(rng: Random, count: int, today: date, fixed: dict[str, Person] | None = None) -> list[Persona]:
    """So many freelancers, spread over all trades, as of a day; `fixed` names the first person of some trades."""
    people, dealer = People(rng), Dealer(rng)
    order, waiting = list(crafts()), dict(fixed or {})
    rng.shuffle(order)
    order.sort(key=lambda craft: craft.key not in waiting)
    found = []
    for place in range(count):
        craft = order[place % len(order)]
        person = waiting.pop(craft.key, None) or people.draw(MANY)
        found.append(_draw_persona(rng, dealer, person, craft, today))
    return found


def _draw_persona(rng: Random, dealer: Dealer, person: Person, craft: Craft, today: date) -> Persona:
    seniority, factor, longest = rng.choices(LEVELS, (3, 5, 3))[0]
    years = rng.randint(max(2, longest // 2), longest)
    rate = max(5, round(craft.rate * person.place.rate**0.8 * factor * rng.uniform(0.85, 1.2)))
    title = _choose_title(dealer, person, craft)
    told = spin(rng, " | ".join(dealer.deal_like(f"{craft.key} stories", craft.stories, title))).split(" | ")
    story = (sentence(told[0]), told[1], told[2])
    labels = _choose_skills(rng, person, craft, seniority)
    schools = draw_schools(rng, person, craft, years, today)
    overview, with_story = write_overview(rng, dealer, person, craft, years, today, title, story, schools, labels)
    others = lines(table("overviews")["experience"])
    other = tuple(spin(rng, dealer.deal("experience", others)).split(" | ")) if rng.random() < 0.3 else None
    return Persona(
        person=person, craft=craft, seniority=seniority, years=years, title=title, overview=overview,
        rate=rate, skills=tuple(slug_of(label) for label in labels), story=story, schools=schools,
        hours=rng.choices(("more_than_30", "less_than_30", "as_needed"), (5, 3, 2))[0],
        positions=draw_positions(rng, dealer, person, craft, years, today),
        certificates=draw_certificates(rng, dealer, craft, today),
        pieces=draw_pieces(rng, dealer, craft, story, labels, seniority, today, with_story=with_story),
        experience=other, links=_links(rng, person),
    )  # fmt: skip


def _choose_title(dealer: Dealer, person: Person, craft: Craft) -> str:
    """A craft's next title; once all of them are taken, with the bearer's city behind it."""
    title = dealer.deal(f"{craft.key} titles", craft.titles)
    return title if dealer.first_time(title) else f"{title} ({person.place.city})"


def _choose_skills(rng: Random, person: Person, craft: Craft, seniority: str) -> tuple[str, ...]:
    """Labels: the craft's core and some of the rest, more for those who have been around for longer.

    Languages are those which the person speaks.
    """
    extra = {"entry": (2, 4), "middle": (3, 7), "senior": (5, 9)}[seniority]
    core = list(craft.core) if seniority != "entry" else rng.sample(craft.core, max(3, len(craft.core) - 1))
    labels = core + rng.sample(craft.more, min(len(craft.more), rng.randint(*extra)))
    if craft.category == "translation":
        spoken = [SPOKEN[code] for code, _ in person.place.languages if code in SPOKEN]
        labels = [label for label in labels if label not in SPOKEN.values()] + ["English", *spoken]
    return tuple(dict.fromkeys(labels))[:15]


def _links(rng: Random, person: Person) -> tuple[str, ...]:
    """Some show work elsewhere: in a folder of the project's own demo account."""
    if rng.random() > 0.35:
        return ()
    host = rng.choice(
        (
            "github.com/hirehall-demo",
            "gitlab.com/hirehall-demo",
            "behance.net/hirehall-demo",
            "codeberg.org/hirehall-demo",
        )
    )
    return (f"https://{host}/{slug_of(person.name.encode('ascii', 'ignore').decode())}",)
