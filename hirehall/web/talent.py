"""The public page of a freelancer, and its owner's preview of all three ways in which clients see it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from hirehall.kernel import clock, http
from hirehall.market.profiles import words
from hirehall.market.profiles.queries import find_own, get_profile_for, read_whole
from hirehall.market.proposals.queries import has_written
from hirehall.people.accounts.acting import acting, open_to_all
from hirehall.trust.reputation.queries import public_by_contract
from hirehall.work.contracts.queries import list_history_of

HISTORY_SHOWN = 10


@dataclass(frozen=True)
class SampleProposal:
    """A proposal as the client's list would show it, with the owner's own words in it."""

    letter: str
    price_minor: int
    unit: str
    sent_at: Any
    kind: str = "hourly"
    state: str = "submitted"
    state_text: str = ""


@dataclass(frozen=True)
class Job:
    """A finished contract as the public page shows it, with the client's words once they are public."""

    title: str
    paid_minor: int
    unit: str
    started_at: datetime
    ended_at: datetime
    stars: int | None = None
    text: str = ""
    reply: str = ""


@open_to_all
def talent(request: HttpRequest, party_id: str, sub_id: str = "") -> HttpResponse:
    """A freelancer's page, as far as its reader may see it."""
    actor = request.actor
    known = actor.is_client and has_written(party_id, actor.party_id)
    profile = get_profile_for(actor, party_id, known=known)
    page = http.paginate(request, list_history_of(party_id), HISTORY_SHOWN)
    history = _history(list(page))
    given = _given(profile, sub_id)
    own = actor.party_id == party_id
    response = http.page(request, "talent/page.html", **given, own=own, history=history, history_page=page)
    if profile.visibility != "public":
        response["X-Robots-Tag"] = "noindex"
    return response


def _history(contracts: list[Any]) -> list[Job]:
    said = public_by_contract([contract.pk for contract in contracts], "client")
    rows = []
    for each in contracts:
        row = said.get(each.pk)
        words_of = {"stars": row.overall, "text": row.text, "reply": row.reply} if row else {}
        rows.append(Job(each.title, each.released_minor, each.unit, each.started_at, each.ended_at, **words_of))
    return rows


def _given(profile: Any, sub_id: str) -> dict:
    whole = read_whole(profile, sub_id)
    return {"profile": profile, "whole": whole, "card": whole.card, "shown": whole.sub or profile, **words.SHOWN}


@acting("freelancer")
def talent_preview(request: HttpRequest) -> HttpResponse:
    """The search card, the proposal row and the full page, from the templates that clients get."""
    profile = find_own(request.actor)
    if profile is None:
        return http.page(request, "talent/preview.html", profile=None)
    given = _given(profile, request.GET.get("as", ""))
    sample = SampleProposal(
        letter=_("Hello! I read your post twice, and I have done this before. Here is how I would begin …"),
        price_minor=given["shown"].rate_minor or 0,
        unit=profile.unit,
        sent_at=clock.now(),
        state_text=_("Submitted"),
    )
    return http.page(request, "talent/preview.html", sample=sample, **given)
