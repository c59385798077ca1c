"""Reads of people and parties."""

import hashlib
from datetime import datetime

from django.db.models import Q

from hirehall.kernel.errors import NotFound
from hirehall.kernel.models import Event
from hirehall.kernel.prepared import Prepared
from hirehall.people.accounts.actors import NOBODY, Actor
from hirehall.people.accounts.models import Party, Seat, Token, User

# The event of a new password; its subject is the person's number.
PASSWORD_CHANGED = "person:password_changed"  # noqa: S105 the name of an event

# Asked at every request of somebody signed in.
_person = Prepared(lambda user_id: User.objects.filter(pk=user_id))
_seats = Prepared(lambda user_id: Seat.objects.filter(user_id=user_id).select_related("party").order_by("id"))
# Asked at every call of a program.
_token = Prepared(lambda digest: Token.objects.filter(digest=digest, revoked_at=None).select_related("user", "party"))
_seat_in = Prepared(lambda user_id, party_id: Seat.objects.filter(user_id=user_id, party_id=party_id).select_related("party"))


def find_person(user_id: int) -> User | None:
    return _person.first(user_id)


def list_seats(user_id: int) -> list[Seat]:
    """Every place a person holds, oldest first."""
    return _seats(user_id)


def find_actor(user: User, party_id: str | None) -> Actor:
    """The person as the wanted party, or as their last or first one; without any, as a bare person."""
    return actor_among(user, list_seats(user.pk), party_id)


def actor_among(user: User, seats: list[Seat], party_id: str | None) -> Actor:
    """The same for seats that are at hand."""
    wanted = party_id or user.last_party_id
    seat = next((s for s in seats if s.party_id == wanted), seats[0] if seats else None)
    return actor_in(user, seat)


def actor_in(user: User, seat: Seat | None) -> Actor:
    """The actor value of a person in a seat."""
    if not user.is_active:
        return NOBODY
    return Actor(
        user_id=user.pk,
        party_id=seat.party_id if seat else None,
        kind=seat.party.kind if seat else "",
        role=seat.role if seat else "",
        name=seat.party.name if seat else user.name,
        is_staff=user.is_staff,
        time_zone=user.time_zone,
        language=user.language,
    )


def find_token_actor(secret: str) -> tuple[Actor, Token] | None:
    """Who an API token acts as; None for an unknown or revoked one."""
    digest = hashlib.sha256(secret.encode()).hexdigest()
    token = _token.first(digest)
    if token is None:
        return None
    seat = _seat_in.first(token.user_id, token.party_id)
    return (actor_in(token.user, seat), token) if seat and token.user.is_active else None


def get_party(party_id: str) -> Party:
    party = Party.objects.filter(pk=party_id).first()
    if party is None:
        raise NotFound("account")
    return party


def get_parties(party_ids: list[str]) -> dict[str, Party]:
    """Several parties by id, in one query."""
    return Party.objects.in_bulk(list(set(party_ids)))


def list_tokens_for(actor: Actor) -> list[Token]:
    """The actor's own tokens for the party they act for."""
    found = Token.objects.filter(user_id=actor.user_id, party_id=actor.party_id, revoked_at=None)
    return list(found.order_by("-created_at"))


def get_user(user_id: int) -> User:
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        raise NotFound("person")
    return user


def has_kind(user_id: int, kind: str) -> bool:
    """True when a person holds a seat in a party of a kind."""
    return Seat.objects.filter(user_id=user_id, party__kind=kind).exists()


def list_parties_called(text: str, kind: str) -> list[Party]:
    """Parties of a kind by id, name, or the address of one of their people; with "" all of them, two at most."""
    found = Party.objects.filter(kind=kind)
    if text:
        named = Q(pk=text) | Q(name__iexact=text) | Q(seats__user__email__iexact=text)
        found = found.filter(named).distinct()
    return list(found.order_by("pk")[:2])


def find_owner(party_id: str) -> Actor:
    """The first of a party's people, acting for it."""
    seat = Seat.objects.select_related("party", "user").filter(party_id=party_id).order_by("pk").first()
    return actor_in(seat.user, seat) if seat else NOBODY


def last_password_change(party_id: str) -> datetime | None:
    """When one of a party's people last changed their password; None when nobody did since they joined."""
    people = [str(user_id) for user_id in Seat.objects.filter(party_id=party_id).values_list("user_id", flat=True)]
    found = Event.objects.filter(subject_id__in=people, name=PASSWORD_CHANGED).order_by("-id").first()
    return found.at if found else None


def get_users(user_ids: list[int]) -> dict[int, User]:
    """Several people by id, in one query; without any, none."""
    return User.objects.in_bulk(list(set(user_ids))) if user_ids else {}
