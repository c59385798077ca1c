"""Writes of the lists: positions, other experience, schools, certificates, languages, links, portfolio pieces."""

from dataclasses import asdict

from django.core.files.uploadedfile import UploadedFile
from django.db.models import F, Max, Model

from hirehall.kernel import clock, files
from hirehall.kernel.atomic import action
from hirehall.kernel.contents import IMAGES
from hirehall.kernel.errors import NotFound, Refused, refuse
from hirehall.market.profiles import models, rules, taxonomy, terms
from hirehall.market.profiles.actions.basics import note_change, start_profile
from hirehall.market.profiles.policy import numbers
from hirehall.market.profiles.queries import CERTIFICATE, KINDS, PORTFOLIO, completeness
from hirehall.people.accounts.actors import Actor
from hirehall.people.screening.rules import why_not_file_name

TABLES: dict[type, type[Model]] = {
    terms.EmploymentTerms: models.Employment,
    terms.ExperienceTerms: models.Experience,
    terms.EducationTerms: models.Education,
    terms.CertificationTerms: models.Certification,
    terms.LanguageTerms: models.Language,
    terms.LinkTerms: models.Link,
    terms.PieceTerms: models.Piece,
}


@action
def keep_entry(actor: Actor, entry: terms.Terms, entry_id: str = "") -> Model:
    """Add an entry at the top of its list, or replace the one with the id."""
    profile = start_profile(actor)
    refuse(terms.why_not_keep(entry, clock.now().date()))
    table = TABLES[type(entry)]
    own = table.objects.filter(profile=profile)
    values = _values(entry)
    refuse(_why_not_repeat(own, entry, entry_id))
    if entry_id:
        if not own.filter(pk=entry_id).update(**values):
            raise NotFound("entry")
        kept = own.get(pk=entry_id)
    else:
        limit = numbers().pieces_max if isinstance(entry, terms.PieceTerms) else numbers().entries_max
        refuse(rules.why_not_add(own.update(position=F("position") + 1), limit, "A profile holds at most %(most)s of these."))
        kept = table.objects.create(profile=profile, position=0, **values)
    note_change(actor, profile)
    return kept


def _values(entry: terms.Terms) -> dict:
    values = {k: v.strip() if isinstance(v, str) else v for k, v in asdict(entry).items()}
    if isinstance(entry, terms.PieceTerms):
        values["skills"] = list(entry.skills)
        if entry.skills:
            refuse(rules.why_not_skills(entry.skills, taxonomy.load().skills, numbers()))
    return values


def _why_not_repeat(own, entry: terms.Terms, entry_id: str) -> Refused | None:
    others = own.exclude(pk=entry_id) if entry_id else own
    if isinstance(entry, terms.LanguageTerms) and others.filter(code=entry.code).exists():
        return Refused("entry:twice", "This language is already in the list.", field="code")
    if isinstance(entry, terms.LinkTerms) and others.filter(url=entry.url.strip()).exists():
        return Refused("entry:twice", "This link is already in the list.", field="url")
    return None


@action
def remove_entry(actor: Actor, kind: str, entry_id: str) -> None:
    """Take an entry out; a public profile keeps what it must have."""
    profile = start_profile(actor)
    removed, _ = KINDS[kind].objects.filter(profile=profile, pk=entry_id).delete()
    if not removed:
        raise NotFound("entry")
    if profile.published_at is not None and not completeness(profile).publishable:
        raise Refused(
            "entry:last", "Your profile is public and needs at least one experience. Add another before you remove this."
        )
    note_change(actor, profile)


@action
def move_entry(actor: Actor, kind: str, entry_id: str, step: int) -> None:
    """Move an entry up (-1) or down (+1) in its list; at the end of the list nothing happens."""
    profile = start_profile(actor)
    ids = list(KINDS[kind].objects.filter(profile=profile).values_list("pk", flat=True))
    if entry_id not in ids:
        raise NotFound("entry")
    place = ids.index(entry_id)
    ids.insert(max(0, min(len(ids) - 1, place + step)), ids.pop(place))
    for position, pk in enumerate(ids):
        KINDS[kind].objects.filter(pk=pk).update(position=position)
    note_change(actor, profile)


@action
def attach_certificate(actor: Actor, entry_id: str, upload: UploadedFile) -> None:
    """Show a certificate as a picture or PDF."""
    profile = start_profile(actor)
    if not models.Certification.objects.filter(profile=profile, pk=entry_id).exists():
        raise NotFound("entry")
    refuse(why_not_file_name(upload.name or "file", contract_started=False))
    kinds = IMAGES | {"application/pdf"}
    stored = files.store_upload(profile.pk, upload, CERTIFICATE, subject_id=entry_id, kinds=kinds)
    models.Certification.objects.filter(pk=entry_id).update(file=stored)
    note_change(actor, profile)


@action
def add_piece_files(actor: Actor, piece_id: str, uploads: list[UploadedFile]) -> None:
    """Add pictures and documents to a portfolio piece, all or none."""
    profile = start_profile(actor)
    piece = models.Piece.objects.filter(profile=profile, pk=piece_id).first()
    if piece is None:
        raise NotFound("entry")
    held = piece.files.aggregate(n=Max("position"))["n"]
    count = piece.files.count() + len(uploads) - 1
    refuse(rules.why_not_add(count, numbers().piece_files_max, "A piece holds at most %(most)s files."))
    for place, upload in enumerate(uploads, 0 if held is None else held + 1):
        refuse(why_not_file_name(upload.name or "file", contract_started=False))
        stored = files.store_upload(profile.pk, upload, PORTFOLIO, subject_id=piece_id)
        models.PieceFile.objects.create(piece=piece, file=stored, position=place)
    note_change(actor, profile)


@action
def remove_piece_file(actor: Actor, file_id: str) -> None:
    """Take a picture or document out of its piece."""
    profile = start_profile(actor)
    removed, _ = models.PieceFile.objects.filter(pk=file_id, piece__profile=profile).delete()
    if not removed:
        raise NotFound("file")
    note_change(actor, profile)
