"""The past of invented people: positions, schools, certificates and portfolio pieces. Pure."""

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import TYPE_CHECKING

from hirehall.market.profiles.taxonomy import slug_of
from sim.wording import Craft, Dealer, lines, sentence, spin, table

if TYPE_CHECKING:
    from sim.people import Person

SCHOOLS = (
    "University of {city}",
    "{city} Technical University",
    "{city} Polytechnic",
    "{city} State College",
    "Institute of Applied Arts, {city}",
    "Open University",
)
DEGREES = (("Bachelor", 3), ("Master", 2), ("Diploma", 2))
COMPANIES = (
    "{family} & Partners", "Studio {family}", "{first} {second}", "{family} {second}", "{first} Works", "Atelier {first}", "{first} & {family}",
    "Office {family}", "{family} Brothers", "{first} Group", "{first} Collective",
)  # fmt: skip
# What a drawn picture of a piece shows, by category.
PICTURES = {
    "web-development": ("page", "page", "chart"), "mobile-development": ("phones", "phones", "page"),
    "desktop-and-embedded": ("code", "board", "chart"), "data-science-and-ai": ("chart", "map", "chart"),
    "data-engineering-and-analytics": ("chart", "table", "chart"), "devops-and-cloud": ("code", "board", "chart"),
    "quality-assurance": ("table", "phones", "code"), "design": ("poster", "logos", "phones"),
    "video-audio-and-animation": ("scene", "wave", "poster"), "writing": ("book", "article", "poster"),
    "translation": ("book", "article", "wave"), "marketing-and-sales": ("chart", "poster", "page"),
    "admin-and-support": ("table", "article", "page"), "finance-and-legal": ("table", "chart", "article"),
    "engineering-and-architecture": ("plan", "scene", "plan"),
}  # fmt: skip


@dataclass(frozen=True)
class Position:
    """A position held; without an end it is the present one."""

    company: str
    role: str
    city: str
    country: str
    starts_on: date
    ends_on: date | None
    description: str


@dataclass(frozen=True)
class School:
    school: str
    degree: str
    area: str
    from_year: int
    to_year: int


@dataclass(frozen=True)
class Certificate:
    name: str
    issuer: str
    issued_on: date


@dataclass(frozen=True)
class Piece:
    """A portfolio piece; `picture` is the kind of drawing that goes with it, "" for none."""

    title: str
    role: str
    description: str
    skills: tuple[str, ...]
    done_on: date
    picture: str


def company_name(rng: Random, person: "Person") -> str:
    """An invented employer, of another family."""
    families = [
        name
        for name in table("countries")[person.place.country]["family"].split(", ")
        if not person.name.endswith(name)
    ]
    firsts = table("clients")["first"].split(", ")
    return rng.choice(COMPANIES).format(
        family=rng.choice(families),
        first=rng.choice(firsts),
        second=rng.choice(("Group", "Services", "Solutions", "Media", "Systems", "Lab")),
    )


def draw_schools(rng: Random, person: "Person", craft: Craft, years: int, today: date) -> tuple[School, ...]:
    """One school for most, two for some, none for a few."""
    count = rng.choices((0, 1, 2), (1, 6, 2))[0]
    cities = table("countries")[person.place.country]["cities"].split(", ")
    areas = rng.sample(craft.study, min(count, len(craft.study)))
    end = today.year - years - rng.randint(0, 2)
    found = []
    for area in areas:
        degree, length = rng.choice(DEGREES)
        found.append(School(rng.choice(SCHOOLS).format(city=rng.choice(cities)), degree, area, end - length, end))
        end -= length + rng.randint(0, 1)
    return tuple(found)


def draw_positions(
    rng: Random, dealer: Dealer, person: "Person", craft: Craft, years: int, today: date
) -> tuple[Position, ...]:
    """One to four positions, the newest first; some people still hold the newest."""
    count = max(1, min(4, years // 3 + rng.randint(0, 1)))
    end = today if rng.random() < 0.3 else date(today.year - rng.randint(0, 2), rng.randint(1, 9), 1)
    span = max(12, (years * 12) // count)
    found = []
    for place in range(count):
        length = rng.randint(span // 2, span + 6)
        start = _months_before(end, length)
        present = place == 0 and end == today
        said = (
            dealer.line(
                f"{craft.category} positions",
                lines(table("overviews")["employment"]),
                tools=" and ".join(craft.core[:2]),
                tool=rng.choice(craft.core),
                tool2=rng.choice(craft.more),
            )
            if rng.random() < 0.7
            else ""
        )
        found.append(
            Position(
                company_name(rng, person),
                craft.roles[min(place, len(craft.roles) - 1)],
                person.place.city,
                person.place.country,
                start,
                None if present else end,
                said,
            )
        )
        end = _months_before(start, rng.randint(0, 4))
    return tuple(found)


def _months_before(day: date, months: int) -> date:
    total = day.year * 12 + day.month - 1 - months
    return date(total // 12, total % 12 + 1, 1)


def draw_certificates(rng: Random, dealer: Dealer, craft: Craft, today: date) -> tuple[Certificate, ...]:
    """None for most people, one or two for some."""
    choices = lines(table("pieces")[craft.category]["certs"])
    count = rng.choices((0, 1, 2), (6, 4, 1))[0]
    chosen = rng.sample(choices, min(count, len(choices)))
    return tuple(
        Certificate(*one.split(" | "), date(today.year - rng.randint(0, 5), rng.randint(1, 9), 1)) for one in chosen
    )


def draw_pieces(
    rng: Random,
    dealer: Dealer,
    craft: Craft,
    story: tuple[str, str, str],
    labels: tuple[str, ...],
    seniority: str,
    today: date,
    *,
    with_story: bool,
) -> tuple[Piece, ...]:
    """The story as a piece unless the overview tells it already, and smaller ones of the category."""
    found = []
    pictures = PICTURES[craft.category]

    def add(title: str, role: str, text: str) -> None:
        skills = tuple(slug_of(label) for label in rng.sample(labels, min(len(labels), rng.randint(2, 4))))
        picture = pictures[len(found) % len(pictures)] if rng.random() < 0.92 else ""
        done = date(today.year - rng.randint(0, 4), rng.randint(1, 9), 1)
        found.append(Piece(title, role, text, skills, done, picture))

    if not with_story:
        add(*story)
    count = {"entry": (0, 1), "middle": (1, 2), "senior": (1, 3)}[seniority]
    smaller = lines(table("pieces")[craft.category]["pieces"])
    for _ in range(rng.randint(*count)):
        title, text = spin(rng, dealer.deal(f"{craft.category} pieces", smaller)).split(" | ")
        add(sentence(title), rng.choice(craft.roles), text)
    return tuple(found)
