"""Pages of a client's jobs, and of the jobs that a freelancer saved."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hirehall.kernel import http
from hirehall.kernel.errors import Refused
from hirehall.market.jobs import queries, rules, words
from hirehall.market.jobs.actions import posts
from hirehall.market.jobs.actions.saving import save_job, unsave_job
from hirehall.market.jobs.cards import list_cards
from hirehall.market.jobs.forms import CloseForm, JobForm, SaveForm
from hirehall.market.profiles.queries import label_skills, skill_names
from hirehall.money.payments.queries import has_verified_method, preferred_unit
from hirehall.people.accounts.acting import acting

TABS = {
    "open": (rules.State.OPEN, rules.State.PAUSED),
    "drafts": (rules.State.DRAFT,),
    "filled": (rules.State.FILLED,),
    "ended": (rules.State.CLOSED, rules.State.EXPIRED, rules.State.REMOVED),
}


@acting("client")
def post(request: HttpRequest, draft_id: str = "") -> HttpResponse:
    """Write a job, keep it as a draft, or put it before the market."""
    draft = queries.get_own_job(request.actor, draft_id) if draft_id else None
    first = JobForm.values_of(posts.terms_of(draft)) if draft else None
    form = JobForm(request.POST or None, request.FILES or None, initial=first, unit=_unit(request, draft))
    if request.method == "POST":
        whole = form.is_valid()
        if "draft" in request.POST:
            outcome = http.submit(request, lambda: _keep_draft(request, form, draft_id))
        elif whole:
            outcome = http.submit(request, lambda: _post(request, form, draft_id))
        else:
            outcome = None
        if isinstance(outcome, Refused):
            http.add_refusal(form, outcome)
        elif outcome is not None:
            return outcome
    return _form_page(request, form, draft=draft)


def _unit(request: HttpRequest, job: queries.Job | None) -> str:
    """The currency in which amounts are typed before another one is chosen."""
    return job.unit if job else preferred_unit(request.actor.party_id)


def _keep_draft(request: HttpRequest, form: JobForm, draft_id: str) -> str:
    draft = posts.save_draft(request.actor, form.terms(), draft_id)
    messages.success(request, _("Draft kept."))
    return reverse("jobs:draft", args=[draft.id])


def _post(request: HttpRequest, form: JobForm, draft_id: str) -> str:
    job = posts.post_job(request.actor, form.terms(), form.cleaned_data["files"], draft_id=draft_id)
    messages.success(request, _("Your job is posted."))
    return reverse("jobs:manage", args=[job.id])


def _form_page(request: HttpRequest, form: JobForm, **more) -> HttpResponse:
    status = http.UNPROCESSABLE if form.is_bound and form.errors else 200
    skills = sorted(names[0] for names in skill_names().values())
    return http.page(request, "jobs/form.html", status, form=form, skill_labels=skills, **more)


@acting("client")
def edit(request: HttpRequest, job_id: str) -> HttpResponse:
    """Change a posted job."""
    job = queries.get_own_job(request.actor, job_id)
    first = JobForm.values_of(posts.terms_of(job))
    form = JobForm(request.POST or None, request.FILES or None, initial=first, unit=_unit(request, job))
    if request.method == "POST" and form.is_valid():
        outcome = http.submit(request, lambda: _edit(request, form, job_id))
        if not isinstance(outcome, Refused):
            return outcome
        http.add_refusal(form, outcome)
    return _form_page(request, form, job=job)


def _edit(request: HttpRequest, form: JobForm, job_id: str) -> str:
    posts.edit_job(request.actor, job_id, form.terms(), form.cleaned_data["files"])
    messages.success(request, _("Changed."))
    return reverse("jobs:manage", args=[job_id])


@acting("client")
def mine(request: HttpRequest) -> HttpResponse:
    """A client's jobs by state."""
    tab = request.GET.get("tab") if request.GET.get("tab") in TABS else "open"
    counts = queries.count_my_jobs_for(request.actor)
    rows = http.paginate(request, queries.list_my_jobs_for(request.actor, TABS[tab]), 20)
    numbered = {name: sum(counts.get(state, 0) for state in states) for name, states in TABS.items()}
    return http.page(request, "jobs/mine.html", jobs=rows, tab=tab, counts=numbered, **words.SHOWN)


