"""Writes of Connects: grant, spend, give back, expire, buy. Lots are locked first, then the ledger's accounts."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from hirehall.kernel import clock, events, live
from hirehall.kernel.atomic import action
from hirehall.kernel.errors import Refused, refuse
from hirehall.kernel.ids import new_id
from hirehall.kernel.inserts import insert_new
from hirehall.kernel.money import format_money
from hirehall.kernel.units import CONNECT
from hirehall.money.connects import queries, rules
from hirehall.money.connects.models import Draw, Lot, PlanGrant, Purchase, Spending
from hirehall.money.connects.policy import numbers
from hirehall.money.ledger.actions import post
from hirehall.money.ledger.chart import Address
from hirehall.money.ledger.rules import Entry
from hirehall.money.payments.actions.charges import request_charge
from hirehall.people.accounts.actors import Actor
from hirehall.people.accounts.queries import get_party

EXPIRED_AT_ONCE = 1_000
GRANTED_AT_ONCE = 1_000


@action
def grant_connects(party_id: str, amount: int, reason: str, ref: str, memo: dict[str, Any] | None = None) -> Lot:
    """Give Connects as a new lot. The same `ref` again returns the first lot and gives nothing."""
    now = clock.now()
    lot = Lot(
        ref=ref, party_id=party_id, amount=amount, left=amount, reason=reason, granted_at=now, expires_at=rules.expiry(now, numbers())
    )
    if insert_new(lot):
        post([_granted(lot, memo)])
        live.push(f"party:{party_id}", "connects")
        return lot
    lot = Lot.objects.get(ref=ref)
    if (lot.party_id, lot.amount) != (party_id, amount):
        raise Refused("connects:ref_reused", "This reference was used before for something else.")
    return lot


def _granted(lot: Lot, memo: dict[str, Any] | None = None) -> Entry:
    cause = {**(memo or {}), "reason": lot.reason}
    goal = Address("connects", lot.party_id)
    return Entry(Address("issue"), goal, lot.amount, CONNECT, "grant", f"grant:{lot.id}", cause)


@action
def spend_connects(
    actor: Actor, amount: int, ref: str, reason: str, memo: dict[str, Any] | None = None
) -> Spending | None:
    """Take Connects from the actor's party, those that expire first. Free things cost nothing and leave no row.

    Refuses connects:too_few. The same `ref` again returns the first spending.
    """
    party_id = str(actor.party_id)
    lots = queries.lock_lots(party_id)
    had = queries.find_spending(ref)
    if had is not None or amount == 0:
        if had is not None and (had.party_id, had.amount) != (party_id, amount):
            raise Refused("connects:ref_reused", "This reference was used before for something else.")
        return had
    now = clock.now()
    lots = [lot for lot in lots if lot.expires_at > now]
    refuse(rules.why_not_spend(amount, sum(lot.left for lot in lots)))
    spending = Spending.objects.create(
        party_id=party_id, user_id=actor.user_id, amount=amount, reason=reason, ref=ref, memo=memo or {}, at=now
    )
    _draw(spending, lots)
    cause = {**(memo or {}), "reason": reason, "by": actor.user_id}
    post(
        [Entry(Address("connects", party_id), Address("used"), amount, CONNECT, "spend", f"spend:{spending.id}", cause)]
    )
    live.push(f"party:{party_id}", "connects")
    return spending


def _draw(spending: Spending, lots: Iterable[Lot]) -> None:
    wanted, draws, changed = spending.amount, [], []
    for lot in lots:
        part = min(wanted, lot.left)
        if part:
            lot.left -= part
            wanted -= part
            changed.append(lot)
            draws.append(Draw(spending=spending, lot=lot, amount=part))
    Lot.objects.bulk_update(changed, ["left"])
    Draw.objects.bulk_create(draws)


@action
def refund_connects(ref: str, reason: str, new_ref: str) -> int:
    """Give back what was spent under `ref`, into the lots it came from; returns how many Connects. Only once.

    What would expire at once or soon gets a new lot with some time left, so that a return is worth something.
    """
    spending = Spending.objects.select_for_update().filter(ref=ref).first()
    if spending is None or spending.returned_at is not None:
        return 0
    now = clock.now()
    soon = now + timedelta(days=numbers().returned_lifetime_days)
    draws = list(spending.draws.order_by("lot_id"))
    locked = Lot.objects.select_for_update().filter(pk__in=[d.lot_id for d in draws])
    lots = {lot.id: lot for lot in locked.order_by("expires_at", "id")}
    late = 0
    for draw in draws:
        lot = lots[draw.lot_id]
        if lot.expires_at < soon:
            late += draw.amount
        else:
            lot.left += draw.amount
    Lot.objects.bulk_update(lots.values(), ["left"])
    if late:
        Lot.objects.create(
            party_id=spending.party_id, amount=late, left=late, reason="returned", ref=f"returned:{new_ref}"[:100],
            granted_at=now, expires_at=soon,
        )  # fmt: skip
    spending.returned_at, spending.returned_ref = now, new_ref
    spending.save(update_fields=["returned_at", "returned_ref"])
    cause = {**spending.memo, "reason": reason, "spent_on": spending.reason}
    goal = Address("connects", spending.party_id)
    post([Entry(Address("used"), goal, spending.amount, CONNECT, "return", f"return:{new_ref}", cause)])
    events.record("connects:returned", spending.id, party=spending.party_id, connects=spending.amount, reason=reason)
    live.push(f"party:{spending.party_id}", "connects")
    return spending.amount


@action
def buy_connects(actor: Actor, bundle: int) -> Purchase:
    """Charge the party's card for a bundle; the Connects come when the charge is settled."""
    refuse(rules.why_not_buy(bundle, actor.kind, numbers()))
    purchase = Purchase.objects.create(
        id=new_id(),
        party_id=actor.party_id,
        connects=bundle,
        price_minor=rules.bundle_price(bundle, numbers()),
        unit=numbers().unit,
        asked_at=clock.now(),
    )
    request_charge(
        actor,
        party_id=str(actor.party_id),
        purpose="connects",
        subject_id=purchase.id,
        amount=purchase.price_minor,
        unit=purchase.unit,
        ref=f"connects:{purchase.id}",
        memo={"connects": bundle},
    )
    return purchase


