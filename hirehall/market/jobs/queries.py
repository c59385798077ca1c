"""Reads of jobs: one that the actor may see, a client's own, cards of many, and what is told about clients."""

import functools
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from hirehall.kernel import clock
from hirehall.kernel.errors import NotFound, refuse
from hirehall.kernel.models import StoredFile
from hirehall.kernel.prepared import Each, Prepared
from hirehall.market.jobs import rules
from hirehall.market.jobs.models import ClientRecord, Job, SavedJob
from hirehall.money.payments.policy import main_unit
from hirehall.people.accounts.actors import Actor
from hirehall.people.accounts.models import Party

FILE_PURPOSE = "job"
DEMAND_DAYS = 7
# Jobs beside a job, as many as fit below its text.
SIMILAR = 4


@dataclass(frozen=True)
class ClientFacts:
    """What everybody reads about a client: never the name before an interview."""

    party_id: str
    verified: bool
    country: str
    time_zone: str
    since: datetime
    last_active_at: datetime | None
    posted: int
    open_jobs: int
    hires: int
    hire_rate: int | None
    running: int
    spent_minor: int
    hourly_rate_minor: int | None
    unit: str
    rating: int | None
    ratings: int


def visible_to(actor: Actor) -> Q:
    """Which jobs an actor may open: public ones, members' ones when signed in, and one's own."""
    return _visible(actor.is_system, actor.signed_in, actor.party_id)


def _visible(all_of_them: bool, signed_in: bool, own: Any) -> Q:
    if all_of_them:
        return Q()
    open_ones = [rules.Visibility.PUBLIC] + ([rules.Visibility.MEMBERS] if signed_in else [])
    seen = Q(visibility__in=open_ones) & ~Q(state__in=[rules.State.DRAFT, rules.State.REMOVED])
    return seen | Q(client_id=own) if own else seen


@functools.cache
def _visible_one(all_of_them: bool, signed_in: bool, known: bool) -> Prepared[Job]:
    """A job by its id for one sort of reader; the second value is the reader's own party."""

    def allowed(own: Any) -> Q:
        seen = _visible(all_of_them, signed_in, own)
        return seen | ~Q(state=rules.State.DRAFT) if known else seen

    return Prepared(lambda job_id, own: _with_client().filter(allowed(own), pk=job_id))


def _with_client() -> QuerySet[Job]:
    return Job.objects.select_related("client")


def get_job_for(actor: Actor, job_id: str, *, known: bool = False) -> Job:
    """A job that the actor may see. `known` opens one that they were invited to or have answered."""
    asked = _visible_one(actor.is_system, actor.signed_in, known)
    job = asked.first(job_id, actor.party_id or "")
    if job is None:
        raise NotFound("job")
    return job


def get_own_job(actor: Actor, job_id: str) -> Job:
    """One of the actor's own jobs."""
    job = _own.first(job_id, actor.party_id or "")
    if job is None:
        raise NotFound("job")
    return job


def lock_own_job(actor: Actor, job_id: str) -> Job:
    """The same, locked until the end of the transaction."""
    job = Job.objects.select_for_update().filter(pk=job_id, client_id=actor.party_id or "").first()
    if job is None:
        raise NotFound("job")
    return job


def lock_job(job_id: str) -> Job:
    job = Job.objects.select_for_update().filter(pk=job_id).first()
    if job is None:
        raise NotFound("job")
    return job


def lock_open_job(job_id: str) -> Job:
    """A job that takes proposals, locked; refuses one that does not."""
    job = lock_job(job_id)
    refuse(rules.why_not_apply(job.state))
    return job


def list_my_jobs_for(actor: Actor, states: Collection[str] = ()) -> QuerySet[Job]:
    """A client's own jobs, newest first."""
    mine = Job.objects.filter(client_id=actor.party_id).order_by("-id")
    return mine.filter(state__in=list(states)) if states else mine


def count_my_jobs_for(actor: Actor) -> dict[str, int]:
    """How many jobs a client has in each state."""
    rows = Job.objects.filter(client_id=actor.party_id).values("state").annotate(n=Count("pk"))
    return {row["state"]: row["n"] for row in rows}


def list_jobs_by_id(job_ids: Collection[str]) -> dict[str, Job]:
    """Several jobs in one query; who may see them was decided where the ids come from."""
    return {job.pk: job for job in _jobs(list(job_ids))}


def list_open_ids(client_id: str = "") -> list[str]:
    """Every job that takes proposals, or those of one client: what the index has to know."""
    found = Job.objects.filter(state=rules.State.OPEN).order_by("id")
    return list((found.filter(client_id=client_id) if client_id else found).values_list("pk", flat=True))


def list_similar_open(job: Job) -> list[Job]:
    """Open public jobs of the same category that share skills."""
    return _similar(job.category, job.pk, job.skills or [""])


