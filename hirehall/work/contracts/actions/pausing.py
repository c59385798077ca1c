"""Contracts whose client's payment fails or was taken back: tried again, paused meanwhile, and resumed by themselves."""

from datetime import datetime

from hirehall.kernel import clock, events
from hirehall.kernel.atomic import act_on_each, action
from hirehall.kernel.events import Event
from hirehall.kernel.money import Money
from hirehall.money.payments.debt_queries import owed_by
from hirehall.money.payments.policy import recovery_numbers
from hirehall.money.payments.queries import can_be_charged
from hirehall.money.payments.recovery_rules import next_try_at
from hirehall.money.payments.recovery_words import failure_words, next_try_words
from hirehall.people.accounts.actors import SYSTEM
from hirehall.people.notifications.said import in_english, said
from hirehall.work.contracts import queries, quiet_queries, rules
from hirehall.work.contracts.actions.awards import carry_out_award
from hirehall.work.contracts.actions.banks import note_banks
from hirehall.work.contracts.actions.endings import finish_closing, finish_if_settled
from hirehall.work.contracts.actions.milestones import ask_for_money, give_back, note_in_room, tell, told
from hirehall.work.contracts.models import Contract, Milestone

DO_NOT_BEGIN = said("The client's payment waits. Don't begin work that is not funded; you are told when it is.")


def _of_event(event: Event) -> tuple[Contract, Milestone] | None:
    """The locked milestone whose escrow an event is about; None when it is about something else."""
    milestone_id = event.data["subject_id"]
    if event.data["purpose"] != "escrow" or not Milestone.objects.filter(pk=milestone_id).exists():
        return None
    return queries.lock_milestone_for(SYSTEM, milestone_id)


@action
def pause_contract(event: Event) -> None:
    """charge:failed: the next try is planned, the contract waits, and both sides are told what happens next."""
    found = _of_event(event)
    if found is None:
        return
    contract, milestone = found
    if contract.state == rules.ContractState.ACTIVE and milestone.missing_minor:
        _note_failure(contract, milestone, str(event.data.get("reason", "")), event.id)


def _note_failure(contract: Contract, milestone: Milestone, reason: str, key: str) -> None:
    now = clock.now()
    milestone.failed_at = milestone.failed_at or now
    milestone.retry_at = next_try_at(milestone.failed_at, now, recovery_numbers().retry_days)
    milestone.save(update_fields=["failed_at", "retry_at"])
    _pause(contract, milestone, reason, now, key)


def _pause(contract: Contract, milestone: Milestone, reason: str, now: datetime, key: str) -> None:
    amount = Money(milestone.missing_minor, contract.unit)
    why = said("Reason: %(reason)s. %(then)s Until then no work on it can be handed in.", reason=in_english(failure_words, reason), then=in_english(next_try_words, milestone.retry_at))
    tell(contract, contract.client_id, "payment_failed", key, said("%(amount)s for “%(title)s” could not be charged", amount=amount, title=milestone.title), why)
    tell(contract, contract.freelancer_id, "payment_waits", key, said("The payment for “%(title)s” waits", title=milestone.title), DO_NOT_BEGIN)
    if contract.paused_at is None:
        contract.paused_at = now
        contract.save(update_fields=["paused_at"])
        note_in_room(contract, "The contract is paused until the payment for it has come")
        events.record("contract:paused", contract.id, None, **told(contract, milestone))


@action
def resume_contract(event: Event) -> None:
    """charge:settled: what was failing is paid, and the contract goes on when nothing else is."""
    found = _of_event(event)
    if found is None:
        return
    contract, milestone = found
    if milestone.failed_at is None:
        return
    milestone.failed_at = milestone.retry_at = None
    milestone.save(update_fields=["failed_at", "retry_at"])
    if contract.paused_at is not None and not quiet_queries.list_failing(contract.id):
        contract.paused_at = None
        contract.save(update_fields=["paused_at"])
        for side in (contract.client_id, contract.freelancer_id):
            tell(contract, side, "resumed", f"{event.id}:{side}", said("“%(title)s” goes on: the payment has come", title=contract.title))
        note_in_room(contract, "The payment has come, and the contract goes on")
        events.record("contract:resumed", contract.id, None, **told(contract, milestone))


