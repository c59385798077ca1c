"""Writes of people and parties."""

import hashlib
import secrets

from hirehall.kernel import clock, events
from hirehall.kernel.atomic import action
from hirehall.kernel.errors import NotFound, Refused, refuse
from hirehall.people.accounts import rules
from hirehall.people.accounts.actors import Actor
from hirehall.people.accounts.models import Party, Seat, Token, User
from hirehall.people.accounts.queries import PASSWORD_CHANGED, actor_in, get_user


@action
def open_party(user_id: int, kind: str, name: str, *, country: str = "", time_zone: str = "UTC") -> Party:
    """Let a person act as a freelancer, a client or an agency; they become its owner.

    One person has at most one freelancer party; a second call returns the first one.
    """
    now = clock.now()
    user = User.objects.select_for_update().get(pk=user_id)
    refuse(rules.why_not_name(name))
    if kind not in Party.Kind.values:
        raise Refused("party:kind", "Choose to work, to hire, or to open an agency.", field="kind")
    if kind == Party.Kind.FREELANCER:
        mine = Party.objects.filter(kind=kind, seats__user=user).first()
        if mine is not None:
            return mine
    party = Party.objects.create(
        kind=kind,
        name=name.strip(),
        country=country or user.country,
        time_zone=time_zone if time_zone != "UTC" else user.time_zone,
        opened_at=now,
        last_active_at=now,
    )
    seat = Seat.objects.create(party=party, user=user, role=Seat.Role.OWNER, since=now)
    User.objects.filter(pk=user_id).update(last_party=party)
    events.record("party:opened", party.id, actor_in(user, seat), kind=kind)
    return party


@action
def rename_party(actor: Actor, name: str, country: str, time_zone: str) -> Party:
    """Change what the party is called and where it is."""
    party = Party.objects.select_for_update().get(pk=actor.party_id)
    refuse(rules.why_not_act(actor.role, "manage", party.standing) or rules.why_not_name(name))
    party.name, party.country, party.time_zone = name.strip(), country, time_zone
    party.save(update_fields=["name", "country", "time_zone"])
    events.record("party:renamed", party.id, actor)
    return party


@action
def add_seat(actor: Actor, user_id: int, role: str) -> Seat:
    """Give another person a role in the actor's party."""
    party = Party.objects.select_for_update().get(pk=actor.party_id)
    refuse(rules.why_not_act(actor.role, "manage", party.standing))
    if party.kind == Party.Kind.FREELANCER:
        raise Refused("party:single", "A freelancer's account belongs to one person.")
    if role not in rules.POWERS or role == "system":
        raise Refused("party:unknown_role", "Choose one of the roles.", field="role")
    get_user(user_id)
    seat, _ = Seat.objects.update_or_create(
        party=party, user_id=user_id, defaults={"role": role}, create_defaults={"role": role, "since": clock.now()}
    )
    events.record("seat:added", party.id, actor, user=user_id, role=role)
    return seat


@action
def switch_party(user_id: int, party_id: str) -> None:
    """Remember which party a person acts for."""
    if not Seat.objects.filter(user_id=user_id, party_id=party_id).exists():
        raise NotFound("account")
    User.objects.filter(pk=user_id).update(last_party_id=party_id)


@action
def update_person(user_id: int, *, name: str, time_zone: str, language: str, country: str) -> User:
    """Change a person's own settings."""
    refuse(rules.why_not_name(name))
    user = User.objects.select_for_update().get(pk=user_id)
    user.name, user.time_zone, user.language, user.country = name.strip(), time_zone, language, country
    user.save(update_fields=["name", "time_zone", "language", "country"])
    # A freelancer's account is the person: what it shows goes along.
    mine = Party.objects.filter(kind=Party.Kind.FREELANCER, seats__user=user)
    for party in mine.exclude(name=user.name, country=country, time_zone=time_zone):
        Party.objects.filter(pk=party.pk).update(name=user.name, country=country, time_zone=time_zone)
        events.record("party:renamed", party.pk, None)
    return user


@action
def note_password_change(user_id: int) -> None:
    """Keep that a person has a new password, and when."""
    events.record(PASSWORD_CHANGED, str(user_id))


@action
def touch_party(party_id: str) -> None:
    """Note that a party is active; at most one write in ten minutes."""
    now = clock.now()
    recent = now - rules.ACTIVE_STEP
    Party.objects.filter(pk=party_id).exclude(last_active_at__gt=recent).update(last_active_at=now)


@action
def create_token(actor: Actor, label: str, scopes: list[str]) -> tuple[Token, str]:
    """Make an API token; the secret is returned once and never kept."""
    if not label.strip():
        raise Refused("token:label", "Name the token, so that you know it again.", field="label")
    unknown = set(scopes) - rules.SCOPES
    if unknown or not scopes:
        raise Refused("token:scope", "Choose what the token may do.", field="scopes")
    secret = "hh_" + secrets.token_urlsafe(32)
    token = Token.objects.create(
        user_id=actor.user_id,
        party_id=actor.party_id,
        label=label.strip()[:80],
        digest=hashlib.sha256(secret.encode()).hexdigest(),
        scopes=sorted(scopes),
        created_at=clock.now(),
    )
    events.record("token:created", token.id, actor, scopes=token.scopes)
    return token, secret


@action
def revoke_token(actor: Actor, token_id: str) -> None:
    """End a token at once."""
    changed = Token.objects.filter(
        pk=token_id, user_id=actor.user_id, party_id=actor.party_id, revoked_at=None
    ).update(revoked_at=clock.now())
    if not changed:
        raise NotFound("token")
    events.record("token:revoked", token_id, actor)
