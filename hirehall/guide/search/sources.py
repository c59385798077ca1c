"""Where the index gets its facts: the rooms' own reads, turned into the port's values."""

from collections.abc import Collection
from zoneinfo import ZoneInfo

from hirehall.guide.search.filters import ANYWHERE
from hirehall.guide.search.port import JobFacts, TalentFacts
from hirehall.kernel import clock
from hirehall.kernel.units import minor_digits
from hirehall.market.jobs import queries as jobs
from hirehall.market.profiles import index_queries
from hirehall.market.profiles import queries as profiles
from hirehall.money.payments.policy import main_unit, taken

# Of fixed prices, in whole units of the market's main currency: (below, name).
BUDGET_BANDS = ((100, "0-100"), (500, "100-500"), (1_000, "500-1000"), (5_000, "1000-5000"))
TOP_BUDGET = "5000+"
# Of a client's hires: (below, name).
HIRES_BANDS = ((1, "0"), (10, "1-9"))
TOP_HIRES = "10+"


def read_jobs(job_ids: Collection[str]) -> list[JobFacts]:
    """The facts of those of some jobs that take proposals, in a fixed number of queries."""
    found = [job for job in jobs.list_jobs_by_id(job_ids).values() if job.is_open]
    clients = jobs.client_facts([job.client_id for job in found])
    labels = dict(profiles.label_skills({slug for job in found for slug in job.skills}))
    return [_job_facts(job, clients[job.client_id], tuple(labels[slug] for slug in job.skills)) for job in found]


def _job_facts(job: jobs.Job, client: jobs.ClientFacts, labels: tuple[str, ...]) -> JobFacts:
    """The index holds amounts by their worth in the main unit, so that jobs in several currencies compare."""
    return JobFacts(
        job_id=job.pk,
        client_id=job.client_id,
        open=True,
        visibility=job.visibility,
        posted_at=job.posted_at,
        title=job.title,
        description=job.description,
        skill_labels=labels,
        kind=job.kind,
        category=job.category,
        specialty=job.specialty,
        skills=tuple(job.skills),
        level=job.level,
        length=job.length,
        hours=job.hours,
        budget_minor=worth(job.budget_minor, job.unit),
        budget_band=budget_band(job.budget_minor, job.unit),
        rate_low_minor=worth(job.rate_low_minor, job.unit),
        rate_high_minor=worth(job.rate_high_minor, job.unit),
        unit=main_unit(),
        locations=tuple(job.locations) or (ANYWHERE,),
        country=client.country,
        verified=client.verified,
        spent_minor=client.spent_minor,
        hires_band=hires_band(client.hires),
        hire_rate=client.hire_rate,
        paid_minor=client.hourly_rate_minor,
        rating=client.rating,
        client_since=client.since,
        open_jobs=client.open_jobs,
        local_time=minutes_ahead(client.time_zone),
        proposals_band=job.proposals_band,
        talking=job.talking,
        viewed_at=job.viewed_at,
        connects=job.connects_price,
    )


def worth(minor: int | None, unit: str) -> int | None:
    """What an amount is worth in the market's main unit, by the policy's references."""
    if minor is None or unit not in taken().known:
        return None
    return taken().worth(unit, minor)


def minutes_ahead(time_zone: str) -> str:
    """How many minutes a zone's clock is ahead of UTC now; the nightly rebuild follows summer time."""
    try:
        offset = clock.now().astimezone(ZoneInfo(time_zone)).utcoffset()
    except (KeyError, ValueError):
        return ""
    return str(round(offset.total_seconds() / 60)) if offset is not None else ""


def budget_band(budget_minor: int | None, unit: str) -> str:
    """The band of a fixed price by its worth in the main unit; none for hourly jobs."""
    minor = worth(budget_minor, unit)
    if minor is None:
        return ""
    whole = minor // 10 ** minor_digits(main_unit())
    return next((name for below, name in BUDGET_BANDS if whole < below), TOP_BUDGET)


def hires_band(hires: int) -> str:
    """How often a client has hired, in three steps."""
    return next((name for below, name in HIRES_BANDS if hires < below), TOP_HIRES)


def read_talents(party_ids: Collection[str]) -> list[TalentFacts]:
    """The facts of those of some parties whose profiles can be found, in a fixed number of queries."""
    texts = index_queries.list_texts(profiles.list_published_ids(party_ids))
    languages = index_queries.list_language_codes(texts)
    return [
        TalentFacts(
            party_id=party_id,
            visibility=text.card.visibility,
            name=text.card.name,
            title=text.card.title,
            overview=f"{text.overview}\n{text.body}",
            skill_labels=tuple(label for _, label in text.card.skills),
            categories=(text.card.category,) if text.card.category else (),
            skills=tuple(slug for slug, _ in text.card.skills),
            languages=tuple(dict.fromkeys(("en", *languages.get(party_id, ())))),
            badges=(),
            english=text.card.english,
            country=text.card.country,
            hours=text.card.hours,
            rate_minor=worth(text.card.rate_minor, text.card.unit),
            unit=main_unit(),
            score=None,
            rating=text.card.rating,
            earned_minor=text.card.earned_minor,
            jobs_done=text.card.jobs_done,
            last_active_at=text.card.last_active_at,
        )
        for party_id, text in texts.items()
    ]
