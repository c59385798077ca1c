"""The money of payments that a bank disputes: frozen, given back or taken, and who pays for work that was paid for.

What the gateway tells is kept in `payments/chargebacks.py`; here the books follow it, in any order of the news.
"""

from hirehall.kernel import clock, events, live
from hirehall.kernel.atomic import action
from hirehall.kernel.events import Event
from hirehall.money.ledger.actions import post
from hirehall.money.ledger.chart import Address
from hirehall.money.ledger.queries import balance
from hirehall.money.ledger.rules import Entry
from hirehall.money.payments import debt_queries, queries, recovery_rules
from hirehall.money.payments.actions.recovery import pay_from_guarantee
from hirehall.money.payments.models import Charge, Chargeback
from hirehall.money.payments.rules import ChargebackState

# Why its payer owes what had been passed on already.
CAUSES = {"escrow": "chargeback"}


@action
def book_chargeback(event: Event) -> None:
    """charge:disputed, charge:dispute_won, charge:dispute_lost: bring the books to where the bank's word stands."""
    chargeback = debt_queries.lock_chargeback(event.data["chargeback"])
    if chargeback.frozen_minor is None:
        _freeze(chargeback)
    if chargeback.settled_at is None and chargeback.state != ChargebackState.OPENED:
        _settle(chargeback)
    live.push(f"party:{chargeback.party_id}", "money")


def _places(chargeback: Chargeback) -> tuple[Address, Address]:
    """The escrow that was paid in, and the account in which its part is frozen."""
    escrow = Address("escrow", chargeback.charge.subject_id, chargeback.party_id)
    return escrow, Address("contested", chargeback.pk, chargeback.party_id)


def _cause(chargeback: Chargeback) -> dict[str, str]:
    return {**chargeback.charge.memo, "method": str(chargeback.charge.method)}


def _told(chargeback: Chargeback) -> dict[str, str | int | None]:
    charge = chargeback.charge
    return {
        "charge": charge.pk, "party": chargeback.party_id, "purpose": charge.purpose, "subject_id": charge.subject_id,
        "amount": chargeback.amount_minor, "frozen": chargeback.frozen_minor, "unit": chargeback.unit,
    }  # fmt: skip


def _freeze(chargeback: Chargeback) -> None:
    """Take what still lies in escrow of this charge out of reach, for as long as the bank decides."""
    part = min(chargeback.amount_minor, _in_escrow(chargeback.charge))
    chargeback.frozen_minor = part
    chargeback.save(update_fields=["frozen_minor"])
    if part:
        escrow, frozen = _places(chargeback)
        post([Entry(escrow, frozen, part, chargeback.unit, "contested", f"contested:{chargeback.pk}", _cause(chargeback))])
    events.record("chargeback:frozen", chargeback.pk, None, **_told(chargeback))


def _in_escrow(charge: Charge) -> int:
    if charge.purpose != "escrow":
        return 0
    others = queries.lock_escrow_charges(charge.subject_id)
    newer = sum(other.goal_left_minor for other in others if other.pk > charge.pk)
    return recovery_rules.part_in_escrow(balance("escrow", charge.subject_id, charge.unit), charge.goal_left_minor, newer)


def _settle(chargeback: Chargeback) -> None:
    """Book what the bank decided: back into escrow, or away, with the guarantee account paying for what was released."""
    part, unit, cause = chargeback.frozen_minor or 0, chargeback.unit, _cause(chargeback)
    escrow, frozen = _places(chargeback)
    chargeback.settled_at = clock.now()
    chargeback.save(update_fields=["settled_at"])
    if chargeback.state == ChargebackState.WON:
        if part:
            post([Entry(frozen, escrow, part, unit, "contest_won", f"contest_won:{chargeback.pk}", cause)])
        events.record("chargeback:won", chargeback.pk, None, **_told(chargeback))
        return
    away = Address("gateway")
    if part:
        post([Entry(frozen, away, part, unit, "chargeback", f"chargeback:{chargeback.pk}", cause)])
    rest = chargeback.amount_minor - part
    if rest:
        free = Address("available", chargeback.party_id)
        pay_from_guarantee(
            debtor_id=chargeback.party_id, goal=free, amount=rest, unit=unit, cause=CAUSES.get(chargeback.charge.purpose, "purchase"),
            subject_id=chargeback.pk, ref=f"chargeback:{chargeback.pk}", memo=cause,
            then=[Entry(free, away, rest, unit, "chargeback", f"chargeback_paid:{chargeback.pk}", cause)],
        )  # fmt: skip
    events.record("chargeback:lost", chargeback.pk, None, **_told(chargeback), passed_on=rest)
