"""An expense: what the freelancer laid out, claimed with a receipt, answered by the client, charged and released."""

from django.core.files.uploadedfile import UploadedFile

from hirehall.kernel import clock, events, files
from hirehall.kernel.atomic import action
from hirehall.kernel.errors import Refused, refuse
from hirehall.kernel.events import Event
from hirehall.kernel.money import Money
from hirehall.people.accounts.actors import SYSTEM, Actor
from hirehall.people.notifications.said import said
from hirehall.people.screening.rules import why_not_file_name, why_not_send
from hirehall.work.contracts import extra_queries, extra_rules, queries, rules
from hirehall.work.contracts.actions.bonuses import (
    charge_extra,
    is_paid_in,
    reason_of,
    release_extra,
    return_extra,
    told_of_extra,
)
from hirehall.work.contracts.actions.milestones import check_side, say, tell
from hirehall.work.contracts.models import Contract, Expense
from hirehall.work.contracts.policy import extra_numbers_in, numbers

State = rules.ExpenseState
OUTCOMES = {State.DECLINED: said("declined"), State.WITHDRAWN: said("taken back")}


def _told(contract: Contract, expense: Expense, **more: object) -> dict[str, object]:
    return told_of_extra(contract, expense.id, expense.amount_minor, expense.unit, title=expense.title, **more)


@action
def claim_expense(
    actor: Actor, contract_id: str, *, title: str, amount: int, reason: str, receipt: UploadedFile | None
) -> Expense:
    """The freelancer claims what was laid out for the client, with its receipt."""
    now = clock.now()
    contract = queries.lock_contract_for(actor, contract_id)
    check_side(actor, contract, "freelancer", "talk")
    open_claims = extra_queries.count_open_expenses(contract.id)
    refuse(extra_rules.why_not_claim(contract.ended_at, open_claims, now, extra_numbers_in(contract.unit)))
    if not title.strip() or len(title) > numbers().title_max:
        raise Refused("expense:title", "Name what was paid, in at most %(most)s characters.", values={"most": numbers().title_max}, field="title")
    refuse(extra_rules.why_not_amount(amount, contract.unit, extra_numbers_in(contract.unit)))
    refuse(extra_rules.why_not_reason(reason, "reason", "Say what it was needed for.", extra_numbers_in(contract.unit)))
    refuse(why_not_send(f"{title} {reason}", contract_started=True, field="reason"))
    if receipt is None:
        raise Refused("expense:no_receipt", "Add the receipt: a picture or a PDF of it.", field="receipt")
    refuse(why_not_file_name(receipt.name or "", contract_started=True))
    expense = Expense.objects.create(
        contract=contract,
        title=title.strip(),
        amount_minor=amount,
        unit=contract.unit,
        reason=reason.strip(),
        state=State.CLAIMED,
        at=now,
    )
    files.store_upload(str(actor.party_id), receipt, extra_queries.RECEIPT, subject_id=expense.id)
    say(contract, contract.client_id, "expense", expense.id, said("An expense of %(amount)s was claimed: “%(title)s”", amount=Money(amount, expense.unit), title=expense.title), reason[:200])
    events.record("expense:claimed", contract.id, actor, **_told(contract, expense))
    return expense


@action
def answer_expense(actor: Actor, expense_id: str, *, approve: bool, reason: str = "") -> Expense:
    """The client approves, and the card is charged; or declines and says why."""
    contract, expense = extra_queries.lock_expense_for(actor, expense_id)
    check_side(actor, contract, "client", "pay")
    if approve and expense.state in (State.CHARGING, State.PAID):
        return expense
    refuse(extra_rules.why_not_answer_expense(expense.state))
    if not approve:
        refuse(extra_rules.why_not_reason(reason, "reason", "Say why you decline it.", extra_numbers_in(contract.unit)))
        refuse(why_not_send(reason, contract_started=True, field="reason"))
        _close(contract, expense, State.DECLINED, actor, reason.strip())
        return expense
    expense.state, expense.fail_reason, expense.charges = State.CHARGING, "", expense.charges + 1
    expense.save(update_fields=["state", "fail_reason", "charges"])
    charge_extra(contract, expense, expense.title, expense.charges)
    tell(contract, contract.freelancer_id, "expense_approved", f"{expense.id}:{expense.charges}", said("The expense “%(title)s” was approved", title=expense.title))
    events.record("expense:approved", contract.id, actor, **_told(contract, expense))
    return expense


@action
def withdraw_expense(actor: Actor, expense_id: str) -> Expense:
    """The freelancer takes a claim back."""
    contract, expense = extra_queries.lock_expense_for(actor, expense_id)
    check_side(actor, contract, "freelancer", "talk")
    if expense.state == State.WITHDRAWN:
        return expense
    refuse(extra_rules.why_not_answer_expense(expense.state))
    _close(contract, expense, State.WITHDRAWN, actor, "")
    return expense


def _close(contract: Contract, expense: Expense, state: State, actor: Actor, answer: str) -> None:
    expense.state, expense.answer, expense.done_at = state, answer, clock.now()
    expense.save(update_fields=["state", "answer", "done_at"])
    other = contract.freelancer_id if actor.party_id == contract.client_id else contract.client_id
    say(contract, other, f"expense_{state.value}", expense.id, said("The expense “%(title)s” was %(value)s", title=expense.title, value=OUTCOMES[state]), answer[:200])
    events.record(f"expense:{state.value}", contract.id, actor, **_told(contract, expense))


@action
def pay_expense(event: Event) -> None:
    """charge:settled: the expense is released at once; chargeback:won: or when its bank lets the payment stand."""
    if event.data["purpose"] != "escrow" or not extra_queries.is_expense(event.data["subject_id"]):
        return
    contract, expense = extra_queries.lock_expense_for(SYSTEM, event.data["subject_id"])
    if expense.state != State.CHARGING or not is_paid_in(expense):
        return
    hold = release_extra(contract, expense, expense.title)
    expense.state, expense.done_at = State.PAID, clock.now()
    expense.save(update_fields=["state", "done_at"])
    say(contract, contract.freelancer_id, "expense_paid", expense.id, said("The expense “%(title)s” was paid", title=expense.title))
    events.record("expense:paid", contract.id, None, **_told(contract, expense, fee=hold.fee_minor, vat=hold.vat_minor))


@action
def reopen_expense(event: Event) -> None:
    """charge:failed, chargeback:lost: what was not released is claimed again, and can be approved with another card."""
    if event.data["purpose"] != "escrow" or not extra_queries.is_expense(event.data["subject_id"]):
        return
    contract, expense = extra_queries.lock_expense_for(SYSTEM, event.data["subject_id"])
    if expense.state != State.CHARGING:
        return
    return_extra(contract, expense)
    expense.state, expense.fail_reason = State.CLAIMED, reason_of(event)
    expense.save(update_fields=["state", "fail_reason"])
    title = said("The expense “%(title)s” could not be charged", title=expense.title)
    tell(contract, contract.client_id, "expense_failed", event.id, title, "Approve it again with another card.")
