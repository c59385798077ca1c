"""Posting, changing and ending jobs."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import timedelta

from django.core.files.uploadedfile import UploadedFile

from hirehall.kernel import clock, events, files, policy
from hirehall.kernel.atomic import action
from hirehall.kernel.errors import Refused, refuse
from hirehall.kernel.pace import keep_pace
from hirehall.market.jobs import rules
from hirehall.market.jobs.models import Job
from hirehall.market.jobs.policy import numbers, numbers_in
from hirehall.market.jobs.queries import FILE_PURPOSE, count_posted_since, demand_of, list_files, lock_own_job
from hirehall.market.profiles import taxonomy
from hirehall.money.connects.policy import explain_price
from hirehall.money.connects.policy import numbers as connects_numbers
from hirehall.money.connects.rules import Price, demand_basis_points
from hirehall.money.payments.currencies import why_not_unit
from hirehall.money.payments.policy import taken
from hirehall.money.payments.queries import preferred_unit
from hirehall.people.accounts.actors import Actor
from hirehall.people.accounts.queries import get_party
from hirehall.people.accounts.rules import why_not_act
from hirehall.people.screening.rules import why_not_file_name


def price_for(terms: rules.JobTerms) -> Price:
    """What a proposal for such a job costs now, with every step of the way to it; its worth is told in the main unit."""
    demand = demand_basis_points(numbers=connects_numbers(), **demand_of(terms.category))
    rate = rules.typical_rate(terms.rate_low_minor, terms.rate_high_minor)
    return explain_price(
        kind=terms.kind,
        budget_minor=terms.budget_minor and taken().worth(terms.unit, terms.budget_minor),
        rate_minor=rate and taken().worth(terms.unit, rate),
        hours_a_week=rules.HOURS_A_WEEK.get(terms.hours),
        weeks=rules.WEEKS.get(terms.length),
        demand=demand,
    )


def _check_client(actor: Actor) -> None:
    if not actor.is_client:
        raise Refused("job:not_client", "Only clients post jobs; switch to your client account or open one.")
    refuse(why_not_act(actor.role, "hire", get_party(actor.party_id).standing))


def with_unit(actor: Actor, terms: rules.JobTerms, usual: str = "") -> rules.JobTerms:
    """Terms with the unit that is meant: the one they name, else the usual one, else the client's own."""
    unit = terms.unit or usual or preferred_unit(actor.party_id)
    refuse(why_not_unit(unit, taken(), "job:unit"))
    return replace(terms, unit=unit)


def check_post(actor: Actor, terms: rules.JobTerms) -> None:
    """Raise the reason against a post with its unit, if there is one."""
    _check_client(actor)
    refuse(rules.why_not_post(terms, numbers_in(terms.unit)))
    known = taxonomy.load()
    category = next((one for one in known.categories if one.slug == terms.category), None)
    if category is None:
        raise Refused("job:category", "Choose one of the categories.", field="category")
    if terms.specialty and terms.specialty not in category.specialties:
        raise Refused("job:specialty", "This specialty belongs to another category.", field="specialty")
    unknown = [slug for slug in terms.skills if slug not in known.skills]
    if unknown:
        raise Refused("job:skill", "“%(skill)s” is no skill of this market's list.", values={"skill": unknown[0]}, field="skills")


def _values(terms: rules.JobTerms) -> dict:
    given = asdict(terms)
    given["title"], given["description"] = terms.title.strip(), terms.description.strip()
    fixed = terms.kind == rules.Kind.FIXED
    return {
        **given,
        "skills": list(dict.fromkeys(terms.skills)),
        "questions": [question.strip() for question in terms.questions if question.strip()],
        "locations": list(dict.fromkeys(terms.locations)),
        # What belongs to the other kind of price does not stay behind.
        "budget_minor": terms.budget_minor if fixed else None,
        "rate_low_minor": None if fixed else terms.rate_low_minor,
        "rate_high_minor": None if fixed else terms.rate_high_minor,
    }


def _told(job: Job) -> dict:
    """What the event says of a job, for the rooms that count demand."""
    return {"skills": job.skills, "category": job.category, "client": job.client_id}


@action
def save_draft(actor: Actor, terms: rules.JobTerms, job_id: str = "") -> Job:
    """Keep what was typed, however incomplete, to go on later."""
    _check_client(actor)
    values = _values(with_unit(actor, terms))
    values["title"] = values["title"][: numbers().title_max]
    if terms.kind not in set(rules.Kind):
        values["kind"] = rules.Kind.FIXED
    keep_pace("drafts_an_hour", actor.party_id)
    if not job_id:
        return Job.objects.create(
            client_id=actor.party_id, user_id=actor.user_id, state=rules.State.DRAFT, drafted_at=clock.now(), **values
        )
    job = lock_own_job(actor, job_id)
    if job.state != rules.State.DRAFT:
        raise Refused("job:not_draft", "This job is posted already; change it there.")
    Job.objects.filter(pk=job_id).update(**values)
    return lock_own_job(actor, job_id)


