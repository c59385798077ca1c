"""The profile's editor: one page of sections; each opens its form in place, or on a page of its own without JavaScript."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hirehall.kernel import http
from hirehall.kernel.errors import NotFound, Refused
from hirehall.market.profiles import words
from hirehall.market.profiles.actions import basics
from hirehall.market.profiles.forms import PARTS, SkillsForm
from hirehall.market.profiles.models import Profile
from hirehall.market.profiles.queries import (
    completeness,
    count_demand,
    fee_basis_points,
    find_own,
    label_skills,
    list_rates,
    list_suggestions,
    read_whole,
    skill_names,
)
from hirehall.market.profiles.titles import title_hints
from hirehall.people.accounts.acting import acting
from hirehall.people.accounts.places import time_zones


def own_profile(request: HttpRequest) -> Profile:
    """The actor's profile; the first visit begins a draft."""
    return find_own(request.actor) or basics.start_profile(request.actor)


def shown(profile: Profile) -> dict:
    """What every piece of the editor needs."""
    meter = completeness(profile)
    return {
        "profile": profile,
        "whole": read_whole(profile),
        "meter": meter,
        "open_steps": [words.show_step(step) for step in meter.open],
        "required_steps": [words.show_step(step) for step in meter.steps if step.required],
        "suggestions": list_suggestions(profile),
        "hints": hints_of(profile.title, profile),
        "rates": list_rates(profile.pk),
        **words.SHOWN,
    }


def hints_of(title: str, profile: Profile) -> list:
    """What would make a title more specific, measured by the own skills and those of the trade."""
    named = [label for _slug, label in label_skills(profile.skills)]
    return title_hints(title, named or [names[0] for names in skill_names().values()])


@acting("freelancer")
def edit(request: HttpRequest) -> HttpResponse:
    """The whole editor."""
    return http.page(request, "profiles/edit.html", **shown(own_profile(request)))


@acting("freelancer")
def part(request: HttpRequest, part: str) -> HttpResponse:
    """The form of one part, and its keeping; a fragment for htmx, a page otherwise."""
    if part not in PARTS:
        raise NotFound("part")
    profile = own_profile(request)
    form_type = PARTS[part]
    form = form_type(*http.sent(request), initial=form_type.first(profile))
    if request.method == "POST" and form.is_valid():
        outcome = http.submit(request, lambda: _keep(request, form, part))
        if not isinstance(outcome, Refused):
            return section(request, part) if request.htmx else outcome
        http.add_refusal(form, outcome)
    if request.GET.get("close"):
        return section(request, part)
    return _form_page(request, profile, form, part)


def _keep(request: HttpRequest, form, part: str) -> str:
    form.keep(request.actor)
    return f"{reverse('profiles:edit')}#{part}"


def _form_page(request: HttpRequest, profile: Profile, form, part: str) -> HttpResponse:
    template = "profiles/_part_form.html" if request.htmx else "profiles/part.html"
    status = http.UNPROCESSABLE if form.errors else 200
    hints = hints_of(form["title"].value() or "", profile) if part == "title" else []
    zones = time_zones() if part == "place" else ()
    given = {"form": form, "part": part, "profile": profile, "hints": hints, "zones": zones}
    return http.page(request, template, status=status, fee_basis_points=fee_basis_points(), **given)


def section(request: HttpRequest, part: str) -> HttpResponse:
    """One section as it reads now, with the meter beside it."""
    return http.page(request, "profiles/_section_answer.html", part=part, **shown(own_profile(request)))


@acting("freelancer")
@require_POST
def skills(request: HttpRequest) -> HttpResponse:
    """One change of the skills, kept at once."""
    profile = own_profile(request)
    form = SkillsForm(request.POST)
    refusal = None
    if form.is_valid():
        outcome = http.submit(request, lambda: _keep_skills(request, form.changed(profile.skills)))
        refusal = outcome if isinstance(outcome, Refused) else None
    given = shown(own_profile(request)) | {"refusal": refusal, "typed": request.POST.get("add", "")}
    if request.htmx:
        in_setup = request.POST.get("from") == "setup"
        step = "skills" if in_setup else ""
        return http.page(request, "profiles/_section_answer.html", part="skills", in_setup=in_setup, step=step, **given)
    if refusal:
        return http.page(request, "profiles/edit.html", status=http.UNPROCESSABLE, **given)
    return http.go(request, _back(request, "skills"))


def _keep_skills(request: HttpRequest, wanted: list[str]) -> str:
    basics.change_parts(request.actor, {"skills": wanted})
    return _back(request, "skills")


def _back(request: HttpRequest, anchor: str) -> str:
    """Back to the onboarding when the change came from there."""
    if request.POST.get("from") == "setup":
        return reverse("profiles:setup_step", args=[anchor])
    return f"{reverse('profiles:edit')}#{anchor}"


@acting("freelancer")
@require_POST
def publish(request: HttpRequest) -> HttpResponse:
    """Let others find the profile."""
    outcome = http.submit(request, lambda: _publish(request))
    if isinstance(outcome, Refused):
        missing = ", ".join(str(words.name_of(code)) for code in outcome.details.get("missing", ()))
        messages.error(request, _("Still missing: %(parts)s.") % {"parts": missing} if missing else http.told(outcome))
        return http.go(request, reverse("profiles:edit"))
    return outcome


def _publish(request: HttpRequest) -> str:
    basics.publish_profile(request.actor)
    messages.success(request, _("Your profile is public. Clients can find you now."))
    return reverse("profiles:edit")


@acting("freelancer")
def title_help(request: HttpRequest) -> HttpResponse:
    """Hints for a title while it is typed."""
    hints = hints_of(request.GET.get("title", "")[:200], own_profile(request))
    return http.page(request, "profiles/_hints.html", hints=hints)


@acting("freelancer")
def find_skills(request: HttpRequest) -> HttpResponse:
    """Skills whose name or synonym holds what is typed, those in demand first."""
    typed = request.GET.get("add", "").strip().lower()[:40]
    chosen = set(own_profile(request).skills)
    demand = count_demand() if typed else {}
    found = [
        (slug, names[0], demand.get(slug, 0))
        for slug, names in skill_names().items()
        if typed and slug not in chosen and any(typed in name.lower() for name in names)
    ]
    found.sort(key=lambda row: (not row[1].lower().startswith(typed), -row[2], row[1]))
    return http.page(request, "profiles/_found_skills.html", found=found[:8], typed=typed)
