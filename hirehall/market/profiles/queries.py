"""Reads of profiles: one's own, one that the reader may see, and cards of many; index_queries.py has what search keeps of them."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Count, Model, Q, prefetch_related_objects

from hirehall.kernel import together
from hirehall.kernel.errors import NotFound
from hirehall.kernel.models import StoredFile
from hirehall.kernel.prepared import Each, Prepared
from hirehall.market.profiles import meter, rules, taxonomy
from hirehall.market.profiles.cards import TalentCard, Whole
from hirehall.market.profiles.models import (
    Certification,
    Education,
    Employment,
    Experience,
    Language,
    Link,
    Piece,
    Profile,
    RateChange,
    SkillDemand,
    SubProfile,
    WorkRecord,
)
from hirehall.market.profiles.policy import numbers
from hirehall.market.profiles.suggestions import Suggestion, suggest_skills
from hirehall.money.payments.policy import numbers as payment_numbers
from hirehall.people.accounts.actors import Actor
from hirehall.people.accounts.models import Party

PHOTO, PORTFOLIO, CERTIFICATE = "photo", "portfolio", "certificate"

# The name of each list in addresses, forms and the API.
KINDS: dict[str, type[Model]] = {
    "employment": Employment,
    "experience": Experience,
    "education": Education,
    "certification": Certification,
    "language": Language,
    "link": Link,
    "piece": Piece,
}


# What a profile is made of beside itself.
PARTS = tuple(
    (model, "profile_id")
    for model in (SubProfile, Piece, Employment, Experience, Education, Certification, Language, Link)
)


_profiles = Prepared(lambda ids: Profile.objects.filter(pk__in=Each(ids)).select_related("party"))
_records = Prepared(lambda ids: WorkRecord.objects.filter(pk__in=Each(ids)))
_own = Prepared(lambda party_id: Profile.objects.select_related("party").filter(pk=party_id))


def find_own(actor: Actor) -> Profile | None:
    """The actor's own profile; None before they began one."""
    return _own.first(actor.party_id) if actor.party_id else None


def visible_to(actor: Actor) -> Q:
    """Whose profiles an actor may open: published ones as their owners chose, and one's own."""
    return _visible(actor.is_system, actor.signed_in, actor.party_id)


def _visible(all_of_them: bool, signed_in: bool, own: Any) -> Q:
    if all_of_them:
        return Q()
    open_ones = [rules.Visibility.PUBLIC] + ([rules.Visibility.MEMBERS] if signed_in else [])
    seen = Q(published_at__isnull=False, visibility__in=open_ones) & ~Q(party__standing=Party.Standing.SUSPENDED)
    return seen | Q(party_id=own) if own else seen


@cache
def _visible_one(all_of_them: bool, signed_in: bool, known: bool) -> Prepared[Profile]:
    """A profile by its party for one sort of reader; the second value is the reader's own party."""

    def allowed(own: Any) -> Q:
        seen = _visible(all_of_them, signed_in, own)
        return seen | Q(published_at__isnull=False) if known else seen

    return Prepared(lambda party_id, own: Profile.objects.select_related("party").filter(allowed(own), pk=party_id))


def get_profile_for(actor: Actor, party_id: str, *, known: bool = False) -> Profile:
    """A profile that the actor may see. `known` opens a private one: its owner wrote to this client."""
    asked = _visible_one(actor.is_system, actor.signed_in, known)
    profile = asked.first(party_id, actor.party_id or "")
    if profile is None:
        raise NotFound("profile")
    return profile


def find_locked(party_id: str) -> Profile | None:
    return Profile.objects.select_for_update(of=("self",)).select_related("party").filter(pk=party_id).first()


def lock_profile(party_id: str) -> Profile:
    profile = find_locked(party_id)
    if profile is None:
        raise NotFound("profile")
    return profile


def list_published_ids(party_ids: Collection[str] | None = None) -> list[str]:
    """Every profile that can be found in search by members, or those of some parties."""
    found = Profile.objects.filter(published_at__isnull=False).exclude(visibility=rules.Visibility.PRIVATE)
    if party_ids is not None:
        found = found.filter(pk__in=list(party_ids))
    return list(found.exclude(party__standing=Party.Standing.SUSPENDED).order_by("party_id").values_list("pk", flat=True))


def list_active_ids(since: datetime) -> list[str]:
    """The published profiles whose owners were here since a moment."""
    lately = Profile.objects.filter(published_at__isnull=False, party__last_active_at__gte=since)
    return list(lately.order_by("party_id").values_list("pk", flat=True))


def is_published(party_id: str) -> bool:
    """True when a profile is complete enough to send proposals with."""
    return Profile.objects.filter(pk=party_id, published_at__isnull=False).exists()


def find_sub(party_id: str, sub_id: str) -> SubProfile | None:
    """One of a freelancer's specialised profiles."""
    return SubProfile.objects.filter(pk=sub_id, profile_id=party_id).first()


def list_subs(party_id: str) -> list[SubProfile]:
    return list(SubProfile.objects.filter(profile_id=party_id))


@cache
def skill_names() -> dict[str, tuple[str, ...]]:
    """Each skill's label and synonyms."""
    return {slug: (skill.label, *skill.synonyms) for slug, skill in taxonomy.load().skills.items()}


