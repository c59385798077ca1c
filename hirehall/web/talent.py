"""The public page of a freelancer, and its owner's preview of all three ways in which clients see it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from hirehall.kernel import clock, http
from hirehall.market.profiles import words
from hirehall.market.profiles.queries import find_own, get_profile_for, read_whole
from hirehall.market.proposals.queries import has_written
from hirehall.people.accounts.acting import acting, open_to_all


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


@open_to_all
def talent(request: HttpRequest, party_id: str, sub_id: str = "") -> HttpResponse:
    """A freelancer's page, as far as its reader may see it."""
    actor = request.actor
    known = actor.is_client and has_written(party_id, actor.party_id)
    profile = get_profile_for(actor, party_id, known=known)
    response = http.page(request, "talent/page.html", **_given(profile, sub_id), own=actor.party_id == party_id)
    if profile.visibility != "public":
        response["X-Robots-Tag"] = "noindex"
    return response


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