@action
def post_job(
    actor: Actor, terms: rules.JobTerms, uploads: Sequence[UploadedFile] = (), *, draft_id: str = "", source_key: str = ""
) -> Job:
    """Put a job before the market; the price of a proposal is frozen now. A draft becomes the post."""
    now = clock.now()
    _check_client(actor)
    terms = with_unit(actor, terms)
    check_post(actor, terms)
    if not source_key and count_posted_since(actor.party_id, now - timedelta(days=1)) >= numbers().posts_a_day:
        raise Refused("job:too_many", "At most %(most)s jobs can be posted in a day.", values={"most": numbers().posts_a_day})
    price = price_for(terms)
    values = {
        **_values(terms),
        "state": rules.State.OPEN,
        "posted_at": now,
        "expires_at": rules.expires_at(now, numbers()),
        "connects_price": price.connects,
        "price_steps": [[line.label, line.value] for line in price.steps],
        "policy_version": policy.version(),
        "source_key": source_key or None,
    }
    if draft_id:
        refuse(rules.why_not_move(lock_own_job(actor, draft_id).state, rules.State.OPEN))
        Job.objects.filter(pk=draft_id).update(**values)
        job = lock_own_job(actor, draft_id)
    else:
        job = Job.objects.create(client_id=actor.party_id, user_id=actor.user_id, drafted_at=now, **values)
    attach(actor, job, uploads)
    events.record("job:posted", job.id, actor, **_told(job))
    return job


def attach(actor: Actor, job: Job, uploads: Sequence[UploadedFile]) -> None:
    """Store the files of a post."""
    if len(list_files(job.id)) + len(uploads) > numbers().files_max:
        raise Refused("job:files_many", "Add at most %(most)s files.", values={"most": numbers().files_max}, field="files")
    for upload in uploads:
        refuse(why_not_file_name(upload.name or "", contract_started=False))
        files.store_upload(actor.party_id, upload, FILE_PURPOSE, subject_id=job.id)


@action
def edit_job(actor: Actor, job_id: str, terms: rules.JobTerms, uploads: Sequence[UploadedFile] = ()) -> Job:
    """Change a posted job. The price of a proposal stays what it was for everybody."""
    _check_client(actor)
    job = lock_own_job(actor, job_id)
    terms = with_unit(actor, terms, job.unit)
    check_post(actor, terms)
    if job.state not in (rules.State.OPEN, rules.State.PAUSED):
        raise Refused("job:ended", "This job has ended; post it again instead.")
    if job.proposals and terms.unit != job.unit:
        raise Refused("job:unit_kept", "Proposals have come in in %(unit)s; post a new job.", values={"unit": job.unit}, field="unit")
    if job.proposals and terms.kind != job.kind:
        raise Refused("job:kind_kept", "Proposals have come in for this kind of price; post a new job.", field="kind")
    values = _values(terms)
    changed = sorted(name for name, value in values.items() if getattr(job, name) != value)
    Job.objects.filter(pk=job_id).update(**values)
    attach(actor, job, uploads)
    job = lock_own_job(actor, job_id)
    renew(job)
    if changed or uploads:
        events.record("job:changed", job.id, actor, changed=changed, **_told(job))
    return job


def renew(job: Job) -> None:
    """Each activity of the client gives an open job its full life again."""
    Job.objects.filter(pk=job.pk, state__in=[rules.State.OPEN, rules.State.PAUSED]).update(
        expires_at=rules.expires_at(clock.now(), numbers()), warned_at=None
    )


@action
def pause_job(actor: Actor, job_id: str, *, paused: bool) -> Job:
    """Stop taking proposals for a while, or take them again."""
    refuse(why_not_act(actor.role, "hire", get_party(actor.party_id).standing))
    job = lock_own_job(actor, job_id)
    wanted = rules.State.PAUSED if paused else rules.State.OPEN
    if job.state == wanted:
        return job
    if job.state == rules.State.DRAFT:
        raise Refused("job:draft", "This job is a draft; post it first.")
    refuse(rules.why_not_move(job.state, wanted))
    Job.objects.filter(pk=job_id).update(state=wanted)
    renew(job)
    job = lock_own_job(actor, job_id)
    events.record("job:changed", job.id, actor, changed=["state"], **_told(job))
    return job


@action
def close_job(actor: Actor, job_id: str, reason: str) -> Job:
    """End a job. Without a hire the Connects of its proposals go back."""
    refuse(why_not_act(actor.role, "hire", get_party(actor.party_id).standing))
    job = lock_own_job(actor, job_id)
    if reason not in set(rules.CloseReason):
        raise Refused("job:close_reason", "Say why you close the job.", field="reason")
    refuse(rules.why_not_move(job.state, rules.State.CLOSED))
    return _end(job, rules.State.CLOSED, reason, actor)


def _end(job: Job, state: rules.State, reason: str, actor: Actor | None) -> Job:
    Job.objects.filter(pk=job.pk).update(state=state, close_reason=reason, closed_at=clock.now())
    events.record("job:closed", job.id, actor, reason=reason, hired=job.hires > 0, client=job.client_id)
    job.refresh_from_db()
    return job


@action
def expire_job(job_id: str) -> None:
    """A job whose client stayed away for its whole life ends by itself."""
    now = clock.now()
    job = Job.objects.select_for_update().filter(pk=job_id).first()
    if job and job.state in (rules.State.OPEN, rules.State.PAUSED) and job.expires_at <= now:
        _end(job, rules.State.EXPIRED, "expired", None)


@action
def repost_job(actor: Actor, job_id: str) -> Job:
    """The same job once more, as a draft to look over."""
    old = lock_own_job(actor, job_id)
    return save_draft(actor, terms_of(old))


def terms_of(job: Job) -> rules.JobTerms:
    """A job's terms as values, for forms and copies."""
    return rules.JobTerms(
        title=job.title,
        description=job.description,
        category=job.category,
        specialty=job.specialty,
        kind=job.kind,
        skills=tuple(job.skills),
        budget_minor=job.budget_minor,
        rate_low_minor=job.rate_low_minor,
        rate_high_minor=job.rate_high_minor,
        unit=job.unit,
        level=job.level,
        length=job.length,
        hours=job.hours,
        questions=tuple(job.questions),
        visibility=job.visibility,
        locations=tuple(job.locations),
    )