def label_skills(slugs: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Slugs with their labels; a skill that left the taxonomy keeps its slug."""
    names = skill_names()
    return tuple((slug, names[slug][0] if slug in names else slug) for slug in slugs)


def list_cards(party_ids: Collection[str], subs: Mapping[str, str] | None = None) -> dict[str, TalentCard]:
    """Cards by party, in two queries; `subs` names the specialised profile to show for a party.

    Who may see whom was decided where the ids come from.
    """
    ids = list(set(party_ids))
    profiles, records = _profiles(ids), {record.pk: record for record in _records(ids)}
    wanted = {k: v for k, v in (subs or {}).items() if v}
    chosen = {s.profile_id: s for s in SubProfile.objects.filter(pk__in=wanted.values())} if wanted else {}
    return {p.pk: _card(p, records.get(p.pk), chosen.get(p.pk)) for p in profiles}


def _card(profile: Profile, record: WorkRecord | None, sub: SubProfile | None) -> TalentCard:
    party, record, shown = profile.party, record or WorkRecord(party_id=profile.pk), sub or profile
    return TalentCard(
        party_id=profile.pk,
        name=party.name,
        title=shown.title,
        overview=_first_lines(shown.overview, numbers().overview_on_card),
        rate_minor=shown.rate_minor,
        unit=shown.unit,
        country=party.country,
        time_zone=party.time_zone,
        skills=label_skills(shown.skills),
        category=shown.category or profile.category,
        small_photo_id=profile.small_photo_id,
        hours=profile.hours,
        hours_change_on=profile.hours_change_on,
        english=profile.english,
        visibility=profile.visibility,
        published=profile.published_at is not None,
        jobs_done=record.jobs_done,
        jobs_running=record.jobs_running,
        minutes=record.minutes,
        earned_minor=record.earned_minor,
        earned=rules.earned_step(record.earned_minor),
        rating=round(record.stars_total / record.ratings) if record.ratings else None,
        ratings=record.ratings,
        last_active_at=party.last_active_at,
        sub_id=sub.pk if sub else "",
        changed_at=profile.changed_at,
    )


def _first_lines(text: str, longest: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= longest else line[:longest].rsplit(" ", 1)[0] + "…"


def read_whole(profile: Profile, sub_id: str = "") -> Whole:
    """Everything on a profile; with a specialised one, its title, skills and pieces stand in front."""
    records, subs, pieces, *entries = together.fetch(profile.pk, (WorkRecord, "party_id"), *PARTS)
    employment, experience, education, certifications, languages, links = entries
    prefetch_related_objects(pieces, "files__file")
    sub = next((s for s in subs if s.pk == sub_id), None)
    if sub is not None:
        kept = set(sub.pieces.values_list("pk", flat=True))
        pieces = [piece for piece in pieces if piece.pk in kept]
    return Whole(
        profile=profile,
        card=_card(profile, records[0] if records else None, sub),
        employment=employment,
        experience=experience,
        education=education,
        certifications=certifications,
        languages=languages,
        links=links,
        pieces=pieces,
        subs=subs,
        sub=sub,
    )


def find_entry(party_id: str, kind: str, entry_id: str) -> Model | None:
    """One entry of a profile's list."""
    return KINDS[kind].objects.filter(profile_id=party_id, pk=entry_id).first()


def list_pieces(party_id: str) -> list[Piece]:
    """The portfolio with its files, in the owner's order."""
    return list(Piece.objects.filter(profile_id=party_id).prefetch_related("files__file"))


def list_rates(party_id: str, sub_id: str | None = None) -> list[RateChange]:
    """The last changes of a rate, newest first."""
    return list(RateChange.objects.filter(profile_id=party_id, sub_id=sub_id)[:12])


def completeness(profile: Profile) -> meter.Meter:
    """How complete a profile is, in one query."""
    lists = {
        "employment": Employment, "experience": Experience, "portfolio": Piece,
        "education": Education, "certifications": Certification, "links": Link,
    }  # fmt: skip
    parts = [
        model.objects.filter(profile_id=profile.pk).order_by().values("profile_id").annotate(n=Count("pk")).values("n")
        for model in lists.values()
    ]
    row = Profile.objects.filter(pk=profile.pk).values_list(*parts).first() or (0,) * len(lists)
    counts = {name: number or 0 for name, number in zip(lists, row, strict=True)}
    return meter.completeness(
        meter.Counts(
            photo=profile.photo_id is not None,
            title=bool(profile.title),
            overview=bool(profile.overview),
            rate=profile.rate_minor is not None,
            hours=bool(profile.hours),
            english=bool(profile.english),
            skills=len(profile.skills),
            **counts,
        ),
        numbers().weights,
    )


def fee_basis_points() -> int:
    """The fee that is taken from what a freelancer earns, to show what arrives of a rate."""
    return payment_numbers().service_fee_basis_points


def list_suggestions(profile: Profile) -> list[Suggestion]:
    """Skills to add: named in the owner's own words, or asked for by open jobs of the same trade."""
    told = Employment.objects.filter(profile=profile).values_list("role", "description")
    shown = Piece.objects.filter(profile=profile).values_list("title", "description")
    text = " \n ".join([profile.title, profile.overview, *(" ".join(row) for row in (*told, *shown))])
    return suggest_skills(text, profile.skills, skill_names(), count_demand(profile.category))


def count_demand(category: str = "") -> dict[str, int]:
    """How many open jobs ask for each skill, in one category or in all."""
    rows = SkillDemand.objects.filter(category=category) if category else SkillDemand.objects.all()
    top = rows.values("skill").annotate(n=Count("pk")).order_by("-n")[:200]
    return {row["skill"]: row["n"] for row in top}


def may_open_file(actor: Actor, stored: StoredFile) -> bool:
    """Guard of photos, portfolio and certificate files: whoever may see the profile; private ones for members."""
    profile = Profile.objects.select_related("party").filter(pk=stored.owner_party_id).first()
    if profile is None:
        return False
    if actor.party_id == profile.pk:
        return True
    if profile.published_at is None:
        return False
    return actor.signed_in or profile.visibility == rules.Visibility.PUBLIC
