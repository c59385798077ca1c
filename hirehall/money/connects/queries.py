"""Reads of Connects: what is held, when it expires, and the history of every Connect."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, Sum

from hirehall.kernel import clock
from hirehall.kernel.errors import NotFound
from hirehall.kernel.together import Figure
from hirehall.kernel.units import CONNECT
from hirehall.money.connects.models import Lot, PlanGrant, Purchase, Spending
from hirehall.money.connects.policy import numbers
from hirehall.money.ledger import queries as ledger
from hirehall.money.ledger.entries import EntryList
from hirehall.people.accounts.actors import Actor


def connects_of(party_id: str) -> Figure:
    """The same number, to be asked for together with others."""
    return ledger.balance_of("connects", party_id, CONNECT)


def connects_held(party_id: str) -> int:
    """How many Connects a party can spend now."""
    return ledger.balance("connects", party_id, CONNECT)


def list_history_for(actor: Actor) -> EntryList:
    """Every movement of the party's Connects, newest first, with the balance after it."""
    return EntryList(str(actor.party_id), CONNECT)


def list_lots_for(actor: Actor) -> list[Lot]:
    """What is left, by when it expires."""
    return list(Lot.objects.filter(party_id=actor.party_id, left__gt=0).order_by("expires_at", "id"))


@dataclass(frozen=True)
class Expiry:
    """Connects that expire together."""

    on: datetime
    connects: int


def list_soon_expiring_for(actor: Actor) -> list[Expiry]:
    """What expires in the next 30 days, one row a moment."""
    until = clock.now() + timedelta(days=numbers().soon_days)
    found = Lot.objects.filter(party_id=actor.party_id, left__gt=0, expires_at__lt=until)
    rows = found.values_list("expires_at").annotate(total=Sum("left")).order_by("expires_at")
    return [Expiry(on, total) for on, total in rows]


def lock_lots(party_id: str) -> list[Lot]:
    """A party's lots that hold something, oldest expiry first, locked in that order."""
    found = Lot.objects.select_for_update().filter(party_id=party_id, left__gt=0)
    return list(found.order_by("expires_at", "id"))


def find_spending(ref: str) -> Spending | None:
    return Spending.objects.filter(ref=ref).first()


def get_purchase_for(actor: Actor, purchase_id: str) -> Purchase:
    found = Purchase.objects.filter(pk=purchase_id, party_id=actor.party_id).first()
    if found is None:
        raise NotFound("purchase")
    return found


def list_purchases_for(actor: Actor) -> list[Purchase]:
    """The last purchases, newest first."""
    return list(Purchase.objects.filter(party_id=actor.party_id).order_by("-id")[:10])


def list_parties_due_for_month(month: str, starts_at: datetime, limit: int) -> list[str]:
    """Parties that joined before a month and have not yet had its Connects; a paid plan brings its own."""
    had = Lot.objects.filter(ref__startswith=f"monthly:{month}:")
    found = Lot.objects.filter(~Q(party_id__in=had.values("party_id")), reason="new_account", granted_at__lt=starts_at)
    found = found.exclude(party_id__in=PlanGrant.objects.values("party_id"))
    return list(found.order_by("party_id").values_list("party_id", flat=True).distinct()[:limit])


def has_plan_grant(party_id: str) -> bool:
    """True when a paid plan brings a party its monthly Connects."""
    return PlanGrant.objects.filter(party_id=party_id).exists()


def list_wrong_lots() -> list[tuple[str, int, int]]:
    """Parties whose lots and ledger do not agree: (party, ledger, lots); empty when all is right."""
    in_lots = dict(Lot.objects.values_list("party_id").annotate(total=Sum("left")))
    booked = {party: total for (party, _), total in ledger.balances_of_kind("connects").items()}
    return [
        (party, booked.get(party, 0), in_lots.get(party, 0))
        for party in sorted({*in_lots, *booked})
        if booked.get(party, 0) != in_lots.get(party, 0)
    ]
