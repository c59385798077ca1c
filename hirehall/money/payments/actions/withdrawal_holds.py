"""Withdrawals that a person looks at: placed by staff, appealed by the owner, decided, or let go when time is over."""

from hirehall.kernel import clock, events
from hirehall.kernel.atomic import act_on_each, action
from hirehall.kernel.errors import NotFound, Refused, refuse
from hirehall.money.payments import hold_rules, outcomes, payout_queries
from hirehall.money.payments.actions.payouts import place_hold, send_when_due
from hirehall.money.payments.actions.powers import check_power
from hirehall.money.payments.hold_rules import Found, HoldOutcome, HoldRule
from hirehall.money.payments.models import WithdrawalHold
from hirehall.money.payments.policy import payout_numbers
from hirehall.money.payments.rules import WithdrawalState
from hirehall.people.accounts.actors import Actor

TOO_LATE = Refused("hold:decided", "This was decided already.")


def _check_staff(actor: Actor) -> None:
    if not actor.is_staff:
        raise NotFound("page")


@action
def hold_withdrawal(actor: Actor, withdrawal_id: str, reason: str) -> WithdrawalHold:
    """Staff keep a withdrawal that has not left, with a reason that its owner reads."""
    _check_staff(actor)
    withdrawal = payout_queries.lock_any_withdrawal(withdrawal_id)
    refuse(hold_rules.why_not_text(reason, payout_numbers().text_max, "hold:reason", "reason"))
    if withdrawal.state != WithdrawalState.ASKED or not withdrawal.can_be_undone:
        raise Refused("withdrawal:left", "This withdrawal has left already, or is held.")
    if payout_queries.find_hold_of(withdrawal.id):
        raise Refused("hold:twice", "This withdrawal was held and let go; it is not held a second time.")
    withdrawal.state = WithdrawalState.HELD
    withdrawal.save(update_fields=["state"])
    inputs = {"amount_minor": withdrawal.amount_minor, "unit": withdrawal.unit}
    return place_hold(withdrawal, Found(HoldRule.BY_STAFF, inputs, reason.strip()), actor)


@action
def appeal_hold(actor: Actor, withdrawal_id: str, text: str) -> WithdrawalHold:
    """The owner answers; staff sees it first. A second answer before the decision replaces the first."""
    check_power(actor, "withdraw")
    withdrawal = payout_queries.lock_own_withdrawal(actor, withdrawal_id)
    hold = payout_queries.find_hold_of(withdrawal.id)
    if hold is None:
        raise Refused("hold:none", "This withdrawal is not held.")
    if hold.outcome != HoldOutcome.OPEN:
        raise TOO_LATE
    refuse(hold_rules.why_not_text(text, payout_numbers().text_max, "hold:appeal", "text"))
    hold.appeal, hold.appealed_at = text.strip(), hold.appealed_at or clock.now()
    hold.save(update_fields=["appeal", "appealed_at"])
    events.record("withdrawal:appealed", withdrawal.id, actor, party=withdrawal.party_id)
    return hold


@action
def decide_hold(actor: Actor, hold_id: str, release: bool, reason: str) -> WithdrawalHold:
    """Staff let a withdrawal go, or refuse it: then the money is available again. The owner reads the reason."""
    _check_staff(actor)
    refuse(hold_rules.why_not_text(reason, payout_numbers().text_max, "hold:reason", "reason"))
    return _end_hold(hold_id, HoldOutcome.RELEASED if release else HoldOutcome.REFUSED, reason.strip(), actor)


@action
def release_hold_in_time(hold_id: str) -> WithdrawalHold:
    """Nobody decided: undisputed earnings are not kept for ever."""
    reason = "Nobody decided in time, so the withdrawal goes on."
    return _end_hold(hold_id, HoldOutcome.EXPIRED, reason, None)


def _end_hold(hold_id: str, outcome: HoldOutcome, reason: str, actor: Actor | None) -> WithdrawalHold:
    now = clock.now()
    # The withdrawal first, then its hold: the order in which its owner takes it back.
    withdrawal = payout_queries.lock_withdrawal_of_hold(hold_id)
    hold = payout_queries.lock_hold(hold_id)
    if hold.outcome != HoldOutcome.OPEN or (outcome == HoldOutcome.EXPIRED and hold.decide_by > now):
        raise TOO_LATE
    hold.outcome, hold.decision, hold.decided_at = outcome, reason, now
    hold.decided_by_id = actor.user_id if actor else None
    hold.save(update_fields=["outcome", "decision", "decided_at", "decided_by"])
    if outcome == HoldOutcome.REFUSED:
        outcomes.give_back(withdrawal, WithdrawalState.REFUSED, "after_review")
        return hold
    withdrawal.state, withdrawal.send_at = WithdrawalState.ASKED, now
    withdrawal.save(update_fields=["state", "send_at"])
    send_when_due(withdrawal)
    about = {"party": withdrawal.party_id, "amount": withdrawal.amount_minor, "unit": withdrawal.unit}
    events.record("withdrawal:let_go", withdrawal.id, actor, **about, in_time=outcome == HoldOutcome.EXPIRED)
    return hold


def release_overdue_holds() -> int:
    """Each in its own transaction."""
    return act_on_each(payout_queries.list_overdue_holds(clock.now()), _release_or_leave)


def _release_or_leave(hold_id: str) -> None:
    """Somebody decided at the same moment: then there is nothing left to do."""
    try:
        release_hold_in_time(hold_id)
    except Refused as refusal:
        if refusal.code != TOO_LATE.code:
            raise
