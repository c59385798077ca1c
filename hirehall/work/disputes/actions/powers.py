"""Who may speak for a side."""

from hirehall.kernel.errors import refuse
from hirehall.people.accounts.actors import Actor
from hirehall.people.accounts.queries import get_party
from hirehall.people.accounts.rules import why_not_act


def refuse_role(actor: Actor) -> None:
    """Who manages the account speaks for it; also while it is suspended, as this is about its own money."""
    refuse(why_not_act(actor.role, "manage", get_party(actor.party_id or "").standing))
