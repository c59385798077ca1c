"""The words of profiles: each step of completeness, and what templates need to show entries."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hirehall.market.profiles.fields import HOURS, SHORT_LEVELS, VISIBILITIES, categories
from hirehall.market.profiles.meter import Step
from hirehall.market.profiles.queries import label_skills
from hirehall.people.accounts.places import language_name

# code: (name, what to do, part or list that opens)
_STEPS: dict[str, tuple[Any, Any, str]] = {
    "photo": (_("Photo"), _("Add a photo of your face"), "part:photo"),
    "title": (_("Title"), _("Write your title"), "part:title"),
    "overview": (_("Overview"), _("Write your overview"), "part:overview"),
    "experience": (_("Experience"), _("Add a position or other experience"), "list:employment"),
    "skill": (_("Skills"), _("Choose your first skill"), "anchor:skills"),
    "rate": (_("Hourly rate"), _("Set your hourly rate"), "part:rate"),
    "hours": (_("Work hours"), _("Say how much you can take on"), "part:hours"),
    "english": (_("English"), _("Say how well you speak English"), "part:english"),
    "portfolio": (_("Portfolio"), _("Add a piece of work"), "list:piece"),
    "employment": (_("Further positions"), _("Add another position"), "list:employment"),
    "five_skills": (_("Five skills or more"), _("Choose at least five skills"), "anchor:skills"),
    "education": (_("Education"), _("Add a school or university"), "list:education"),
    "link": (_("Link to your work"), _("Add a link to your work elsewhere"), "list:link"),
    "certification": (_("Certificates"), _("Add a certificate"), "list:certification"),
    "other_experience": (_("Other experience"), _("Add something done outside of a job"), "list:experience"),
}


@dataclass(frozen=True)
class ShownStep:
    """A step with its words and address."""

    code: str
    name: Any
    todo: Any
    address: str
    required: bool
    done: bool
    has: int
    worth: int
    most: int


def show_step(step: Step) -> ShownStep:
    """Put a step into words."""
    name, todo, place = _STEPS[step.code]
    kind, _colon, target = place.partition(":")
    if kind == "part":
        address = reverse("profiles:part", args=[target])
    elif kind == "list":
        address = reverse("profiles:add", args=[target])
    else:
        address = f"{reverse('profiles:edit')}#{target}"
    return ShownStep(step.code, name, todo, address, step.required, step.done, step.has, step.worth, step.most)


def name_of(code: str) -> Any:
    """The name of a step."""
    return _STEPS[code][0]


def month(on: date) -> str:
    """A month as its reader writes it: March 2026."""
    return date_format(on, "YEAR_MONTH_FORMAT")


def language_of(code: str) -> str:
    """The name of a language in the reader's own."""
    return language_name(code, get_language() or "en")


# What every template that shows entries needs.
SHOWN = {
    "label_skills": label_skills,
    "language_name": language_of,
    "month": month,
    "choices": {
        "hours": dict(HOURS),
        "levels": SHORT_LEVELS,
        "visibility": dict(VISIBILITIES),
        "categories": dict(categories()),
    },
}
