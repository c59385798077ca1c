"""API of Connects."""

from datetime import datetime

from ninja import Router, Schema
from ninja.pagination import paginate

from hirehall.money.connects import history, queries, rules
from hirehall.money.connects.actions import buy_connects
from hirehall.money.connects.policy import numbers
from hirehall.people.accounts.scopes import needs

router = Router(tags=["connects"])


class ExpiryOut(Schema):
    on: datetime
    connects: int


class BundleOut(Schema):
    connects: int
    amount: int
    unit: str


class HeldOut(Schema):
    held: int
    expire_soon: list[ExpiryOut]
    bundles: list[BundleOut]


class MovementOut(Schema):
    at: datetime
    title: str
    why: str
    change: int
    balance_after: int


class BuyIn(Schema):
    bundle: int


class PurchaseOut(Schema):
    id: str
    connects: int
    amount: int
    unit: str
    state: str
    reason: str
    asked_at: datetime

    @staticmethod
    def resolve_amount(purchase) -> int:
        return purchase.price_minor


@router.get("", response=HeldOut)
@needs("read", "freelancer")
def show_connects(request):
    """How many Connects there are, what expires soon, and what can be bought."""
    actor = request.actor
    bundles = rules.bundles_for(actor.kind, numbers())
    return {
        "held": queries.connects_held(actor.party_id),
        "expire_soon": [{"on": e.on, "connects": e.connects} for e in queries.list_soon_expiring_for(actor)],
        "bundles": [
            {"connects": n, "amount": rules.bundle_price(n, numbers()), "unit": numbers().unit} for n in bundles
        ],
    }


@router.get("/history", response=list[MovementOut])
@paginate
@needs("read", "freelancer")
def list_history(request):
    """Every movement of the party's Connects, newest first."""
    return history.list_rows_for(request.actor)


@router.post("/purchases", response=PurchaseOut)
@needs("money", "freelancer")
def buy(request, given: BuyIn):
    """Buy a bundle with the default card. The Connects come when the charge is settled."""
    return buy_connects(request.actor, given.bundle)


@router.get("/purchases/{purchase_id}", response=PurchaseOut)
@needs("read", "freelancer")
def show_purchase(request, purchase_id: str):
    """What became of a purchase: asked, paid or failed."""
    return queries.get_purchase_for(request.actor, purchase_id)
