"""API of jobs: a client's posts, what everybody may read, and saved jobs."""

from datetime import datetime

from ninja import Router, Schema
from ninja.pagination import paginate

from hirehall.market.jobs import queries, rules
from hirehall.market.jobs.actions import posts, saving
from hirehall.people.accounts.scopes import needs

router = Router(tags=["jobs"])




class JobIn(Schema):
    """A job as a client writes it; amounts in minor units of `unit`, or of the client's usual currency without one."""

    title: str
    description: str
    category: str
    kind: str = "fixed"
    skills: list[str] = []
    specialty: str = ""
    budget_minor: int | None = None
    rate_low_minor: int | None = None
    rate_high_minor: int | None = None
    unit: str = ""
    level: str = "intermediate"
    length: str = ""
    hours: str = ""
    questions: list[str] = []
    visibility: str = "public"
    locations: list[str] = []

    def terms(self) -> rules.JobTerms:
        given = self.dict()
        lists = {name: tuple(given.pop(name)) for name in ("skills", "questions", "locations")}
        return rules.JobTerms(**given, **lists)


class JobOut(Schema):
    id: str
    title: str
    description: str
    category: str
    kind: str
    skills: list[str]
    budget_minor: int | None
    rate_low_minor: int | None
    rate_high_minor: int | None
    unit: str
    level: str
    length: str
    hours: str
    questions: list[str]
    visibility: str
    locations: list[str]
    state: str
    connects_price: int
    price_steps: list[list[str]]
    proposals_band: str
    talking: int
    invited: int
    hires: int
    posted_at: datetime | None
    expires_at: datetime | None
    viewed_at: datetime | None


class ClientOut(Schema):
    verified: bool
    country: str
    since: datetime
    posted: int
    open_jobs: int
    hires: int
    hire_rate: int | None
    spent_minor: int
    hourly_rate_minor: int | None
    unit: str
    rating: int | None
    ratings: int


class PageOut(JobOut):
    client: ClientOut


class CloseIn(Schema):
    reason: str


class PauseIn(Schema):
    paused: bool


class SaveIn(Schema):
    note: str = ""
    remind: bool = False


class SavedOut(Schema):
    job: JobOut
    note: str
    remind_at: datetime | None
    saved_at: datetime


@router.get("/mine", response=list[JobOut])
@paginate
@needs("read", "client")
def list_mine(request, state: str = ""):
    """The client's own jobs, newest first."""
    return queries.list_my_jobs_for(request.actor, [state] if state else [])


@router.get("/saved", response=list[SavedOut])
@paginate
@needs("read", "freelancer")
def list_saved(request):
    """The jobs that the freelancer saved."""
    return queries.list_saved_for(request.actor)


@router.post("/drafts", response={201: JobOut})
@needs("jobs", "client")
def save_draft(request, body: JobIn):
    """Keep a job as a draft."""
    return 201, posts.save_draft(request.actor, body.terms())


@router.get("/{job_id}", response=PageOut)
@needs("read")
def read_job(request, job_id: str):
    """One job with what is told about its client."""
    job = queries.get_job_for(request.actor, job_id)
    job.client_facts = queries.client_facts([job.client_id])[job.client_id]
    return {**{name: getattr(job, name) for name in JobOut.model_fields}, "client": job.client_facts}


@router.post("", response={201: JobOut})
@needs("jobs", "client")
def post_job(request, body: JobIn):
    """Put a job before the market."""
    return 201, posts.post_job(request.actor, body.terms())


@router.put("/{job_id}", response=JobOut)
@needs("jobs", "client")
def edit_job(request, job_id: str, body: JobIn):
    """Change a posted job."""
    return posts.edit_job(request.actor, job_id, body.terms())


@router.post("/{job_id}/pause", response=JobOut)
@needs("jobs", "client")
def pause_job(request, job_id: str, body: PauseIn):
    """Pause a job, or take proposals again."""
    return posts.pause_job(request.actor, job_id, paused=body.paused)


@router.post("/{job_id}/close", response=JobOut)
@needs("jobs", "client")
def close_job(request, job_id: str, body: CloseIn):
    """End a job."""
    return posts.close_job(request.actor, job_id, body.reason)


@router.post("/{job_id}/repost", response={201: JobOut})
@needs("jobs", "client")
def repost_job(request, job_id: str):
    """The same job once more, as a draft."""
    return 201, posts.repost_job(request.actor, job_id)


@router.put("/{job_id}/saved", response={204: None})
@needs("proposals", "freelancer")
def save_job(request, job_id: str, body: SaveIn):
    """Save a job, with a private note and perhaps a reminder for tomorrow morning."""
    saving.save_job(request.actor, job_id, body.note, remind=body.remind)
    return 204, None


@router.delete("/{job_id}/saved", response={204: None})
@needs("proposals", "freelancer")
def unsave_job(request, job_id: str):
    """Take a job from the saved ones."""
    saving.unsave_job(request.actor, job_id)
    return 204, None
