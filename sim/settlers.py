"""Brings invented people into the market: signs them up, fills and publishes profiles, adds cards and accounts.

Everything goes through the rooms' actions; a user's row is made as the sign-up form makes it, with one password for
all, hashed once.
"""

import io
from dataclasses import dataclass
from datetime import date
from random import Random

from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from hirehall.kernel import clock
from hirehall.market.profiles import terms
from hirehall.market.profiles.actions.basics import change_parts, publish_profile
from hirehall.market.profiles.actions.entries import add_piece_files, keep_entry
from hirehall.market.profiles.actions.portraits import set_photo
from hirehall.market.profiles.taxonomy import slug_of
from hirehall.money.payments.actions.methods import add_method
from hirehall.money.payments.actions.payouts import add_payout_method
from hirehall.money.payments.actions.tax_forms import sign_tax_form
from hirehall.money.payments.gateways.port import Card
from hirehall.money.payments.gateways.registry import gateway
from hirehall.people.accounts.actions import open_party
from hirehall.people.accounts.actors import Actor
from hirehall.people.accounts.models import User
from hirehall.people.accounts.queries import find_actor
from sim.driver import Driver
from sim.faces import draw_face
from sim.mockups import draw_piece
from sim.people import Person, Persona

CARD = "4242424242424242"
IBAN = "DE89370400440532013000"
HOST = "people.example"


@dataclass(frozen=True)
class SignIn:
    """How a person of the demo signs in."""

    email: str
    password_hash: str


def address_of(name: str, number: int) -> str:
    """An invented address, never twice: the number makes it so."""
    plain = slug_of(name.encode("ascii", "ignore").decode()).replace("-", ".") or "member"
    return f"{plain}.{number}@{HOST}"


def sign_up(
    driver: Driver, person: Person, sign_in: SignIn, kind: str, party_name: str = "", *, staff: bool = False
) -> Actor:
    """A person with a confirmed address and one party."""
    place = person.place
    fields = {"name": person.name, "country": place.country, "time_zone": place.zone, "is_staff": staff}
    user = User.objects.create_user(sign_in.email, None, **fields)
    User.objects.filter(pk=user.pk).update(password=sign_in.password_hash)
    EmailAddress.objects.create(user=user, email=sign_in.email, verified=True, primary=True)
    driver.act(open_party, user.pk, kind, party_name or person.name, country=place.country, time_zone=place.zone)
    user.refresh_from_db()
    return find_actor(user, None)


def build_profile(driver: Driver, actor: Actor, persona: Persona, rng: Random) -> None:
    """The whole profile with portrait, history and portfolio, published."""
    place = persona.person.place
    parts = {
        "title": persona.title, "overview": persona.overview, "rate_minor": persona.rate * 100, "category": persona.craft.category,
        "skills": list(persona.skills), "english": place.english, "hours": persona.hours,
    }  # fmt: skip
    driver.act(change_parts, actor, parts)
    driver.act(
        set_photo,
        actor,
        upload(draw_face(rng, persona.person.looks, place.skin, place.country, persona.years), "portrait"),
    )
    for entry in _entries(persona):
        driver.act(keep_entry, actor, entry)
    for piece in reversed(persona.pieces):
        kept = driver.act(
            keep_entry,
            actor,
            terms.PieceTerms(piece.title, piece.description, piece.role, piece.skills, "", piece.done_on),
        )
        if piece.picture:
            driver.act(
                add_piece_files,
                actor,
                kept.pk,
                [upload(draw_piece(rng, piece.picture, piece.title), slug_of(piece.title)[:60])],
            )
    driver.act(publish_profile, actor)


def _entries(persona: Persona) -> list[terms.Terms]:
    """All lists of a profile; what is kept last stands first, so the oldest comes first."""
    today = clock.now().date()
    found: list[terms.Terms] = [
        terms.EmploymentTerms(
            job.company,
            job.role,
            min(job.starts_on, today),
            job.ends_on if job.ends_on and job.ends_on <= today else None,
            job.city,
            job.country,
            job.description,
        )
        for job in reversed(persona.positions)
    ]
    found += [
        terms.EducationTerms(one.school, one.degree, one.area, one.from_year, one.to_year)
        for one in reversed(persona.schools)
    ]
    found += [terms.CertificationTerms(one.name, one.issuer, min(one.issued_on, today)) for one in persona.certificates]
    found += [terms.LanguageTerms(code, level) for code, level in reversed(persona.person.place.languages)]
    found += [terms.LinkTerms(link) for link in persona.links]
    return found + ([terms.ExperienceTerms(*persona.experience)] if persona.experience else [])


def upload(picture: Image.Image, name: str) -> SimpleUploadedFile:
    """A drawn picture as somebody would upload it."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=88)
    return SimpleUploadedFile(f"{name}.jpg", out.getvalue(), content_type="image/jpeg")


def add_card(driver: Driver, actor: Actor, number: str = CARD) -> None:
    """A card that the sandbox verifies."""
    driver.act(add_method, actor, gateway().keep_card(Card(number, date(clock.now().year + 4, 12, 31), "123")))


def add_account(driver: Driver, actor: Actor) -> str:
    """A bank account to withdraw to, and the tax form before it; returns the account's id."""
    driver.act(sign_tax_form, actor, actor.name, "BD", "123456789012", True)
    return driver.act(add_payout_method, actor, "bank", gateway().keep_account("bank", IBAN, actor.name), actor.name).pk
