"""Reads of whom and what a party's money was about lately: the contracts and people that a statement offers to choose."""

from dataclasses import dataclass

from hirehall.money.payments.models import Charge, Hold
from hirehall.people.accounts.actors import Actor

# Enough to reach back years for nearly everybody; older ones are found by words.
LOOKED_AT = 1_000
OFFERED = 100


@dataclass(frozen=True)
class Counterparts:
    """Contracts by id and title, and the other sides' names, the latest first."""

    contracts: list[tuple[str, str]]
    parties: list[str]


def list_counterparts_for(actor: Actor) -> Counterparts:
    """What the party's last releases, or for a client its last payments into escrow, were about."""
    if actor.is_client:
        found = Charge.objects.filter(party_id=actor.party_id, purpose="escrow")
        columns = ("memo__contract", "memo__contract_title", "memo__freelancer_name")
    else:
        found = Hold.objects.filter(party_id=actor.party_id)
        columns = ("contract_id", "memo__contract_title", "memo__client_name")
    rows = list(found.order_by("-id").values_list(*columns)[:LOOKED_AT])
    contracts = {contract: title or contract for contract, title, _ in rows if contract}
    parties = dict.fromkeys(name for _, _, name in rows if name)
    return Counterparts(list(contracts.items())[:OFFERED], sorted(parties, key=str.casefold)[:OFFERED])
