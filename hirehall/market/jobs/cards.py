"""Jobs as they stand in lists: the values that a card shows, in words of the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hirehall.market.jobs import words
from hirehall.market.jobs.models import Job
from hirehall.market.profiles.queries import label_skills
from hirehall.people.accounts.places import country_name

# More of a description than a card can show; the page has all of it.
LONGEST_TEXT = 400


@dataclass(frozen=True)
class JobCard:
    """What a list shows of a job. Skills are their labels."""

    id: str
    client_id: str
    title: str
    description: str
    kind: str
    unit: str
    budget_minor: int | None
    rate_low_minor: int | None
    rate_high_minor: int | None
    skills: tuple[str, ...]
    skill_slugs: tuple[str, ...]
    level_text: str
    length_text: str
    hours_text: str
    place_text: str
    proposals_text: str
    connects_price: int
    state: str
    posted_at: datetime | None


def list_cards(jobs: Iterable[Job]) -> list[JobCard]:
    """Cards of some jobs in their order; asks the database nothing."""
    return [_card(job) for job in jobs]


def _card(job: Job) -> JobCard:
    return JobCard(
        id=job.pk,
        client_id=job.client_id,
        title=job.title,
        description=job.description[:LONGEST_TEXT],
        kind=job.kind,
        unit=job.unit,
        budget_minor=job.budget_minor,
        rate_low_minor=job.rate_low_minor,
        rate_high_minor=job.rate_high_minor,
        skills=tuple(label for _slug, label in label_skills(job.skills)),
        skill_slugs=tuple(job.skills),
        level_text=str(words.LEVELS.get(job.level, "")),
        length_text=str(words.LENGTHS.get(job.length, "")),
        hours_text=str(words.HOURS.get(job.hours, "")),
        place_text=_places(job.locations),
        proposals_text=_("%(band)s proposals") % {"band": job.proposals_band},
        connects_price=job.connects_price,
        state=job.state,
        posted_at=job.posted_at,
    )


def _places(codes: list[str]) -> str:
    """The preferred countries in a few words."""
    if not codes:
        return ""
    if len(codes) > 2:
        return _("%(n)s preferred countries") % {"n": len(codes)}
    language = get_language() or "en"
    return _("%(places)s preferred") % {"places": ", ".join(country_name(code, language) for code in codes)}
