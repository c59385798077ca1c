"""What every action of payments asks first: may this person do it, and was this reference used for the same thing."""

from typing import Any

from hirehall.kernel.errors import NotFound, Refused, refuse
from hirehall.people.accounts.actors import Actor
from hirehall.people.accounts.queries import get_party
from hirehall.people.accounts.rules import why_not_act

Memo = dict[str, Any] | None


def check_power(actor: Actor, power: str) -> None:
    if actor.party_id is None:
        raise NotFound("account")
    refuse(why_not_act(actor.role, power, get_party(actor.party_id).standing))


def same_row(row: Any, is_same: bool) -> Any:
    """A repeated reference must mean the same thing."""
    if not is_same:
        raise Refused("payment:ref_reused", "This reference was used before for something else.")
    return row