@action
def retry_payment(milestone_id: str) -> None:
    """The day has come on which a milestone's card is charged again by itself."""
    now = clock.now()
    contract, milestone = queries.lock_milestone_for(SYSTEM, milestone_id)
    due = milestone.retry_at is not None and milestone.retry_at <= now and contract.state == rules.ContractState.ACTIVE
    if not due or milestone.asked_minor:
        return
    key = f"{milestone.id}:{milestone.retry_at:%Y%m%d}"
    if milestone.state == rules.MilestoneState.CANCELLED or not milestone.missing_minor:
        milestone.retry_at = None
        milestone.save(update_fields=["retry_at"])
    elif owed_by(contract.client_id):
        _note_failure(contract, milestone, "owes", key)
    elif not can_be_charged(contract.client_id):
        _note_failure(contract, milestone, "no_card", key)
    else:
        milestone.retry_at = None
        milestone.save(update_fields=["retry_at"])
        ask_for_money(contract, milestone)


def retry_all_payments() -> int:
    """Every milestone whose day has come, each in a transaction of its own."""
    return act_on_each(quiet_queries.list_due_retries(clock.now()), retry_payment)


@action
def match_contested(event: Event) -> None:
    """chargeback:frozen, chargeback:won, chargeback:lost: a milestone says what banks dispute of it and have taken."""
    found = _of_event(event)
    if found is None:
        return
    contract, milestone = found
    _match(contract, milestone, f"{event.name}:{event.subject_id}")


@action
def match_after_funding(event: Event) -> None:
    """milestone:funded: a bank may dispute a payment before the milestone has heard that it came."""
    contract, milestone = queries.lock_milestone_for(SYSTEM, event.data["milestone"])
    _match(contract, milestone, f"{event.name}:{event.id}")


def _match(contract: Contract, milestone: Milestone, key: str) -> None:
    """Bring a locked milestone to where banks stand, and tell those who wait for its money."""
    frozen, taken = milestone.contested_minor, milestone.taken_minor
    if not note_banks(milestone):
        return
    if contract.state != rules.ContractState.ACTIVE:
        _match_ending(contract, milestone)
        return
    if milestone.taken_minor > taken and milestone.missing_minor:
        # The client has this money again, so its card is not charged by itself.
        milestone.failed_at, milestone.retry_at, milestone.fail_reason = milestone.failed_at or clock.now(), None, "taken_back"
        milestone.save(update_fields=["failed_at", "retry_at", "fail_reason"])
        _pause(contract, milestone, "taken_back", clock.now(), key)
    elif milestone.contested_minor > frozen:
        title = said("The payment for “%(title)s” waits: a bank has to confirm it", title=milestone.title)
        tell(contract, contract.freelancer_id, "payment_waits", key, title, DO_NOT_BEGIN)
        note_in_room(contract, title)
    else:
        note_in_room(contract, said("The payment for “%(title)s” is confirmed", title=milestone.title))
    told_now = told(contract, milestone, milestone.contested_minor)
    events.record("milestone:contested", contract.id, None, **told_now, taken=milestone.taken_minor)


def _match_ending(contract: Contract, milestone: Milestone) -> None:
    """The same when the contract was ended meanwhile: what a dispute awarded is paid, the rest waits or returns.

    A contract is closing for one of three reasons: its return was asked for or refused, then what came free waits with
    the rest; a dispute has ended and the freelancer's part waits for a bank, then everything else is the client's; or the
    freelancer has ended it, and then everything is.
    """
    others = Milestone.objects.filter(contract=contract, awarded_minor__gt=0).exists()
    carry_out_award(contract, milestone)
    if contract.held_by:
        return
    if others or contract.refund_due_at is None:
        give_back(contract, milestone, milestone.escrow_minor, "uncontested")
    if others and not Milestone.objects.filter(contract=contract, awarded_minor__gt=0).exists():
        finish_closing(contract)
    else:
        finish_if_settled(contract)
