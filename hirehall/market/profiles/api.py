"""API of profiles: one's own, its parts and lists, and those of others as far as they may be seen."""

from dataclasses import MISSING
from datetime import date, datetime

from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile

from hirehall.kernel.errors import NotFound, Refused
from hirehall.market.profiles import queries, taxonomy, terms
from hirehall.market.profiles.actions import basics, entries, portraits, specialised
from hirehall.market.profiles.photos import Crop
from hirehall.people.accounts.scopes import needs

router = Router(tags=["profile"])


class StepOut(Schema):
    code: str
    required: bool
    done: bool
    worth: int


class MeterOut(Schema):
    percent: int
    publishable: bool
    next: str | None
    steps: list[StepOut]


class CardOut(Schema):
    party_id: str
    name: str
    title: str
    overview: str
    rate_minor: int | None
    unit: str
    country: str
    time_zone: str
    skills: list[str]
    category: str
    hours: str
    hours_change_on: date | None
    english: str
    visibility: str
    published: bool
    jobs_done: int
    earned: str
    rating: int | None
    ratings: int
    last_active_at: datetime | None

    @staticmethod
    def resolve_skills(card) -> list[str]:
        return [slug if isinstance(slug, str) else slug[0] for slug in card.skills]


class EntryOut(Schema):
    id: str
    kind: str
    values: dict


class SubOut(Schema):
    id: str
    title: str
    overview: str
    rate_minor: int
    unit: str
    skills: list[str]
    category: str


class ProfileOut(Schema):
    card: CardOut
    overview: str
    entries: list[EntryOut]
    specialised: list[SubOut]


class OwnOut(ProfileOut):
    meter: MeterOut


class BasicsIn(Schema):
    """Every part may be left out; what is given is kept, all or nothing."""

    title: str | None = None
    overview: str | None = None
    rate_minor: int | None = None
    category: str | None = None
    skills: list[str] | None = None
    english: str | None = None
    hours: str | None = None
    hours_change_on: date | None = None
    visibility: str | None = None


class EntryIn(Schema):
    """The values of one entry; which ones belong to a kind is said by its list."""

    company: str | None = None
    role: str | None = None
    city: str | None = None
    country: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    subject: str | None = None
    description: str | None = None
    school: str | None = None
    degree: str | None = None
    area: str | None = None
    from_year: int | None = None
    to_year: int | None = None
    name: str | None = None
    issuer: str | None = None
    issued_on: date | None = None
    expires_on: date | None = None
    link: str | None = None
    code: str | None = None
    level: str | None = None
    url: str | None = None
    title: str | None = None
    skills: list[str] | None = None
    done_on: date | None = None


class SpecialisedIn(Schema):
    title: str
    overview: str
    rate_minor: int
    skills: list[str]
    category: str = ""
    piece_ids: list[str] = []


class CategoryOut(Schema):
    slug: str
    label: str
    specialties: list[str]
    skills: list[str]


class SkillOut(Schema):
    slug: str
    label: str


def _profile_out(profile) -> dict:
    whole = queries.read_whole(profile)
    rows = {
        "employment": whole.employment, "experience": whole.experience, "education": whole.education,
        "certification": whole.certifications, "language": whole.languages, "link": whole.links, "piece": whole.pieces,
    }  # fmt: skip
    shown = [
        {"id": row.pk, "kind": kind, "values": {name: getattr(row, name) for name in terms.KINDS[kind].__dataclass_fields__}}
        for kind, found in rows.items()
        for row in found
    ]
    return {"card": whole.card, "overview": profile.overview, "entries": shown, "specialised": whole.subs}


def _own_out(request) -> dict:
    profile = basics.start_profile(request.actor)
    meter = queries.completeness(profile)
    step = meter.next.code if meter.next else None
    shown = {"percent": meter.percent, "publishable": meter.publishable, "next": step, "steps": meter.steps}
    return {**_profile_out(profile), "meter": shown}


@router.get("/taxonomy", response=list[CategoryOut])
@needs("read")
def list_categories(request):
    """All trades with the slugs of their skills."""
    return list(taxonomy.load().categories)


@router.get("/skills", response=list[SkillOut])
@needs("read")
def find_skills(request, q: str):
    """Up to twenty skills whose name or synonym holds the text."""
    typed = q.strip().lower()
    found = [s for s in taxonomy.load().skills.values() if any(typed in n.lower() for n in (s.label, *s.synonyms))]
    return sorted(found, key=lambda s: (not s.label.lower().startswith(typed), s.label))[:20]


@router.get("/me", response=OwnOut)
@needs("read", "freelancer")
def own_profile(request):
    """One's own profile with its meter."""
    return _own_out(request)


@router.post("/me", response=OwnOut)
@needs("profile", "freelancer")
def change_profile(request, given: BasicsIn):
    """Change parts of the profile."""
    basics.change_parts(request.actor, given.dict(exclude_unset=True))
    return _own_out(request)


@router.post("/me/photo", response=OwnOut)
@needs("profile", "freelancer")
def change_photo(request, photo: File[UploadedFile], x: Form[int | None] = None, y: Form[int | None] = None, size: Form[int | None] = None):
    """Show another photo; without a square the middle is kept."""
    crop = Crop(x, y, size) if size and x is not None and y is not None else None
    portraits.set_photo(request.actor, photo, crop)
    return _own_out(request)


@router.post("/me/publish", response=OwnOut)
@needs("profile", "freelancer")
def publish_profile(request):
    """Let others find the profile."""
    basics.publish_profile(request.actor)
    return _own_out(request)


def _terms_of(kind: str, given: EntryIn) -> terms.Terms:
    shape = terms.KINDS.get(kind)
    if shape is None:
        raise NotFound("list")
    typed = {k: tuple(v) if isinstance(v, list) else v for k, v in given.dict(exclude_none=True).items()}
    for name, column in shape.__dataclass_fields__.items():
        if column.default is MISSING and name not in typed:
            raise Refused("entry:missing", "This is needed.", field=name)
    return shape(**{name: value for name, value in typed.items() if name in shape.__dataclass_fields__})


@router.post("/me/entries/{kind}", response=OwnOut)
@needs("profile", "freelancer")
def add_entry(request, kind: str, given: EntryIn):
    """Add an entry: employment, experience, education, certification, language, link or piece."""
    entries.keep_entry(request.actor, _terms_of(kind, given))
    return _own_out(request)


@router.post("/me/entries/{kind}/{entry_id}", response=OwnOut)
@needs("profile", "freelancer")
def change_entry(request, kind: str, entry_id: str, given: EntryIn):
    """Replace an entry."""
    entries.keep_entry(request.actor, _terms_of(kind, given), entry_id)
    return _own_out(request)


@router.post("/me/entries/{kind}/{entry_id}/remove", response=OwnOut)
@needs("profile", "freelancer")
def remove_entry(request, kind: str, entry_id: str):
    """Take an entry out."""
    if kind not in terms.KINDS:
        raise NotFound("list")
    entries.remove_entry(request.actor, kind, entry_id)
    return _own_out(request)


@router.post("/me/specialised", response=SubOut)
@needs("profile", "freelancer")
def add_specialised(request, given: SpecialisedIn):
    """Add a specialised profile."""
    values = given.dict() | {"skills": tuple(given.skills), "piece_ids": tuple(given.piece_ids)}
    return specialised.add_specialised(request.actor, specialised.SpecialisedTerms(**values))


@router.get("/{party_id}", response=ProfileOut)
@needs("read")
def get_profile(request, party_id: str):
    """Somebody's profile, as far as the token's party may see it."""
    return _profile_out(queries.get_profile_for(request.actor, party_id))
