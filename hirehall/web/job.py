"""The public page of a job: the post, its activity, its price in Connects with the reasons, and its client."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from hirehall.kernel import clock, http
from hirehall.kernel.money import format_money
from hirehall.market.jobs import queries as jobs
from hirehall.market.jobs import words
from hirehall.market.jobs.cards import list_cards
from hirehall.market.profiles import taxonomy
from hirehall.market.profiles.queries import label_skills
from hirehall.money.connects.queries import connects_held
from hirehall.people.accounts.acting import open_to_all
from hirehall.web.show import month, time_in


@open_to_all
def job(request: HttpRequest, job_id: str) -> HttpResponse:
    """What everybody reads before they answer; the client's name is not on it."""
    actor = request.actor
    found = jobs.get_job_for(actor, job_id)
    client = jobs.client_facts([found.client_id])[found.client_id]
    response = http.page(
        request,
        "job/page.html",
        job=found,
        job_skills=label_skills(found.skills),
        category=_category_label(found.category),
        files=jobs.list_files(found.id),
        client=client,
        about=_about(client),
        own=actor.party_id == found.client_id,
        saved=jobs.find_saved(actor, found.id),
        held=connects_held(actor.party_id) if actor.is_freelancer else None,
        similar=list_cards(jobs.list_similar_open(found)),
        **words.SHOWN,
    )
    if found.visibility != "public":
        response["X-Robots-Tag"] = "noindex"
    return response


def _category_label(slug: str) -> str:
    return next((_(one.label) for one in taxonomy.load().categories if one.slug == slug), slug)


def _about(client: jobs.ClientFacts) -> list[tuple[str, Any]]:
    """The client in figures, the same rows for everybody: nothing spent yet is a fact too."""
    years = max(0, (clock.now() - client.since).days // 365)
    rows: list[tuple[str, Any]] = [
        (_("Here since"), month(client.since) if years < 1 else _("%(n)s years") % {"n": years}),
        (_("Time where they are"), time_in(client.time_zone)),
        (_("Jobs posted"), client.posted),
        (_("Open jobs"), client.open_jobs),
        (_("Hire rate"), f"{client.hire_rate} %" if client.hire_rate is not None else _("no jobs before")),
        (_("Hires"), client.hires),
        (_("Spent"), format_money(client.spent_minor, client.unit)),
    ]
    rate = format_money(client.hourly_rate_minor, client.unit) if client.hourly_rate_minor else _("no hours paid yet")
    return [*rows, (_("Average hourly rate paid"), rate)]
