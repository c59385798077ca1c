"""The trades and skills of the market: categories with specialties, and skills with synonyms, from taxonomy.toml.

A skill's slug is made from its label once and never changes meaning; a label may stand in several categories.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("taxonomy.toml")


@dataclass(frozen=True)
class Category:
    """A trade with its specialties, and its skills by slug."""

    slug: str
    label: str
    specialties: tuple[str, ...]
    skills: tuple[str, ...]


@dataclass(frozen=True)
class Skill:
    """A skill: what it is called, where it is at home, and what else people call it."""

    slug: str
    label: str
    categories: tuple[str, ...]
    synonyms: tuple[str, ...]


@dataclass(frozen=True)
class Taxonomy:
    """All categories in their order, and all skills by slug."""

    categories: tuple[Category, ...]
    skills: dict[str, Skill]


def slug_of(label: str) -> str:
    """The slug of a label: C++ is c-plus-plus, C# is c-sharp, Node.js is node-js.

    >>> slug_of("C++"), slug_of("Node.js"), slug_of("UI & UX design")
    ('c-plus-plus', 'node-js', 'ui-ux-design')
    """
    spelled = label.lower().replace("++", " plus plus").replace("#", " sharp")
    return re.sub(r"[^a-z0-9]+", "-", spelled).strip("-")


def read_synonyms() -> dict[str, list[str]]:
    """What else people call a skill, by its label."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))["synonyms"]


@cache
def load() -> Taxonomy:
    """Read the file; once per process."""
    tables = tomllib.loads(FILE.read_text(encoding="utf-8"))
    synonyms = read_synonyms()
    categories, labels, homes = [], {}, {}
    for slug, table in tables["categories"].items():
        slugs = []
        for label in table["skills"]:
            skill = slug_of(label)
            labels.setdefault(skill, label)
            homes.setdefault(skill, []).append(slug)
            slugs.append(skill)
        categories.append(Category(slug, table["label"], tuple(table["specialties"]), tuple(slugs)))
    skills = {
        slug: Skill(slug, label, tuple(homes[slug]), tuple(synonyms.get(label, ()))) for slug, label in labels.items()
    }
    return Taxonomy(tuple(categories), skills)
