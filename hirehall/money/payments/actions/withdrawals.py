"""A withdrawal after it was asked for: taken back, tried again, and handed to the gateway."""

from datetime import timedelta

from hirehall.kernel import clock
from hirehall.kernel.atomic import action
from hirehall.kernel.errors import Refused
from hirehall.money.payments import outcomes, payout_queries, queries
from hirehall.money.payments.actions.payouts import ask_withdrawal
from hirehall.money.payments.actions.powers import check_power
from hirehall.money.payments.models import Withdrawal
from hirehall.money.payments.policy import payout_numbers
from hirehall.money.payments.rules import WithdrawalState
from hirehall.people.accounts.actors import Actor


@action
def take_back_withdrawal(actor: Actor, withdrawal_id: str) -> Withdrawal:
    """Take a withdrawal back that has not left; amount and fee are available again."""
    check_power(actor, "withdraw")
    withdrawal = payout_queries.lock_own_withdrawal(actor, withdrawal_id)
    if withdrawal.state == WithdrawalState.UNDONE:
        return withdrawal
    if not withdrawal.can_be_undone:
        raise Refused("withdrawal:left", "This withdrawal has left already and cannot be taken back.")
    outcomes.give_back(withdrawal, WithdrawalState.UNDONE)
    return withdrawal


@action
def retry_withdrawal(actor: Actor, withdrawal_id: str, method_id: str | None = None) -> Withdrawal:
    """Send what came back once more, to the same method or another; each one once."""
    check_power(actor, "withdraw")
    old = payout_queries.lock_own_withdrawal(actor, withdrawal_id)
    if not old.came_back:
        raise Refused("withdrawal:not_failed", "Only a withdrawal that came back can be tried again.")
    if payout_queries.has_retry(old.id):
        raise Refused("withdrawal:retried", "This withdrawal was tried again already.")
    method = queries.get_payout_method_for(actor, method_id or old.method_id)
    send_at = clock.now() + timedelta(minutes=payout_numbers().undo_minutes)
    return ask_withdrawal(actor, method, old.amount_minor, old.unit, send_at=send_at, retry_of=old)


@action
def claim_withdrawal(withdrawal_id: str) -> Withdrawal | None:
    """Mark a withdrawal as leaving, just before the gateway is asked; None when it must not leave (any more, or yet).

    From here on it cannot be taken back. Claiming again is harmless, also when it is on its way: the gateway knows the
    key, and answers with what became of it.
    """
    now = clock.now()
    withdrawal = queries.lock_withdrawal(withdrawal_id)
    if withdrawal.state not in (WithdrawalState.ASKED, WithdrawalState.PROCESSING) or withdrawal.waits_for:
        return None
    if withdrawal.send_at is not None and withdrawal.send_at > now:
        return None
    if withdrawal.sent_at is None:
        withdrawal.sent_at = now
        withdrawal.save(update_fields=["sent_at"])
    return withdrawal