@acting("client")
def manage(request: HttpRequest, job_id: str) -> HttpResponse:
    """One of the client's own jobs: what it says, how it goes, and what can be done."""
    job = queries.get_own_job(request.actor, job_id)
    return http.page(
        request,
        "jobs/manage.html",
        job=job,
        files=queries.list_files(job.id),
        job_skills=label_skills(job.skills),
        verified=has_verified_method(job.client_id),
        close_form=CloseForm(),
        **words.SHOWN,
    )


@acting("client")
@require_POST
def pause(request: HttpRequest, job_id: str) -> HttpResponse:
    """Pause, or go on."""
    paused = request.POST.get("paused") == "1"
    return _do(request, job_id, lambda: posts.pause_job(request.actor, job_id, paused=paused))


@acting("client")
@require_POST
def close(request: HttpRequest, job_id: str) -> HttpResponse:
    return _do(request, job_id, lambda: posts.close_job(request.actor, job_id, request.POST.get("reason", "")))


@acting("client")
@require_POST
def repost(request: HttpRequest, job_id: str) -> HttpResponse:
    """The same again as a draft."""
    outcome = http.submit(request, lambda: reverse("jobs:draft", args=[posts.repost_job(request.actor, job_id).id]))
    if isinstance(outcome, Refused):
        raise outcome
    return outcome


def _do(request: HttpRequest, job_id: str, act) -> HttpResponse:
    def and_return() -> str:
        act()
        return reverse("jobs:manage", args=[job_id])

    outcome = http.submit(request, and_return)
    if isinstance(outcome, Refused):
        messages.error(request, outcome.sentence)
        return http.go(request, reverse("jobs:manage", args=[job_id]))
    return outcome


@acting("freelancer")
@require_POST
def save(request: HttpRequest, job_id: str) -> HttpResponse:
    """The mark on a card: on or off; without JavaScript it leads back to the job."""
    if queries.find_saved(request.actor, job_id):
        unsave_job(request.actor, job_id)
        saved = False
    else:
        save_job(request.actor, job_id)
        saved = True
    if request.headers.get("HX-Request"):
        return http.page(request, "jobs/_save.html", saved=saved, job_id=job_id)
    return http.go(request, reverse("web:job", args=[job_id]))


@acting("freelancer")
def note(request: HttpRequest, job_id: str) -> HttpResponse:
    """The private note and the reminder of a saved job."""
    job = queries.get_job_for(request.actor, job_id)
    saved = queries.find_saved(request.actor, job_id)
    first = {"note": saved.note, "remind": bool(saved.remind_at and not saved.reminded_at)} if saved else {"remind": True}
    form = SaveForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def keep() -> str:
            save_job(request.actor, job_id, given["note"], remind=given["remind"])
            return reverse("jobs:saved")

        outcome = http.submit(request, keep)
        if not isinstance(outcome, Refused):
            return outcome
        http.add_refusal(form, outcome)
    status = http.UNPROCESSABLE if form.is_bound and form.errors else 200
    return http.page(request, "jobs/note.html", status, form=form, job=job, saved=saved)


@acting("freelancer")
def saved_jobs(request: HttpRequest) -> HttpResponse:
    """All saved jobs with their notes."""
    rows = http.paginate(request, queries.list_saved_for(request.actor), 20)
    facts = queries.client_facts([row.job.client_id for row in rows])
    cards = {card.id: card for card in list_cards(row.job for row in rows)}
    return http.page(request, "jobs/saved.html", rows=rows, cards=cards, facts=facts)
