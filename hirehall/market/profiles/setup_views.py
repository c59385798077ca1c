"""Onboarding of a freelancer: ten short steps to a publishable profile, each kept at once, left and resumed at will."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hirehall.kernel import http
from hirehall.kernel.errors import NotFound, Refused
from hirehall.market.profiles.entry_forms import ENTRY_FORMS
from hirehall.market.profiles.forms import PARTS
from hirehall.market.profiles.list_views import keep_entry
from hirehall.market.profiles.models import Profile
from hirehall.market.profiles.queries import completeness, fee_basis_points
from hirehall.market.profiles.views import hints_of, own_profile, shown
from hirehall.people.accounts.acting import acting
from hirehall.people.accounts.places import time_zones

# Step of the way: its heading, and why it is asked.
STEPS: dict[str, tuple[Any, Any]] = {
    "category": (_("What is your trade?"), _("It decides which work we show you first.")),
    "place": (_("Where are you?"), _("Clients see country and time of day; you see every time in your own zone.")),
    "skills": (_("Which skills do you bring?"), _("Clients search by skill. The first ones weigh most.")),
    "title": (_("Your title"), _("One line; it stands beside your name everywhere.")),
    "experience": (_("Where did you learn it?"), _("One position or one other experience is enough for now.")),
    "english": (_("How is your English?"), _("Clients always ask. An honest answer saves both sides time.")),
    "overview": (_("Tell clients what you do for them"), _("What you make, for whom, and what came of it.")),
    "rate": (_("Your hourly rate"), _("A start; every proposal can carry another one.")),
    "hours": (_("How much can you take on?"), _("Clients see it, and you change it whenever it changes.")),
    "photo": (_("Your photo"), _("People hire people. A clear picture of your face is best.")),
}


@dataclass(frozen=True)
class Mark:
    """A step on the way, as the bar above shows it."""

    code: str
    name: Any
    done: bool
    here: bool


def _done(profile: Profile) -> dict[str, bool]:
    steps = {step.code: step.done for step in completeness(profile).steps}
    own = {"category": bool(profile.category), "place": bool(profile.party.country)}
    return {code: own[code] if code in own else steps.get(_meter_code(code), False) for code in STEPS}


def _meter_code(step: str) -> str:
    return "skill" if step == "skills" else step


@acting("freelancer")
def setup(request: HttpRequest) -> HttpResponse:
    """Go on with the first step that is open."""
    done = _done(own_profile(request))
    first = next((code for code in STEPS if not done[code]), "")
    return http.go(request, reverse("profiles:setup_step", args=[first]) if first else reverse("profiles:setup_done"))


@acting("freelancer")
def setup_step(request: HttpRequest, step: str) -> HttpResponse:
    """One step: its form, kept at once; on to the next that is open."""
    if step not in STEPS:
        raise NotFound("step")
    profile = own_profile(request)
    kind = _experience_kind(request) if step == "experience" else ""
    form = _form(request, profile, step, kind)
    if form is not None and request.method == "POST" and form.is_valid():
        outcome = http.submit(request, lambda: _keep(request, form, step, kind))
        if not isinstance(outcome, Refused):
            return outcome
        http.add_refusal(form, outcome)
    done = _done(profile)
    heading, reason = STEPS[step]
    given = shown(profile) if step == "skills" else {"profile": profile, "meter": completeness(profile)}
    return http.page(
        request,
        "profiles/setup_step.html",
        status=http.UNPROCESSABLE if form is not None and form.errors else 200,
        form=form,
        step=step,
        part=step,
        kind=kind,
        heading=heading,
        reason=reason,
        is_done=done[step],
        marks=[Mark(code, name, done[code], code == step) for code, (name, _why) in STEPS.items()],
        onward=_after(step),
        before=_before(step),
        fee_basis_points=fee_basis_points(),
        zones=time_zones() if step == "place" else (),
        **given | ({"hints": hints_of(form["title"].value() or "", profile)} if step == "title" else {}),
    )


def _experience_kind(request: HttpRequest) -> str:
    wanted = request.POST.get("kind") or request.GET.get("kind")
    return "experience" if wanted == "experience" else "employment"


def _form(request: HttpRequest, profile: Profile, step: str, kind: str):
    if step == "skills":
        return None
    if kind:
        return ENTRY_FORMS[kind](*http.sent(request))
    return PARTS[step](*http.sent(request), initial=PARTS[step].first(profile))


def _keep(request: HttpRequest, form, step: str, kind: str) -> str:
    if kind:
        keep_entry(request, form, kind)
    else:
        form.keep(request.actor)
    return _after(step)


def _after(step: str) -> str:
    codes = list(STEPS)
    place = codes.index(step) + 1
    return reverse("profiles:setup_step", args=[codes[place]]) if place < len(codes) else reverse("profiles:setup_done")


def _before(step: str) -> str:
    codes = list(STEPS)
    place = codes.index(step)
    return reverse("profiles:setup_step", args=[codes[place - 1]]) if place else ""


@acting("freelancer")
def setup_done(request: HttpRequest) -> HttpResponse:
    """The end of the way: the card as clients will see it, what is missing, and what is worth adding."""
    return http.page(request, "profiles/setup_done.html", **shown(own_profile(request)))
