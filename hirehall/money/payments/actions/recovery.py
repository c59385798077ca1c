"""What the operator's guarantee account pays in a client's place, and how it comes back: by card or by bank."""

from collections.abc import Sequence

from hirehall.kernel import clock, events, live
from hirehall.kernel.atomic import act_on_each, action
from hirehall.kernel.errors import NotFound, refuse
from hirehall.kernel.events import Event
from hirehall.kernel.inserts import insert_new
from hirehall.money.ledger.actions import post
from hirehall.money.ledger.chart import Address
from hirehall.money.ledger.rules import Entry
from hirehall.money.payments import debt_queries, queries, recovery_rules
from hirehall.money.payments.actions.charges import request_charge
from hirehall.money.payments.actions.powers import Memo, same_row
from hirehall.money.payments.models import Debt, DebtTransfer
from hirehall.money.payments.policy import numbers_in, recovery_numbers
from hirehall.money.payments.recovery_rules import DebtState
from hirehall.people.accounts.actors import SYSTEM, Actor
from hirehall.people.accounts.rules import why_not_act

NO_CARD = "no_card"


@action
def pay_from_guarantee(
    *,
    debtor_id: str,
    goal: Address,
    amount: int,
    unit: str,
    cause: str,
    subject_id: str,
    ref: str,
    memo: Memo = None,
    then: Sequence[Entry] = (),
) -> Debt:
    """Pay protected work from the guarantee account into `goal`; the debtor owes it until it comes back.

    `then` is posted in the same turn: where the money goes on to, which the caller's own event tells. The same `ref` again returns the first debt.
    """
    now = clock.now()
    debt = Debt(
        ref=ref, party_id=debtor_id, unit=unit, amount_minor=amount, cause=cause, subject_id=subject_id, memo=memo or {},
        state=DebtState.OPEN, opened_at=now, next_try_at=_next_try(now),
    )  # fmt: skip
    if not insert_new(debt):
        debt = Debt.objects.get(ref=ref)
        return same_row(debt, (debt.party_id, debt.amount_minor, debt.unit) == (debtor_id, amount, unit))
    post([Entry(Address("guarantee"), goal, amount, unit, "guarantee", f"guarantee:{debt.id}", debt.memo), *then])
    events.record("debt:opened", debt.id, None, **_told(debt), amount=amount, goal=goal.kind, goal_party=goal.holder)
    live.push(f"party:{debtor_id}", "money")
    return debt


@action
def cover_escrow(*, client_id: str, escrow_id: str, amount: int, unit: str, cause: str, ref: str, memo: Memo = None) -> Debt:
    """Put into an escrow what the client's bank took out of it, for work that is paid all the same; the client owes it."""
    goal = Address("escrow", escrow_id, client_id)
    return pay_from_guarantee(
        debtor_id=client_id, goal=goal, amount=amount, unit=unit, cause=cause, subject_id=escrow_id, ref=ref, memo=memo,
    )  # fmt: skip


def _next_try(first_at, now=None):
    return recovery_rules.next_try_at(first_at, now or first_at, recovery_numbers().retry_days)


def _told(debt: Debt) -> dict[str, str | int]:
    """What events say of a debt."""
    again = debt.next_try_at.isoformat() if debt.next_try_at else ""
    return {
        "party": debt.party_id, "cause": debt.cause, "left": debt.left_minor, "unit": debt.unit, "try": debt.tries, "next_try_at": again,
    }  # fmt: skip


@action
def pay_debt(actor: Actor, debt_id: str) -> Debt:
    """Pay what is left by the card that is charged; asking again while it is on its way changes nothing."""
    refuse(why_not_act(actor.role, "pay", "good"))
    debt = debt_queries.lock_debt_for(actor, debt_id)
    if debt.party_id != actor.party_id:
        raise NotFound("debt")
    refuse(recovery_rules.why_not_pay(debt.state, is_charging=False))
    if not debt_queries.has_open_charge(debt.pk):
        _charge(debt)
    return debt


def _charge(debt: Debt) -> None:
    """Ask the card for what is left; a payment that has settled and is not yet counted is not asked for twice."""
    left = debt.amount_minor - debt_queries.came_in(debt)
    if left <= 0:
        return
    debt.tries, debt.next_try_at, debt.fail_reason = debt.tries + 1, None, ""
    debt.save(update_fields=["tries", "next_try_at", "fail_reason"])
    request_charge(
        SYSTEM, party_id=debt.party_id, purpose="debt", subject_id=debt.pk, amount=left, unit=debt.unit,
        ref=f"debt:{debt.pk}:{debt.tries}", memo=debt.memo,
    )  # fmt: skip


