"""Invented client companies: a name, a sector, a size, a place, and the voice in which they write. Pure."""

from dataclasses import dataclass
from random import Random

from sim.people import BUYERS, People, Person
from sim.wording import table

VOICES = ("terse", "chatty", "formal", "sections", "plain", "story")


@dataclass(frozen=True)
class Company:
    """A client; `person` is the one who signs in for it."""

    name: str
    sector: str
    size: int
    voice: str
    person: Person


def draw_companies(rng: Random, count: int) -> list[Company]:
    """So many clients over all sectors, no name twice."""
    people, names = People(rng), set()
    sectors = list(table("clients")["sectors"])
    firsts = table("clients")["first"].split(", ")
    sizes = [int(size) for size in table("clients")["sizes"]["people"].split(", ")]
    found = []
    for place in range(count):
        sector = sectors[place % len(sectors)]
        seconds = table("clients")["sectors"][sector].split(", ")
        person = people.draw(BUYERS)
        name = ""
        while not name or name in names:
            first = rng.choice([*firsts, person.name.split()[-1]])
            name = f"{first} {rng.choice(seconds)}"
        names.add(name)
        found.append(Company(name, sector, rng.choice(sizes), rng.choice(VOICES), person))
    return found
