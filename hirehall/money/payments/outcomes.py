"""How a withdrawal ends: paid, failed, sent back by the bank, taken back, or refused; and the money that returns."""

from typing import Any

from hirehall.kernel import clock, events, live
from hirehall.money.ledger.actions import post
from hirehall.money.ledger.chart import Address
from hirehall.money.ledger.rules import Entry
from hirehall.money.payments import queries, rules
from hirehall.money.payments.gateways.port import News
from hirehall.money.payments.hold_rules import HoldOutcome
from hirehall.money.payments.models import Withdrawal, WithdrawalHold
from hirehall.money.payments.rules import WithdrawalState

# What a statement says of money that came back.
_BACK = {
    WithdrawalState.FAILED: "withdrawal_failed",
    WithdrawalState.RETURNED: "withdrawal_returned",
    WithdrawalState.UNDONE: "withdrawal_undone",
    WithdrawalState.REFUSED: "withdrawal_refused",
}


def take_payout(withdrawal_id: str, news: News) -> None:
    """What the gateway says about a withdrawal. "Returned" may come before the "paid" that it ends."""
    withdrawal = queries.lock_withdrawal(withdrawal_id)
    state = WithdrawalState(news.state)
    if state == WithdrawalState.FAILED and withdrawal.state == WithdrawalState.PAID:
        # Some companies call it failed too when the bank turns back what it had taken.
        state = WithdrawalState.RETURNED
    if state not in rules.WITHDRAWAL_MOVES.get(withdrawal.state, ()):
        return
    if state == WithdrawalState.PAID:
        away, cause = Address("payout", withdrawal.party_id), {"method": str(withdrawal.method)}
        ref = f"payout:{withdrawal.id}"
        post([Entry(away, Address("gateway"), withdrawal.net_minor, withdrawal.unit, "payout_paid", ref, cause)])
    if state == WithdrawalState.PROCESSING:
        withdrawal.state = state
        withdrawal.save(update_fields=["state"])
        live.push(f"party:{withdrawal.party_id}", "money")
    elif state == WithdrawalState.PAID:
        end_withdrawal(withdrawal, state)
    else:
        give_back(withdrawal, state, news.reason)


def fee_without_vat(withdrawal: Withdrawal) -> tuple[int, dict[str, Any]]:
    """The fee without its VAT, and what the entry of the VAT says of it."""
    fee, rate = withdrawal.fee_minor - withdrawal.vat_minor, withdrawal.vat_basis_points
    return fee, {"method": str(withdrawal.method), "of_minor": fee, "basis_points": rate, "on": "withdrawal_fee"}


def give_back(withdrawal: Withdrawal, state: WithdrawalState, reason: str = "") -> None:
    """End a withdrawal whose money does not stay away: amount and fee are available again."""
    was_paid = withdrawal.state == WithdrawalState.PAID
    party_id, unit, cause = withdrawal.party_id, withdrawal.unit, {"method": str(withdrawal.method)}
    free, away = Address("available", party_id), Address("gateway") if was_paid else Address("payout", party_id)
    fee, on_fee = fee_without_vat(withdrawal)
    back = [
        Entry(away, free, withdrawal.net_minor, unit, _BACK[state], f"back:{withdrawal.id}", cause),
        Entry(Address("fee"), free, fee, unit, "withdrawal_fee_back", f"wback:{withdrawal.id}", cause),
        Entry(Address("tax"), free, withdrawal.vat_minor, unit, "vat_on_fee_back", f"wvatback:{withdrawal.id}", on_fee),
    ]
    post([each for each in back if each.amount])
    if state == WithdrawalState.UNDONE:
        held = WithdrawalHold.objects.filter(withdrawal=withdrawal, outcome=HoldOutcome.OPEN)
        held.update(outcome=HoldOutcome.UNDONE, decided_at=clock.now())
    end_withdrawal(withdrawal, state, reason, was_paid="yes" if was_paid else "no")


def end_withdrawal(withdrawal: Withdrawal, state: WithdrawalState, reason: str = "", **more: str) -> None:
    """Note the end and tell it; the books count parties' money from these figures."""
    withdrawal.state, withdrawal.reason, withdrawal.done_at = state, reason, clock.now()
    withdrawal.save(update_fields=["state", "reason", "done_at"])
    figures = {"amount": withdrawal.amount_minor, "fee": withdrawal.fee_minor, "unit": withdrawal.unit}
    events.record(f"withdrawal:{state}", withdrawal.id, party=withdrawal.party_id, **figures, reason=reason, **more)
    live.push(f"party:{withdrawal.party_id}", "money")