@action
def settle_purchase(purchase_id: str, paid: bool, reason: str = "") -> Purchase:
    """Give the Connects of a paid purchase, or note why it failed. Repeating it changes nothing."""
    purchase = Purchase.objects.select_for_update().get(pk=purchase_id)
    if purchase.state != "asked":
        return purchase
    purchase.state, purchase.reason, purchase.done_at = "paid" if paid else "failed", reason, clock.now()
    purchase.save(update_fields=["state", "reason", "done_at"])
    if paid:
        price = format_money(purchase.price_minor, purchase.unit)
        grant_connects(purchase.party_id, purchase.connects, "bought", f"bought:{purchase.id}", {"price": price})
    return purchase


@action
def expire_due_lots() -> int:
    """Take a batch of lots whose time is over; returns how many lots."""
    now = clock.now()
    due = list(
        Lot.objects.select_for_update(skip_locked=True)
        .filter(left__gt=0, expires_at__lte=now)
        .order_by("expires_at", "id")[:EXPIRED_AT_ONCE]
    )
    post(
        [
            Entry(
                Address("connects", lot.party_id),
                Address("expired"),
                lot.left,
                CONNECT,
                "expire",
                f"expire:{lot.id}:{lot.left}",
                {"reason": "expired", "lot": lot.reason, "granted": lot.granted_at.isoformat()},
            )
            for lot in due
        ]
    )
    Lot.objects.filter(pk__in=[lot.pk for lot in due]).update(left=0)
    return len(due)


@action
def grant_monthly() -> int:
    """Give a batch of parties the Connects of this month; returns how many parties. Each gets them once."""
    now = clock.now()
    month = rules.month_of(now)
    parties = queries.list_parties_due_for_month(month, rules.month_start(now), GRANTED_AT_ONCE)
    lots = Lot.objects.bulk_create(
        [
            Lot(
                party_id=party_id,
                amount=numbers().monthly_basic,
                left=numbers().monthly_basic,
                reason="monthly",
                ref=f"monthly:{month}:{party_id}",
                granted_at=now,
                expires_at=rules.expiry(now, numbers()),
            )
            for party_id in parties
        ]
    )
    post([_granted(lot, {"month": month}) for lot in lots])
    return len(lots)


@action
def grant_new_account(party_id: str) -> Lot | None:
    """The Connects of a new freelancer or agency, once; the monthly ones begin with the next month."""
    if get_party(party_id).kind == "client":
        return None
    return grant_connects(party_id, numbers().new_account, "new_account", f"new:{party_id}")


@action
def let_plan_grant(party_id: str, by_plan: bool) -> None:
    """Let a paid plan bring a party's monthly Connects, or the free plan's again. Repeating it changes nothing."""
    if by_plan:
        insert_new(PlanGrant(party_id=party_id, since=clock.now()))
    else:
        PlanGrant.objects.filter(party_id=party_id).delete()
