"""The search port: what a page asks, what an engine answers, and what it is given to index.

An engine returns ids only; rows always come from the rooms that own them.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class JobFacts:
    """A job as the index needs it. Amounts in minor units, rating in hundredths of a star, rates in per cent.

    The bands are what is told in public of figures that are not. `locations` are the countries that are asked
    for, or "*" for all.
    """

    job_id: str
    client_id: str
    open: bool
    visibility: str
    posted_at: datetime
    title: str
    description: str
    skill_labels: tuple[str, ...]
    kind: str
    category: str
    specialty: str
    skills: tuple[str, ...]
    level: str
    length: str
    hours: str
    budget_minor: int | None
    budget_band: str
    rate_low_minor: int | None
    rate_high_minor: int | None
    unit: str
    locations: tuple[str, ...]
    country: str
    verified: bool
    spent_minor: int
    hires_band: str
    hire_rate: int | None
    paid_minor: int | None
    rating: int | None
    client_since: datetime | None
    open_jobs: int
    local_time: str
    proposals_band: str
    talking: int
    viewed_at: datetime | None
    connects: int


@dataclass(frozen=True)
class TalentFacts:
    """A freelancer or agency as the index needs it."""

    party_id: str
    visibility: str
    name: str
    title: str
    overview: str
    skill_labels: tuple[str, ...]
    categories: tuple[str, ...]
    skills: tuple[str, ...]
    languages: tuple[str, ...]
    badges: tuple[str, ...]
    english: str
    country: str
    hours: str
    rate_minor: int | None
    unit: str
    score: int | None
    rating: int | None
    earned_minor: int
    jobs_done: int
    last_active_at: datetime | None


@dataclass(frozen=True)
class Wanted:
    """One search: words, chosen filters by name, order, and which slice of the result.

    `chosen` maps a filter's name to its values: texts for lists, one number for bounds.
    """

    words: str = ""
    chosen: dict[str, tuple] = field(default_factory=dict)
    order: str = "relevance"
    start: int = 0
    count: int = 20
    visibilities: tuple[str, ...] = ("public",)
    # How many decimals the market's currency has; for the steps that are counted.
    digits: int = 2
    # Whether words that find nothing may be replaced by like ones.
    correct: bool = True


@dataclass(frozen=True)
class Hit:
    """One result: its id and why it stands here ("title", "skills", "text")."""

    id: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """The answer: a slice of hits, how many there are (capped), counts by facet, and a correction if one was made."""

    hits: list[Hit]
    total: int
    capped: bool
    facets: dict[str, dict[str, int]]
    corrected: str = ""


class SearchEngine(Protocol):
    """What an engine can do; one contract test runs against every engine."""

    def index_jobs(self, facts: list[JobFacts]) -> None: ...

    def index_talents(self, facts: list[TalentFacts]) -> None: ...

    def forget_job(self, job_id: str) -> None: ...

    def forget_talent(self, party_id: str) -> None: ...

    def list_job_ids(self) -> list[str]: ...

    def list_talent_ids(self) -> list[str]: ...

    def find_jobs(self, wanted: Wanted) -> Found: ...

    def find_talents(self, wanted: Wanted) -> Found: ...
