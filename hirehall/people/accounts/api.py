"""API of the account: who am I, and what can I act as."""

from ninja import Router, Schema

from hirehall.people.accounts.queries import list_seats
from hirehall.people.accounts.scopes import needs

router = Router(tags=["account"])


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
