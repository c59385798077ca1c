"""Disputes of charges by banks: what the gateway tells of them, kept and passed on as facts.

The money that a bank takes back is booked by those who react to charge:disputed, charge:dispute_won and
charge:dispute_lost. A decision may be heard of before the beginning: then both are told, the beginning first. And both may
be heard of before the payment itself: then they are told when that has come.
"""

from hirehall.kernel import clock, events, live
from hirehall.kernel.inserts import insert_new
from hirehall.money.payments import rules
from hirehall.money.payments.gateways.port import News
from hirehall.money.payments.models import Charge, Chargeback
from hirehall.money.payments.rules import ChargebackState, ChargeState


def take_dispute(charge_id: str, news: News) -> None:
    """One piece of news about a dispute; settlement has locked nothing yet."""
    charge = Charge.objects.select_for_update().get(pk=charge_id)
    now, state = clock.now(), ChargebackState(news.state)
    fresh = Chargeback(
        charge=charge, party_id=charge.party_id, ref=news.about, amount_minor=news.amount, unit=news.unit,
        state=ChargebackState.OPENED, reason=news.reason, opened_at=now, answer_by=news.due_at,
    )  # fmt: skip
    was_paid = charge.state == ChargeState.SETTLED
    if insert_new(fresh) and was_paid:
        _tell_beginning(charge, fresh)
    chargeback = Chargeback.objects.select_for_update().get(ref=news.about)
    if state not in rules.CHARGEBACK_MOVES.get(chargeback.state, ()):
        return
    chargeback.state, chargeback.closed_at = state, now
    chargeback.save(update_fields=["state", "closed_at"])
    if was_paid:
        _tell_decision(charge, chargeback)


def tell_early_news(charge: Charge) -> None:
    """A locked charge has settled: what its bank said before that is passed on now."""
    for chargeback in Chargeback.objects.filter(charge=charge).order_by("id"):
        _tell_beginning(charge, chargeback)
        if chargeback.state != ChargebackState.OPENED:
            _tell_decision(charge, chargeback)


def _tell_beginning(charge: Charge, chargeback: Chargeback) -> None:
    due = chargeback.answer_by.isoformat() if chargeback.answer_by else ""
    events.record("charge:disputed", charge.id, **_about(charge, chargeback), reason=chargeback.reason, answer_by=due)


def _tell_decision(charge: Charge, chargeback: Chargeback) -> None:
    events.record(f"charge:dispute_{chargeback.state}", charge.id, **_about(charge, chargeback))
    live.push(f"party:{charge.party_id}", "money")


def _about(charge: Charge, chargeback: Chargeback) -> dict[str, str | int]:
    return {
        "chargeback": chargeback.id,
        "party": charge.party_id,
        "purpose": charge.purpose,
        "subject_id": charge.subject_id,
        "amount": chargeback.amount_minor,
        "unit": chargeback.unit,
    }