@action
def retry_debt(debt_id: str) -> None:
    """The day has come on which the card is charged again by itself."""
    now = clock.now()
    debt = debt_queries.lock_debt_for(SYSTEM, debt_id)
    is_due = debt.state == DebtState.OPEN and debt.next_try_at is not None and debt.next_try_at <= now
    if not is_due or debt_queries.has_open_charge(debt.pk):
        return
    if queries.can_be_charged(debt.party_id) and debt.left_minor >= numbers_in(debt.unit).charge_floor_minor:
        _charge(debt)
    else:
        _note_failure(debt, NO_CARD)


def retry_all_debts() -> int:
    """Every debt whose day has come, each in a transaction of its own."""
    return act_on_each(debt_queries.list_due_debts(clock.now()), retry_debt)


def _note_failure(debt: Debt, reason: str) -> None:
    debt.fail_reason, debt.next_try_at = reason[:40], _next_try(debt.opened_at, clock.now())
    debt.save(update_fields=["fail_reason", "next_try_at"])
    events.record("debt:unpaid", debt.id, None, **_told(debt), reason=debt.fail_reason)
    live.push(f"party:{debt.party_id}", "money")


@action
def note_debt_failure(event: Event) -> None:
    """charge:failed: the debt stays, and its next try is planned."""
    if event.data["purpose"] == "debt":
        debt = debt_queries.lock_debt_for(SYSTEM, event.data["subject_id"])
        if debt.state == DebtState.OPEN:
            _note_failure(debt, str(event.data.get("reason", "")))


@action
def note_debt_payment(event: Event) -> None:
    """charge:settled: the money is in the guarantee account already; the debt says so."""
    if event.data["purpose"] == "debt":
        _count(debt_queries.lock_debt_for(SYSTEM, event.data["subject_id"]), SYSTEM)


def _count(debt: Debt, actor: Actor) -> None:
    """Write down all that came in; the debt is over when that is the whole."""
    debt.paid_minor = debt_queries.came_in(debt)
    over = debt.left_minor == 0
    if over and debt.state == DebtState.OPEN:
        debt.state, debt.paid_at, debt.next_try_at = DebtState.PAID, clock.now(), None
        events.record("debt:paid", debt.id, actor, **_told(debt))
    debt.save(update_fields=["paid_minor", "state", "paid_at", "next_try_at"])
    live.push(f"party:{debt.party_id}", "money")


@action
def record_debt_transfer(actor: Actor, debt_id: str, amount: int, reference: str, reason: str) -> DebtTransfer:
    """One of the staff writes down a bank transfer that paid a debt, whole or in part.

    The same reference and amount again is the same transfer; the audit trail keeps who saw it and where.
    """
    if not actor.is_staff or actor.user_id is None:
        raise NotFound("debt")
    reference, reason = reference.strip(), reason.strip()
    debt = debt_queries.lock_debt_for(actor, debt_id)
    had = debt.transfers.filter(reference=reference).first()
    if had is not None:
        return same_row(had, had.amount_minor == amount)
    refuse(recovery_rules.why_not_pay(debt.state, is_charging=debt_queries.has_open_charge(debt.pk)))
    left = debt.amount_minor - debt_queries.came_in(debt)
    refuse(recovery_rules.why_not_transfer(amount, left, reference, reason, debt.unit))
    transfer = DebtTransfer.objects.create(
        debt=debt, amount_minor=amount, reference=reference, reason=reason, user_id=actor.user_id, at=clock.now()
    )
    free, cause = Address("available", debt.party_id), {**debt.memo, "reference": reference}
    post([
        Entry(Address("bank"), free, amount, debt.unit, "bank_transfer", f"bank:{transfer.id}", cause),
        Entry(free, Address("guarantee"), amount, debt.unit, "debt_payment", f"debt_paid:{transfer.id}", cause),
    ])  # fmt: skip
    told = {"party": debt.party_id, "transfer": transfer.id, "amount": amount, "unit": debt.unit}
    events.record("debt:transfer_recorded", debt.id, actor, **told, reference=reference, reason=reason)
    _count(debt, actor)
    return transfer


def check_owes_nothing(actor: Actor, client_id: str) -> None:
    """Refuse new hires and new funding of a client who owes; the other side learns only that payment waits."""
    for unit, left in debt_queries.owed_by(client_id).items():
        refuse(recovery_rules.why_not_new_work(left, unit, is_debtor=actor.party_id == client_id))
