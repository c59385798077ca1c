"""Makers of profiles, built on the room's actions."""

import io
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from hirehall.market.profiles import terms
from hirehall.market.profiles.actions import basics
from hirehall.market.profiles.actions.entries import keep_entry
from hirehall.market.profiles.actions.portraits import set_photo
from hirehall.market.profiles.models import Profile
from hirehall.people.accounts.actors import Actor

OVERVIEW = (
    "I build booking and payment systems with Django and PostgreSQL for clinics and schools.\n\n"
    "In the last six years I took four products from a sketch to daily use, and I stayed to keep them running."
)


def picture(width: int = 600, height: int = 400, colour: str = "teal", kind: str = "PNG") -> SimpleUploadedFile:
    """An uploaded picture of one colour with a lighter left half, so that a crop can be told."""
    drawn = Image.new("RGB", (width, height), colour)
    drawn.paste("white", (0, 0, width // 2, height))
    out = io.BytesIO()
    drawn.save(out, kind)
    return SimpleUploadedFile(f"photo.{kind.lower()}", out.getvalue())


def make_profile(actor: Actor, *, title: str = "Django developer for booking systems", skills=("django", "python"),
                 rate_minor: int = 4500, publish: bool = True) -> Profile:
    """A profile with the required half, published unless a draft is wanted."""
    basics.change_parts(actor, {
        "category": "web-development", "title": title, "overview": OVERVIEW, "skills": list(skills),
        "rate_minor": rate_minor, "english": "fluent", "hours": "more_than_30",
    })  # fmt: skip
    keep_entry(actor, terms.EmploymentTerms(company="Kano Labs", role="Developer", starts_on=date(2020, 1, 1)))
    set_photo(actor, picture())
    return basics.publish_profile(actor) if publish else basics.start_profile(actor)
