"""Writes of specialised profiles: at most two, each with its own title, rate, overview, skills and pieces (PRO-12)."""

from dataclasses import dataclass

from hirehall.kernel import clock
from hirehall.kernel.atomic import action
from hirehall.kernel.errors import NotFound, refuse
from hirehall.market.profiles import rules, taxonomy
from hirehall.market.profiles.actions.basics import note_change, start_profile
from hirehall.market.profiles.models import Piece, Profile, RateChange, SubProfile
from hirehall.market.profiles.policy import numbers
from hirehall.people.accounts.actors import Actor


@dataclass(frozen=True)
class SpecialisedTerms:
    """What a specialised profile shows."""

    title: str
    overview: str
    rate_minor: int
    skills: tuple[str, ...]
    category: str = ""
    piece_ids: tuple[str, ...] = ()


def _check(terms: SpecialisedTerms) -> None:
    refuse(
        rules.why_not_title(terms.title, numbers())
        or rules.why_not_overview(terms.overview, numbers())
        or rules.why_not_rate(terms.rate_minor, numbers().unit, numbers())
        or rules.why_not_skills(terms.skills, taxonomy.load().skills, numbers())
    )
    if terms.category:
        refuse(rules.why_not_choice(terms.category, {c.slug for c in taxonomy.load().categories}, "category"))


@action
def add_specialised(actor: Actor, terms: SpecialisedTerms) -> SubProfile:
    """Show a second or third trade beside the general profile."""
    profile = start_profile(actor)
    most = numbers().specialised_max
    refuse(rules.why_not_add(profile.subs.count(), most, "There are at most %(most)s specialised profiles."))
    _check(terms)
    sub = SubProfile(profile=profile, made_at=clock.now())
    return _keep(actor, profile, sub, terms)


@action
def edit_specialised(actor: Actor, sub_id: str, terms: SpecialisedTerms) -> SubProfile:
    """Change a specialised profile."""
    profile = start_profile(actor)
    sub = profile.subs.filter(pk=sub_id).first()
    if sub is None:
        raise NotFound("profile")
    _check(terms)
    return _keep(actor, profile, sub, terms)


def _keep(actor: Actor, profile: Profile, sub: SubProfile, terms: SpecialisedTerms) -> SubProfile:
    is_new_rate = sub.rate_minor != terms.rate_minor
    sub.title, sub.overview = " ".join(terms.title.split()), terms.overview.replace("\r\n", "\n").strip()
    sub.rate_minor, sub.unit = terms.rate_minor, numbers().unit
    sub.skills, sub.category = list(terms.skills), terms.category
    sub.save()
    sub.pieces.set(Piece.objects.filter(profile=profile, pk__in=terms.piece_ids))
    if is_new_rate:
        RateChange.objects.create(profile=profile, sub=sub, rate_minor=sub.rate_minor, unit=sub.unit, at=clock.now())
    note_change(actor, profile)
    return sub


@action
def remove_specialised(actor: Actor, sub_id: str) -> None:
    """Take a specialised profile down; its pieces stay in the portfolio."""
    profile = start_profile(actor)
    removed, _ = profile.subs.filter(pk=sub_id).delete()
    if not removed:
        raise NotFound("profile")
    note_change(actor, profile)
