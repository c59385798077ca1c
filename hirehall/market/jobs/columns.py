"""From a row of another system to a job's terms: which column means what, and how its words are read. Pure."""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping

from hirehall.kernel.errors import Refused
from hirehall.kernel.money import parse_money
from hirehall.kernel.texts import mend
from hirehall.market.jobs.rules import Hours, JobTerms, Kind, Length, Level
from hirehall.market.profiles.taxonomy import Taxonomy, slug_of

# What is read, and the headings under which it is looked for when no map says otherwise.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "post_id", "job_id", "key"),
    "title": ("title", "job_title"),
    "description": ("description", "text", "job_description"),
    "kind": ("kind", "job_type", "type"),
    "budget": ("budget", "fixed_budget"),
    "rate_low": ("rate_low", "hourly_min", "min_rate"),
    "rate_high": ("rate_high", "hourly_max", "max_rate"),
    "rate": ("rate", "avg_rate", "hourly_rate"),
    "level": ("level", "experience_level"),
    "length": ("length", "duration"),
    "hours": ("hours", "weekly_hours"),
    "skills": ("skills",),
    "category": ("category",),
    "questions": ("questions",),
}
NEEDED = ("title", "description")
PRICES = ("budget", "rate_low", "rate")
AMOUNTS = ("budget", "rate_low", "rate_high", "rate")
# Signs that name one currency; "$" and "¥" name several.
SIGNS = {"€": "EUR", "£": "GBP", "₹": "INR"}
LENGTHS = (
    (Length.WEEKS, r"< ?1 month|less than (1|a|one) month|weeks?"),
    (Length.ONE_TO_THREE, r"1 ?(-|to) ?3 months"),
    (Length.THREE_TO_SIX, r"3 ?(-|to) ?6 months"),
    (Length.LONGER, r"6\+ months|more than 6 months|6 months up"),
)
KINDS = ((Kind.FIXED, r"fixed"), (Kind.HOURLY, r"hourly|hour|per hour"))
HOURS = ((Hours.LESS, r"less than|part|under"), (Hours.MORE, r"more than|full|30\+|over"))
LEVELS = ((Level.ENTRY, r"entry|beginner|junior"), (Level.EXPERT, r"expert|senior"), (Level.INTERMEDIATE, r"inter|mid"))


def map_columns(headings: list[str], given: Mapping[str, str]) -> dict[str, str]:
    """The column of each field. `given` says column=field and goes first; Refused says what is missing or unknown."""
    by_name = {heading.lower(): heading for heading in headings}
    found: dict[str, str] = {}
    for column, field in given.items():
        if column.lower() not in by_name:
            raise Refused("import:column", f"There is no column “{column}”; the file has {', '.join(headings)}.")
        if field not in FIELDS:
            raise Refused("import:field", f"There is no field “{field}”; there are {', '.join(FIELDS)}.")
        found[field] = by_name[column.lower()]
    for field, names in FIELDS.items():
        column = next((by_name[name] for name in names if name in by_name), None)
        if field not in found and column is not None and column not in found.values():
            found[field] = column
    missing = [field for field in NEEDED if field not in found]
    if not any(field in found for field in PRICES):
        missing.append("budget or rate")
    if missing:
        raise Refused(
            "import:missing",
            "No column for %(missing)s. The file has %(columns)s; say which it is with --map COLUMN=FIELD.",
            values={"missing": " and ".join(missing), "columns": ", ".join(headings)},
        )
    return found


def key_of(cells: Mapping[str, str], columns: Mapping[str, str], party_id: str) -> str:
    """What marks a post of a client for good, so that a second import knows it."""
    own = cells[columns["id"]].strip() if "id" in columns else ""
    own = own or "\n".join(cells[columns[field]].strip() for field in NEEDED)
    return f"{party_id}:{hashlib.sha256(own.encode()).hexdigest()[:40]}"


