"""What the gateway and the clock decide: verifications, results of charges, refunds and payouts, security days.

Every message is taken in once by its id, and each state moves only forward (the tables in rules.py), so messages
that come twice, late or in the wrong order change nothing.
"""

from collections import Counter

from procrastinate.contrib.django import app as jobs

from hirehall.kernel import clock, events, live
from hirehall.kernel.atomic import action
from hirehall.kernel.inserts import insert_new
from hirehall.money.ledger.actions import post
from hirehall.money.ledger.chart import Address
from hirehall.money.ledger.rules import Entry
from hirehall.money.payments import chargebacks, queries, rules
from hirehall.money.payments.gateways.port import News
from hirehall.money.payments.models import Charge, Hold, Method, Refund, WebhookReceipt
from hirehall.money.payments.outcomes import take_payout
from hirehall.money.payments.rules import ChargeState, MethodState, RefundState

CLEARED_AT_ONCE = 1_000


@action
def take_news(gateway: str, news: News) -> bool:
    """Take in one piece of news of a gateway; False when it was known already, or is about nothing of ours.

    One company may serve several markets under one name: what another of them asked is not ours.
    """
    subject_id = news.key.partition(":")[2]
    if not queries.has_subject(news.kind, subject_id, gateway):
        return False
    is_new = insert_new(WebhookReceipt(id=f"{gateway}:{news.id}"[:80], gateway=gateway, kind=news.kind, at=clock.now()))
    if is_new:
        _TAKERS[news.kind](subject_id, news)
    return is_new


def _take_verification(method_id: str, news: News) -> None:
    method = Method.objects.select_for_update().get(pk=method_id)
    state = MethodState(news.state)
    if state not in rules.METHOD_MOVES.get(method.state, ()):
        return
    method.state, method.reason = state, news.reason
    if state == MethodState.VERIFIED:
        method.verified_at = clock.now()
        method.is_default = _take_place(method) or method.is_default
        events.record("method:verified", method.id, party=method.party_id)
    elif state == MethodState.FAILED:
        method.is_default = False
        events.record("method:failed", method.id, party=method.party_id, reason=news.reason)
    method.save(update_fields=["state", "reason", "verified_at", "is_default"])
    live.push(f"party:{method.party_id}", "money")


def _take_place(method: Method) -> bool:
    """A verified card takes the place of the one that it replaces; True when that one was the default."""
    old = Method.objects.select_for_update().filter(pk=method.replaces_id, removed_at=None).first()
    if old is None:
        return False
    Method.objects.filter(pk=old.pk).update(removed_at=clock.now(), is_default=False)
    events.record("method:removed", old.id, party=old.party_id)
    jobs.configure_task("payments.forget_card").defer(method_id=old.id)
    return old.is_default


def _take_charge(charge_id: str, news: News) -> None:
    charge = Charge.objects.select_for_update().get(pk=charge_id)
    state = ChargeState(news.state)
    if state not in rules.CHARGE_MOVES.get(charge.state, ()):
        return
    charge.state, charge.reason = state, news.reason
    about = {"purpose": charge.purpose, "subject_id": charge.subject_id, "party": charge.party_id}
    if state == ChargeState.SETTLED:
        charge.done_at = clock.now()
        _book_charge(charge)
        told = {"amount": charge.goal_minor, "fees": charge.fees_minor, "unit": charge.unit}
        events.record("charge:settled", charge.id, **about, **told)
        chargebacks.tell_early_news(charge)
    elif state == ChargeState.FAILED:
        charge.done_at = clock.now()
        # Nothing may pay it later, when its owner has paid another way.
        jobs.configure_task("payments.drop_charge").defer(charge_id=charge.id)
        about |= {"amount": charge.goal_minor, "unit": charge.unit}
        events.record("charge:failed", charge.id, **about, reason=news.reason)
    elif state == ChargeState.NEEDS_ACTION:
        about |= {"amount": charge.amount_minor, "unit": charge.unit}
        events.record("charge:needs_action", charge.id, **about)
    charge.save(update_fields=["state", "reason", "done_at"])
    live.push(f"party:{charge.party_id}", "money")


def _book_charge(charge: Charge) -> None:
    """Money comes in to the party and goes on at once to what it was asked for, and to each fee on it."""
    kind, owned = rules.PURPOSES[charge.purpose]
    goal = Address(kind, charge.subject_id, charge.party_id) if owned else Address(kind)
    free = Address("available", charge.party_id)
    cause = {**charge.memo, "method": str(charge.method)}
    amount, unit = charge.amount_minor, charge.unit
    post(
        [
            Entry(Address("gateway"), free, amount, unit, "charge", f"charge:{charge.id}", cause),
            Entry(free, goal, charge.goal_minor, unit, f"{charge.purpose}_payment", f"paid:{charge.id}", cause),
            *(
                Entry(free, Address(fee.kind), fee.amount, unit, fee.code, f"{fee.code}:{fee.on}:{charge.id}", {**cause, **fee.memo()})
                for fee in charge.fees_of(charge.goal_minor)
            ),
        ]
    )


def _take_refund(refund_id: str, news: News) -> None:
    refund = Refund.objects.select_for_update().select_related("charge__method").get(pk=refund_id)
    state = RefundState(news.state)
    if state not in rules.REFUND_MOVES.get(refund.state, ()):
        return
    was_paid = refund.state == RefundState.PAID
    refund.state, refund.reason, refund.done_at = state, news.reason, clock.now()
    refund.save(update_fields=["state", "reason", "done_at"])
    away = Address("gateway") if was_paid else Address("refund", refund.party_id)
    cause = {**refund.memo, "method": str(refund.charge.method)}
    if state == RefundState.PAID:
        goal, code = Address("gateway"), "refund_paid"
    else:
        # The card took nothing back: the money stays with the client, who can withdraw it.
        goal, code = Address("available", refund.party_id), "refund_failed"
    post([Entry(away, goal, refund.amount_minor, refund.unit, code, f"{code}:{refund.id}", cause)])
    about = {"party": refund.party_id, "charge": refund.charge_id, "amount": refund.amount_minor, "unit": refund.unit}
    events.record(f"refund:{state}", refund.id, **about, was_paid="yes" if was_paid else "no")


_TAKERS = {
    "verification": _take_verification,
    "charge": _take_charge,
    "refund": _take_refund,
    "payout": take_payout,
    "dispute": chargebacks.take_dispute,
}


@action
def clear_due_holds() -> int:
    """Make a batch of earnings available whose security days are over; returns how many."""
    now = clock.now()
    due = list(
        Hold.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(cleared_at=None, due_at__lte=now)
        .order_by("due_at", "id")[:CLEARED_AT_ONCE]
    )
    post(
        [
            Entry(
                Address("pending", hold.party_id),
                Address("available", hold.party_id),
                hold.net_left_minor,
                hold.unit,
                "cleared",
                f"cleared:{hold.id}",
                hold.memo,
            )
            for hold in due
            if hold.net_left_minor
        ]
    )
    Hold.objects.filter(pk__in=[hold.pk for hold in due]).update(cleared_at=now)
    cleared: Counter[tuple[str, str]] = Counter()
    for hold in due:
        cleared[hold.party_id, hold.unit] += hold.net_left_minor
    for (party_id, unit), amount in sorted(cleared.items()):
        events.record("earnings:cleared", party_id, party=party_id, amount=amount, unit=unit)
        live.push(f"party:{party_id}", "money")
    return len(due)


def clear_all_due_holds() -> int:
    """Batch after batch, each in its own transaction."""
    cleared = 0
    while batch := clear_due_holds():
        cleared += batch
    return cleared
