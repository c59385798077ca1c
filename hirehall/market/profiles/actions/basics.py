"""Writes of the profile itself: title, overview, rate, skills, hours, English, visibility, going public."""

from typing import Any

from hirehall.kernel import clock, events
from hirehall.kernel.atomic import action
from hirehall.kernel.errors import Refused, refuse
from hirehall.kernel.inserts import insert_new
from hirehall.market.profiles import rules, taxonomy
from hirehall.market.profiles.models import Profile, RateChange
from hirehall.market.profiles.policy import numbers
from hirehall.market.profiles.queries import completeness, find_locked, lock_profile
from hirehall.people.accounts.actors import Actor
from hirehall.people.accounts.queries import get_party
from hirehall.people.accounts.rules import why_not_act


@action
def start_profile(actor: Actor) -> Profile:
    """The actor's own profile, locked; a new draft when there is none. Every other write begins here."""
    if not actor.is_freelancer or actor.party_id is None:
        raise Refused("profile:not_freelancer", "Only those who offer work have a profile. Switch to your other role.")
    found = find_locked(actor.party_id)
    party = found.party if found else get_party(actor.party_id)
    refuse(why_not_act(actor.role, "manage", party.standing))
    if found is None:
        now = clock.now()
        insert_new(Profile(party=party, unit=numbers().unit, started_at=now, changed_at=now))
        found = lock_profile(party.id)
    return found


@action
def note_change(actor: Actor, profile: Profile, *fields: str) -> None:
    """Write changed columns and tell the market."""
    profile.changed_at = clock.now()
    profile.save(update_fields=[*fields, "changed_at"])
    events.record("profile:changed", profile.pk, actor, fields=list(fields))


@action
def change_parts(actor: Actor, parts: dict[str, Any]) -> Profile:
    """Change one or several parts at once, all or nothing; None leaves a part as it is.

    Parts: title, overview, rate_minor (with unit), category, skills, english, visibility, hours (with hours_change_on).
    """
    profile = start_profile(actor)
    given = [name for name in CHANGES if parts.get(name) is not None]
    fields = [field for name in given for field in CHANGES[name](profile, parts)]
    if fields:
        note_change(actor, profile, *fields)
    return profile


def _change_title(profile: Profile, parts: dict[str, Any]) -> tuple[str, ...]:
    refuse(rules.why_not_title(parts["title"], numbers()))
    profile.title = " ".join(parts["title"].split())
    return ("title",)


def _change_overview(profile: Profile, parts: dict[str, Any]) -> tuple[str, ...]:
    refuse(rules.why_not_overview(parts["overview"], numbers()))
    profile.overview = parts["overview"].replace("\r\n", "\n").strip()
    return ("overview",)


def _change_rate(profile: Profile, parts: dict[str, Any]) -> tuple[str, ...]:
    """The history keeps each one."""
    rate = (parts["rate_minor"], parts.get("unit") or numbers().unit)
    refuse(rules.why_not_rate(*rate, numbers()))
    if (profile.rate_minor, profile.unit) == rate:
        return ()
    profile.rate_minor, profile.unit = rate
    RateChange.objects.create(profile=profile, rate_minor=profile.rate_minor, unit=profile.unit, at=clock.now())
    return ("rate_minor", "unit")


def _change_category(profile: Profile, parts: dict[str, Any]) -> tuple[str, ...]:
    refuse(rules.why_not_choice(parts["category"], {c.slug for c in taxonomy.load().categories}, "category"))
    profile.category = parts["category"]
    return ("category",)


def _change_skills(profile: Profile, parts: dict[str, Any]) -> tuple[str, ...]:
    """The order of the list is the order in which they are shown."""
    refuse(rules.why_not_skills(parts["skills"], taxonomy.load().skills, numbers()))
    profile.skills = list(parts["skills"])
    return ("skills",)


def _change_english(profile: Profile, parts: dict[str, Any]) -> tuple[str, ...]:
    refuse(rules.why_not_choice(parts["english"], set(rules.Level), "english"))
    profile.english = parts["english"]
    return ("english",)


def _change_visibility(profile: Profile, parts: dict[str, Any]) -> tuple[str, ...]:
    refuse(rules.why_not_choice(parts["visibility"], set(rules.Visibility), "visibility"))
    profile.visibility = parts["visibility"]
    return ("visibility",)


def _change_hours(profile: Profile, parts: dict[str, Any]) -> tuple[str, ...]:
    """How much one can take on, and when that changes."""
    hours, change_on = parts["hours"], parts.get("hours_change_on")
    refuse(rules.why_not_availability(hours, change_on, clock.now().date()))
    profile.hours, profile.hours_change_on = hours, change_on
    return ("hours", "hours_change_on")


CHANGES = {
    "title": _change_title, "overview": _change_overview, "rate_minor": _change_rate, "category": _change_category,
    "skills": _change_skills, "english": _change_english, "visibility": _change_visibility, "hours": _change_hours,
}  # fmt: skip


@action
def publish_profile(actor: Actor) -> Profile:
    """Let others find the profile; refused while something of the required half is missing."""
    profile = start_profile(actor)
    refuse(rules.why_not_publish([step.code for step in completeness(profile).missing]))
    if profile.published_at is None:
        profile.published_at = clock.now()
        profile.save(update_fields=["published_at"])
        events.record("profile:published", profile.pk, actor)
    return profile