class Reader:
    """Reads rows with one map of columns.

    `category` is taken where the skills of a row point to none, and `rate` where an hourly one says no rate.
    """

    def __init__(
        self, columns: Mapping[str, str], known: Taxonomy, unit: str, skills_max: int, *,
        category: str = "", rate: str = "", units: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        self.columns, self.known, self.unit, self.skills_max, self.category = columns, known, unit, skills_max, category
        self.units = units or (unit,)
        self.rate = self._amounts({"rate": rate}, "rate", unit)
        names = [(name, slug) for slug, skill in known.skills.items() for name in (skill.label, *skill.synonyms)]
        self._slugs = {slug_of(name): slug for name, slug in names}

    def terms(self, cells: Mapping[str, str]) -> JobTerms:
        """The row as a post; Refused says why it can't be one."""
        got = {field: mend(cells[column].replace("\r\n", "\n").replace("\r", "")).strip() for field, column in self.columns.items()}
        skills = self._skills(got.get("skills", ""))
        unit = self._unit(got)
        kind, budget, low, high = self._price(got, unit)
        return JobTerms(
            title=got["title"], description=got["description"], category=self._category(got, skills),
            kind=kind, skills=skills[: self.skills_max], budget_minor=budget, rate_low_minor=low, rate_high_minor=high, unit=unit,
            level=_word(got.get("level", ""), LEVELS) or Level.INTERMEDIATE, length=_word(got.get("length", ""), LENGTHS),
            hours=_word(got.get("hours", ""), HOURS), questions=_parts(got.get("questions", "")),
        )  # fmt: skip

    def _skills(self, text: str) -> tuple[str, ...]:
        """The skills that this market knows, in their order; others are left out."""
        found = (self._slugs.get(slug_of(label)) for label in _parts(text))
        return tuple(dict.fromkeys(slug for slug in found if slug))

    def _category(self, got: Mapping[str, str], skills: tuple[str, ...]) -> str:
        said = got.get("category", "")
        for one in self.known.categories:
            if said and slug_of(said) in (one.slug, slug_of(one.label)):
                return one.slug
        counts = Counter(home for slug in skills for home in self.known.skills[slug].categories)
        best = max(self.known.categories, key=lambda one: counts[one.slug])
        if counts[best.slug]:
            return best.slug
        if not self.category:
            raise Refused("import:category", "None of its skills is known here, so no category fits; give one with --category.")
        return self.category

    def _unit(self, got: Mapping[str, str]) -> str:
        """The currency that the amounts of a row name by code or by a sign that has one meaning, else the file's."""
        text = " ".join(got.get(field, "") for field in AMOUNTS)
        named = {SIGNS.get(mark, mark) for mark in re.findall(r"[€£₹]|\b[A-Z]{3}\b", text)}
        if len(named) > 1:
            raise Refused("import:units", f"Its amounts are in several currencies: {', '.join(sorted(named))}.")
        unit = named.pop() if named else self.unit
        if unit not in self.units:
            raise Refused("import:unit", f"Its amounts are in {unit}; this market takes {', '.join(self.units)}.")
        return unit

    def _price(self, got: Mapping[str, str], unit: str) -> tuple[str, int | None, int | None, int | None]:
        """Kind, budget, lowest and highest rate. What is not said follows from what is there."""
        budget, rate = self._amounts(got, "budget", unit), self._amounts(got, "rate", unit)
        low, high = self._amounts(got, "rate_low", unit) or rate, self._amounts(got, "rate_high", unit)
        kind = _word(got.get("kind", ""), KINDS) or (Kind.FIXED if budget and not low else Kind.HOURLY if low or high else "")
        if not kind:
            raise Refused("import:no_kind", "It says neither whether it is fixed or hourly nor what it pays.")
        if kind == Kind.FIXED:
            if not budget:
                raise Refused("import:no_budget", "It is a fixed price, and no budget is given.")
            return kind, budget[-1], None, None
        both = [*low, *high] or self.rate
        if not both:
            raise Refused("import:no_rate", "It is hourly, and no rate is given; give one with --rate LOW-HIGH.")
        return kind, None, both[0], max(both)

    def _amounts(self, got: Mapping[str, str], field: str, unit: str) -> list[int]:
        """One amount, or two as in "30-250"; none when the cell is empty."""
        text = re.sub(r"/ ?h(ou)?r\b", "", got.get(field, "")).strip()
        text = re.sub(r"[$€£₹¥]|\b[A-Z]{3}\b", "", text).strip()
        if text.startswith(("-", "–", "−")):
            raise Refused("import:negative", f"“{got[field][:30]}” is less than nothing.")
        try:
            return [parse_money(part, unit) for part in re.split(r"\s*[-–]\s*", text) if part]
        except ValueError as error:
            raise Refused("import:amount", f"“{got[field][:30]}” is no amount.") from error


def _word(text: str, table) -> str:
    return next((value for value, pattern in table if re.search(pattern, text.lower())), "") if text else ""


def _parts(text: str) -> tuple[str, ...]:
    divider = "|" if "|" in text else ";" if ";" in text else "," if "," in text else "\n"
    return tuple(part.strip() for part in text.split(divider) if part.strip())