def client_facts(party_ids: Collection[str]) -> dict[str, ClientFacts]:
    """What is told about some clients, in one query however many there are; in two when some have no record yet."""
    wanted = set(party_ids)
    facts = {record.pk: _facts(record.party, record, record.open_jobs) for record in _records(list(wanted))}
    if wanted - facts.keys():
        new = Party.objects.filter(pk__in=wanted - facts.keys()).annotate(open_jobs=_open_jobs())
        facts |= {party.pk: _facts(party, ClientRecord(party_id=party.pk), party.open_jobs) for party in new}
    return facts


def _open_jobs() -> Coalesce:
    """How many open jobs the client has whose row is asked for."""
    open_jobs = Job.objects.filter(client_id=OuterRef("pk"), state=rules.State.OPEN).order_by().values("client_id")
    return Coalesce(Subquery(open_jobs.annotate(n=Count("pk")).values("n")), 0)


_own = Prepared(lambda job_id, client_id: _with_client().filter(pk=job_id, client_id=client_id))
_jobs = Prepared(lambda ids: _with_client().filter(pk__in=Each(ids)))
_similar = Prepared(
    lambda category, job_id, skills: (
        Job.objects.filter(
            state=rules.State.OPEN, visibility=rules.Visibility.PUBLIC, category=category, skills__overlap=skills
        )
        .exclude(pk=job_id)
        .order_by("-posted_at")[:SIMILAR]
    )
)
_records = Prepared(
    lambda ids: ClientRecord.objects.filter(pk__in=Each(ids)).select_related("party").annotate(open_jobs=_open_jobs())
)
_saved_ones = Prepared(lambda party_id, ids: SavedJob.objects.filter(party_id=party_id, job_id__in=Each(ids)))
_files = Prepared(lambda job_id: StoredFile.objects.filter(purpose=FILE_PURPOSE, subject_id=job_id).order_by("id"))


def _facts(party, record: ClientRecord, open_jobs: int) -> ClientFacts:
    hourly = record.hourly_minor * 60 // record.hourly_minutes if record.hourly_minutes else None
    return ClientFacts(
        party_id=party.pk,
        verified=record.verified,
        country=party.country,
        time_zone=party.time_zone,
        since=party.opened_at,
        last_active_at=party.last_active_at,
        posted=record.posted,
        open_jobs=open_jobs,
        hires=record.hires,
        hire_rate=round(100 * record.jobs_with_hire / record.posted) if record.posted else None,
        running=record.running,
        spent_minor=record.spent_minor,
        hourly_rate_minor=hourly,
        unit=main_unit(),
        rating=round(record.stars_total / record.ratings) if record.ratings else None,
        ratings=record.ratings,
    )


def demand_of(category: str) -> dict[str, int]:
    """Jobs and proposals of the last days, in a category and in the whole market, for the price of a proposal."""
    since = clock.now() - timedelta(days=DEMAND_DAYS)
    lately = Job.objects.filter(posted_at__gte=since)
    here = lately.filter(category=category).aggregate(jobs=Count("pk"), proposals=Sum("proposals"))
    all_ = lately.aggregate(jobs=Count("pk"), proposals=Sum("proposals"))
    return {
        "category_jobs": here["jobs"],
        "category_proposals": here["proposals"] or 0,
        "market_jobs": all_["jobs"],
        "market_proposals": all_["proposals"] or 0,
    }


def count_posted_since(party_id: str, since: datetime) -> int:
    """How many jobs a client posted since a moment; for the limit on posting."""
    return Job.objects.filter(client_id=party_id, posted_at__gte=since).count()


def find_saved(actor: Actor, job_id: str) -> SavedJob | None:
    return _saved_ones.first(actor.party_id, [job_id]) if actor.party_id else None


def list_saved_ids(actor: Actor, job_ids: Collection[str]) -> set[str]:
    """Which of some jobs the actor has saved."""
    return {row.job_id for row in _saved_ones(actor.party_id, list(job_ids))}


def list_saved_for(actor: Actor) -> QuerySet[SavedJob]:
    """The jobs that a freelancer saved, newest first."""
    return SavedJob.objects.filter(party_id=actor.party_id).select_related("job").order_by("-saved_at")


def list_expired_ids(now: datetime) -> list[str]:
    due = Job.objects.filter(state__in=[rules.State.OPEN, rules.State.PAUSED], expires_at__lte=now)
    return list(due.values_list("pk", flat=True)[:1000])


def list_to_warn_ids(before: datetime) -> list[str]:
    due = Job.objects.filter(state=rules.State.OPEN, expires_at__lte=before, warned_at=None)
    return list(due.values_list("pk", flat=True)[:1000])


def list_reminders_due(now: datetime) -> list[int]:
    due = SavedJob.objects.filter(remind_at__lte=now, reminded_at=None)
    return list(due.values_list("pk", flat=True)[:1000])


def list_files(job_id: str) -> list[StoredFile]:
    """The attachments of a job."""
    return _files(job_id)


def may_open_file(actor: Actor, stored: StoredFile) -> bool:
    """Guard of attachments: whoever may see the job."""
    return Job.objects.filter(visible_to(actor), pk=stored.subject_id).exists()


def is_imported(source_key: str) -> bool:
    """Whether a post of another system is here already."""
    return Job.objects.filter(source_key=source_key).exists()
