"""Adjustments by hand, with four eyes: one of the staff proposes, another approves, only then the money moves."""

from datetime import timedelta

from hirehall.kernel import clock, events
from hirehall.kernel.atomic import act_on_each, action
from hirehall.kernel.errors import NotFound, refuse
from hirehall.money.books import queries, rules
from hirehall.money.books.models import Adjustment
from hirehall.money.books.policy import numbers
from hirehall.money.books.rules import AdjustmentState, Side, Terms
from hirehall.money.payments.actions.adjustments import post_adjustment
from hirehall.people.accounts.actors import Actor
from hirehall.people.accounts.queries import get_party, list_seats


@action
def propose_adjustment(actor: Actor, terms: Terms) -> Adjustment:
    """Ask for money to be put right. Nothing moves before another person approves it."""
    _need_staff(actor)
    refuse(rules.why_not_propose(terms, _seats(actor), numbers()))
    for side in (terms.source, terms.target):
        if side.account == rules.PARTY:
            get_party(side.party_id)
    now = clock.now()
    adjustment = Adjustment.objects.create(
        source_account=terms.source.account,
        source_party_id=terms.source.party_id or None,
        target_account=terms.target.account,
        target_party_id=terms.target.party_id or None,
        amount_minor=terms.amount,
        unit=terms.unit,
        reason=terms.reason.strip(),
        evidence=terms.evidence.strip(),
        proposed_by_id=actor.user_id,
        proposed_at=now,
        expires_at=now + timedelta(days=numbers().adjustment_days),
    )
    _record("proposed", adjustment, actor)
    return adjustment


@action
def approve_adjustment(actor: Actor, adjustment_id: str, decision: str = "") -> Adjustment:
    """Approve what another person proposed; the money moves in the same transaction.

    Refuses ledger:too_little when the source no longer holds enough; the proposal then stays open.
    """
    adjustment = _lock_to_decide(actor, adjustment_id)
    source, target = sides_of(adjustment)
    refuse(rules.why_concerned(source, target, _seats(actor)))
    _decide(adjustment, AdjustmentState.APPROVED, actor, decision)
    post_adjustment(
        adjustment_id=adjustment.id,
        source=(source.account, source.party_id),
        target=(target.account, target.party_id),
        amount=adjustment.amount_minor,
        unit=adjustment.unit,
        reason=adjustment.reason,
        proposed_by=adjustment.proposed_by_id,
        approved_by=adjustment.decided_by_id,
    )
    _record("approved", adjustment, actor)
    return adjustment


@action
def decline_adjustment(actor: Actor, adjustment_id: str, decision: str) -> Adjustment:
    """Say no to what another person proposed, with the reason."""
    adjustment = _lock_to_decide(actor, adjustment_id)
    refuse(rules.why_not_reason(decision, numbers()))
    _decide(adjustment, AdjustmentState.DECLINED, actor, decision)
    _record("declined", adjustment, actor)
    return adjustment


@action
def withdraw_adjustment(actor: Actor, adjustment_id: str) -> Adjustment:
    """Take back one's own proposal."""
    adjustment = queries.lock_adjustment_for(actor, adjustment_id)
    is_proposer = adjustment.proposed_by_id == actor.user_id
    refuse(rules.why_not_withdraw(adjustment.state, is_proposer=is_proposer))
    _decide(adjustment, AdjustmentState.WITHDRAWN, actor, "")
    _record("withdrawn", adjustment, actor)
    return adjustment


def expire_due_adjustments() -> int:
    """Let lapse what nobody decided on in time; returns how many."""
    return act_on_each(queries.list_due_adjustments(clock.now()), expire_adjustment)


@action
def expire_adjustment(adjustment_id: str) -> None:
    """Let one lapse; one that was decided meanwhile stays as it is."""
    adjustment = Adjustment.objects.select_for_update().get(pk=adjustment_id)
    if adjustment.state == AdjustmentState.PROPOSED and adjustment.expires_at <= clock.now():
        adjustment.state, adjustment.decided_at = AdjustmentState.EXPIRED, clock.now()
        adjustment.save(update_fields=["state", "decided_at"])
        _record("expired", adjustment, None)


def sides_of(adjustment: Adjustment) -> tuple[Side, Side]:
    return (
        Side(adjustment.source_account, adjustment.source_party_id or ""),
        Side(adjustment.target_account, adjustment.target_party_id or ""),
    )


def _need_staff(actor: Actor) -> None:
    if not actor.is_staff or actor.user_id is None:
        raise NotFound("adjustment")


def _seats(actor: Actor) -> set[str]:
    return {seat.party_id for seat in list_seats(actor.user_id or 0)}


def _lock_to_decide(actor: Actor, adjustment_id: str) -> Adjustment:
    adjustment = queries.lock_adjustment_for(actor, adjustment_id)
    is_proposer, is_over = adjustment.proposed_by_id == actor.user_id, adjustment.expires_at <= clock.now()
    refuse(rules.why_not_decide(adjustment.state, is_proposer=is_proposer, is_over=is_over))
    return adjustment


def _decide(adjustment: Adjustment, state: AdjustmentState, actor: Actor, decision: str) -> None:
    adjustment.state, adjustment.decision = state, decision.strip()[: numbers().reason_max]
    adjustment.decided_by_id, adjustment.decided_at = actor.user_id, clock.now()
    adjustment.save(update_fields=["state", "decision", "decided_by", "decided_at"])


def _record(verb: str, adjustment: Adjustment, actor: Actor | None) -> None:
    events.record(
        f"adjustment:{verb}",
        adjustment.id,
        actor,
        source=adjustment.source_account,
        source_party=adjustment.source_party_id,
        target=adjustment.target_account,
        target_party=adjustment.target_party_id,
        amount=adjustment.amount_minor,
        unit=adjustment.unit,
        reason=adjustment.reason,
        decision=adjustment.decision,
    )
