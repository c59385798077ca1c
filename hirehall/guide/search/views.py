"""The two search pages: jobs for those who look for work, talent for those who look for people.

Both work by plain addresses; with htmx a change of a filter brings the results and the counts, and nothing else moves.
"""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from hirehall.guide.search import labels, queries, shown
from hirehall.guide.search.filters import JOB_FILTERS, PER_PAGE, TALENT_FILTERS, Filter
from hirehall.guide.search.shown import Part
from hirehall.kernel import http
from hirehall.market.jobs.queries import client_facts, list_saved_ids
from hirehall.people.accounts.acting import open_to_all

JOB_PARTS = (
    Part("category", open=True), Part("specialty"), Part("kind", open=True), Part("budget", open=True),
    Part("budget_from", upper="budget_to"), Part("rate_from", open=True, upper="rate_to"), Part("level", open=True),
    Part("skill"), Part("posted_days"), Part("proposals"), Part("connects_to"), Part("length"), Part("hours"),
    Part("location"), Part("verified", open=True), Part("client_hires"), Part("rating_from"), Part("spent_from"),
    Part("hire_rate_from"), Part("paid_from"), Part("tenure_days"), Part("open_jobs_from"), Part("country"),
    Part("local_time"), Part("viewed_days"), Part("talking_to"),
)  # fmt: skip
TALENT_PARTS = (
    Part("category", open=True), Part("skill", open=True), Part("rate_from", open=True, upper="rate_to"),
    Part("hours", open=True), Part("score_from", open=True), Part("badge"), Part("rating_from"), Part("jobs_from"),
    Part("earned_from"), Part("country"), Part("language"), Part("english"), Part("active_days"),
)  # fmt: skip
# The part of the page that htmx asks for.
FOUND = "found"


@dataclass(frozen=True)
class Shown:
    """One result as its template takes it."""

    card: Any
    reasons: list[str]
    client: Any = None
    saved: bool | None = None


@open_to_all
def find_jobs(request: HttpRequest) -> HttpResponse:
    """Jobs by words and filters, each with the reason why it was found."""
    actor = request.actor
    results = queries.find_jobs_for(actor, dict(request.GET.lists()))
    clients = client_facts({row.card.client_id for row in results.rows})
    saved = list_saved_ids(actor, [row.card.id for row in results.rows]) if actor.is_freelancer else set()
    own = queries.skills_of(actor)
    places = {"title": _("title"), "skills": _("skills"), "text": _("description")}
    rows = [
        Shown(
            row.card,
            [*shown.places_found(row.reasons, places), *shown.own_skills(row.card, own)],
            clients.get(row.card.client_id),
            row.card.id in saved if actor.is_freelancer else None,
        )
        for row in results.rows
    ]
    return _answer(request, "search/jobs.html", results, rows, JOB_FILTERS, JOB_PARTS, labels.job_labels())


@open_to_all
def find_talent(request: HttpRequest) -> HttpResponse:
    """Freelancers and agencies by words and filters."""
    results = queries.find_talents_for(request.actor, dict(request.GET.lists()))
    places = {"title": _("title or name"), "skills": _("skills"), "text": _("profile")}
    rows = [Shown(row.card, shown.places_found(row.reasons, places)) for row in results.rows]
    return _answer(request, "search/talent.html", results, rows, TALENT_FILTERS, TALENT_PARTS, labels.talent_labels())


def _answer(
    request: HttpRequest, template: str, results: queries.Results, rows: list[Shown],
    filters: tuple[Filter, ...], parts: tuple[Part, ...], words: labels.Labels,
) -> HttpResponse:  # fmt: skip
    """The whole page, or for htmx what changes on it."""
    total, name = results.found.total, shown.way_labels(words)
    ways = queries.ways_out_for(request.actor, results, filters) if not total else []
    chips = shown.chips(results, filters, words)
    lively = request.headers.get("HX-Target") == FOUND and "HX-History-Restore-Request" not in request.headers
    response = http.page(
        request,
        template.replace(".html", "_found.html").replace("search/", "search/_") if lively else template,
        results=results,
        rows=rows,
        page=Paginator(range(total), PER_PAGE).get_page(results.page),
        groups=shown.panel(results, parts, filters, words),
        chips=chips,
        filtered=len(chips) - ("q" in results.kept),
        clear=shown.clear(results.kept),
        ways=[(name(way.name), shown.address(way.kept), way.total) for way in ways],
        found_skills=shown.chosen_skills(results.kept),
        words=results.found.corrected or (results.kept.get("q") or [""])[0],
        lively=lively,
    )
    if lively:
        response["HX-Push-Url"] = request.path + shown.address(results.kept).rstrip("?")
    # One address, two answers: no cache may give a browser the one for htmx.
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response
