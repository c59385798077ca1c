"""API of the account: who am I, what can I act as, and tokens for programs.

Signing up and in by program is allauth's JSON API under /api/account/app/v1/; the session token that it gives is
good for one thing here: making an API token.
"""

from allauth.headless.internal.sessionkit import authenticate_by_x_session_token
from ninja import Router, Schema
from ninja.security import APIKeyHeader

from hirehall.kernel.errors import NotFound
from hirehall.people.accounts.actions import create_token
from hirehall.people.accounts.queries import find_actor, list_seats
from hirehall.people.accounts.rules import SCOPES
from hirehall.people.accounts.scopes import needs, opens_with_session

router = Router(tags=["account"])


class SessionAuth(APIKeyHeader):
    """`X-Session-Token: ...` of somebody who has signed in by /api/account/, second factor included."""

    param_name = "X-Session-Token"

    def authenticate(self, request, key: str | None):
        found = authenticate_by_x_session_token(key) if key else None
        if found is None:
            return None
        request.actor = find_actor(found[0], None)
        return found[0]


class TokenIn(Schema):
    """A name, what the token may do (all scopes when left out), and for which party (the last one when left out)."""

    label: str
    scopes: list[str] = sorted(SCOPES)
    party_id: str = ""


class TokenOut(Schema):
    """`secret` is shown this once."""

    id: str
    label: str
    scopes: list[str]
    party_id: str
    secret: str


class SeatOut(Schema):
    party_id: str
    name: str
    kind: str
    role: str


class MeOut(Schema):
    user_id: int
    party_id: str
    name: str
    kind: str
    role: str
    time_zone: str
    seats: list[SeatOut]


@router.get("/me", response=MeOut)
@needs("read")
def me(request):
    """The person and party that this token acts for."""
    actor = request.actor
    seats = [
        {"party_id": s.party_id, "name": s.party.name, "kind": s.party.kind, "role": s.role}
        for s in list_seats(actor.user_id)
    ]
    return {**{k: getattr(actor, k) for k in ("user_id", "party_id", "name", "kind", "role", "time_zone")},
            "seats": seats}


@router.post("/tokens", response={201: TokenOut}, auth=SessionAuth())
@opens_with_session
def make_token(request, given: TokenIn):
    """Make an API token after signing in by program."""
    actor = request.actor
    if given.party_id and given.party_id != actor.party_id:
        if all(seat.party_id != given.party_id for seat in list_seats(actor.user_id)):
            raise NotFound("party")
        actor = find_actor(request.auth, given.party_id)
    token, secret = create_token(actor, given.label, given.scopes)
    return 201, {
        "id": str(token.pk), "label": token.label, "scopes": token.scopes, "party_id": token.party_id or "", "secret": secret,
    }  # fmt: skip
