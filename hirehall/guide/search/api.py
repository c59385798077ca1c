"""API of search: the same words, filters, order and counts as the pages."""

from datetime import datetime
from typing import Literal

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from hirehall.guide.search import queries
from hirehall.guide.search.filters import Given
from hirehall.guide.search.queries import Results
from hirehall.people.accounts.scopes import needs

router = Router(tags=["search"])
# A program that reads on asks for the next slice; nothing stands deeper than what an engine ranks.
MOST_AT_ONCE, DEEPEST = 100, 10_000
FIGURE = Field(
    "", description="A plain figure, as typed on the page: whole units of the market's currency, days, stars."
)


class SearchIn(Schema):
    """What both searches take. A value that makes no sense is left out, as on the page."""

    q: str = Field("", description="Words; phrases in quotation marks, `or`, and a minus before what is not wanted.")
    order: Literal["relevance", "newest"] = "relevance"
    offset: int = Field(0, ge=0, le=DEEPEST)
    limit: int = Field(20, ge=1, le=MOST_AT_ONCE)
    category: list[str] = []
    skill: list[str] = []
    country: list[str] = []
    hours: list[str] = []
    rate_from: str = FIGURE
    rate_to: str = FIGURE
    rating_from: str = FIGURE

    def given(self) -> Given:
        """The values as an address would carry them."""
        values = self.dict(exclude={"offset", "limit"})
        return {name: value if isinstance(value, list) else [value] for name, value in values.items() if value}


class JobSearchIn(SearchIn):
    specialty: list[str] = []
    kind: list[str] = []
    budget: list[str] = Field([], description="Bands of fixed prices: 0-100, 100-500, 500-1000, 1000-5000, 5000+.")
    budget_from: str = FIGURE
    budget_to: str = FIGURE
    level: list[str] = []
    posted_days: str = FIGURE
    proposals: list[str] = Field([], description="Bands of proposals so far: 0-5, 5-10, 10-15, 15-20, 20-50, 50+.")
    talking_to: str = FIGURE
    viewed_days: str = FIGURE
    connects_to: str = FIGURE
    length: list[str] = []
    location: list[str] = Field([], description="Preferred countries; * for jobs that prefer none.")
    verified: str = Field("", description="1 for clients whose payment method is verified.")
    client_hires: list[str] = Field([], description="Bands of the client's hires: 0, 1-9, 10+.")
    spent_from: str = FIGURE
    hire_rate_from: str = FIGURE
    paid_from: str = FIGURE
    tenure_days: str = FIGURE
    open_jobs_from: str = FIGURE
    local_time: list[str] = Field([], description="Minutes that the client's clock is ahead of UTC: -300, 0, 60, 330.")


class TalentSearchIn(SearchIn):
    badge: list[str] = []
    score_from: str = FIGURE
    jobs_from: str = FIGURE
    earned_from: str = Field("", description="One of 1, 100, 1000, 10000: earnings are told in steps only.")
    language: list[str] = []
    english: list[str] = []
    active_days: str = FIGURE


class FoundJob(Schema):
    """A job as lists show it. Amounts in minor units."""

    id: str
    title: str
    description: str
    kind: str
    unit: str
    budget_minor: int | None
    rate_low_minor: int | None
    rate_high_minor: int | None
    skills: list[str]
    proposals_text: str
    connects_price: int
    posted_at: datetime | None
    reasons: list[str]


class FoundTalent(Schema):
    """A freelancer or agency as lists show them. Amounts in minor units, rating in hundredths of a star."""

    party_id: str
    name: str
    title: str
    overview: str
    rate_minor: int | None
    unit: str
    country: str
    skills: list[str]
    hours: str
    english: str
    jobs_done: int
    earned: str
    rating: int | None
    ratings: int
    reasons: list[str]


class FoundOut(Schema):
    """`capped`: there are more than `total`. `facets`: how many each value of a filter would find."""

    total: int
    capped: bool
    corrected: str
    facets: dict[str, dict[str, int]]


class JobsOut(FoundOut):
    items: list[FoundJob]


class TalentOut(FoundOut):
    items: list[FoundTalent]


def _answer(results: Results, items: list[dict]) -> dict:
    found = results.found
    told = {"total": found.total, "capped": found.capped, "corrected": found.corrected, "facets": found.facets}
    return {**told, "items": items}


@router.get("/jobs", response=JobsOut)
@needs("read")
def search_jobs(request: HttpRequest, wanted: Query[JobSearchIn]):
    """Open jobs by words and filters, with the parts in which the words were found."""
    results = queries.find_jobs_for(request.actor, wanted.given(), start=wanted.offset, count=wanted.limit)
    names = FoundJob.model_fields.keys() - {"reasons"}
    return _answer(
        results, [{n: getattr(r.card, n) for n in names} | {"reasons": list(r.reasons)} for r in results.rows]
    )


@router.get("/talent", response=TalentOut)
@needs("read")
def search_talent(request: HttpRequest, wanted: Query[TalentSearchIn]):
    """Freelancers and agencies by words and filters."""
    results = queries.find_talents_for(request.actor, wanted.given(), start=wanted.offset, count=wanted.limit)
    names = FoundTalent.model_fields.keys() - {"reasons", "skills"}
    items = [
        {n: getattr(row.card, n) for n in names}
        | {"skills": [slug for slug, _label in row.card.skills], "reasons": list(row.reasons)}
        for row in results.rows
    ]
    return _answer(results, items)
