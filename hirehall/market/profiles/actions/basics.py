"""Writes of the profile itself: title, overview, rate, skills, hours, English, visibility, going public."""

from datetime import date
from typing import Any

from hirehall.kernel import clock, events
from hirehall.kernel.atomic import action
from hirehall.kernel.errors import Refused, refuse
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
    party = get_party(actor.party_id)
    refuse(why_not_act(actor.role, "manage", party.standing))
    found = find_locked(party.id)
    if found is None:
        now = clock.now()
        Profile.objects.get_or_create(party=party, defaults={"unit": numbers().unit, "started_at": now, "changed_at": now})
        found = lock_profile(party.id)
    return found


@action
def note_change(actor: Actor, profile: Profile, *fields: str) -> None:
    """Write changed columns and tell the market."""
    profile.changed_at = clock.now()
    profile.save(update_fields=[*fields, "changed_at"])
    events.record("profile:changed", profile.pk, actor, fields=list(fields))


@action
def set_title(actor: Actor, title: str) -> Profile:
    """Say in one line what one does."""
    profile = start_profile(actor)
    refuse(rules.why_not_title(title, numbers()))
    profile.title = " ".join(title.split())
    note_change(actor, profile, "title")
    return profile


@action
def set_overview(actor: Actor, overview: str) -> Profile:
    """Say in a few paragraphs what one does for clients."""
    profile = start_profile(actor)
    refuse(rules.why_not_overview(overview, numbers()))
    profile.overview = overview.replace("\r\n", "\n").strip()
    note_change(actor, profile, "overview")
    return profile


@action
def set_rate(actor: Actor, rate_minor: int, unit: str = "") -> Profile:
    """Change the general hourly rate; the history keeps each one."""
    profile = start_profile(actor)
    unit = unit or numbers().unit
    refuse(rules.why_not_rate(rate_minor, unit, numbers()))
    if (profile.rate_minor, profile.unit) != (rate_minor, unit):
        profile.rate_minor, profile.unit = rate_minor, unit
        RateChange.objects.create(profile=profile, rate_minor=rate_minor, unit=unit, at=clock.now())
        note_change(actor, profile, "rate_minor", "unit")
    return profile


@action
def set_category(actor: Actor, category: str) -> Profile:
    """Choose the trade in which one is at home."""
    profile = start_profile(actor)
    refuse(rules.why_not_choice(category, {c.slug for c in taxonomy.load().categories}, "category"))
    profile.category = category
    note_change(actor, profile, "category")
    return profile


@action
def set_skills(actor: Actor, skills: list[str]) -> Profile:
    """Replace the list of skills; its order is the order in which they are shown."""
    profile = start_profile(actor)
    refuse(rules.why_not_skills(skills, taxonomy.load().skills, numbers()))
    profile.skills = list(skills)
    note_change(actor, profile, "skills")
    return profile


@action
def set_english(actor: Actor, level: str) -> Profile:
    """Say how well one speaks English; always asked, because clients ask."""
    profile = start_profile(actor)
    refuse(rules.why_not_choice(level, set(rules.Level), "english"))
    profile.english = level
    note_change(actor, profile, "english")
    return profile


@action
def set_availability(actor: Actor, hours: str, hours_change_on: date | None = None) -> Profile:
    """Say how much one can take on, and when that changes."""
    profile = start_profile(actor)
    refuse(rules.why_not_availability(hours, hours_change_on, clock.now().date()))
    profile.hours, profile.hours_change_on = hours, hours_change_on
    note_change(actor, profile, "hours", "hours_change_on")
    return profile


@action
def set_visibility(actor: Actor, visibility: str) -> Profile:
    """Choose who finds the profile."""
    profile = start_profile(actor)
    refuse(rules.why_not_choice(visibility, set(rules.Visibility), "visibility"))
    profile.visibility = visibility
    note_change(actor, profile, "visibility")
    return profile


@action
def change_parts(actor: Actor, parts: dict[str, Any]) -> Profile:
    """Change several parts at once, all or nothing; None leaves a part as it is."""
    single = {
        "title": set_title,
        "overview": set_overview,
        "rate_minor": set_rate,
        "category": set_category,
        "skills": set_skills,
        "english": set_english,
        "visibility": set_visibility,
    }
    for name, change in single.items():
        if parts.get(name) is not None:
            change(actor, parts[name])
    if parts.get("hours") is not None:
        set_availability(actor, parts["hours"], parts.get("hours_change_on"))
    return start_profile(actor)


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
