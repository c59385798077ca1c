"""Reads of the money beside the milestones: bonuses, expenses, repayments, paid tests."""

from datetime import datetime, timedelta

from hirehall.kernel.errors import NotFound
from hirehall.kernel.models import StoredFile
from hirehall.money.payments.release_queries import returnable_minor
from hirehall.people.accounts.actors import SYSTEM, Actor
from hirehall.work.contracts import queries, rules
from hirehall.work.contracts.models import Bonus, Contract, Expense, Repayment
from hirehall.work.contracts.policy import extra_numbers

RECEIPT = "receipt"


def find_test_of(proposal_id: str, but_not: str = "") -> Contract | None:
    """The last paid test on a proposal."""
    found = Contract.objects.filter(proposal_id=proposal_id, is_test=True).exclude(pk=but_not)
    return found.order_by("-id").first()


def list_bonuses(contract_id: str) -> list[Bonus]:
    """All bonuses of a contract, the newest first."""
    return list(Bonus.objects.filter(contract_id=contract_id).order_by("-id"))


def list_expenses(contract_id: str) -> list[Expense]:
    """All expenses of a contract with their receipts, the newest first."""
    found = list(Expense.objects.filter(contract_id=contract_id).order_by("-id"))
    receipts = {f.subject_id: f for f in StoredFile.objects.filter(purpose=RECEIPT, subject_id__in=[e.pk for e in found])}
    for expense in found:
        expense.receipt = receipts.get(expense.pk)
    return found


def count_open_expenses(contract_id: str) -> int:
    return Expense.objects.filter(contract_id=contract_id, state=rules.ExpenseState.CLAIMED).count()


def list_repayments(contract_id: str) -> list[Repayment]:
    """All repayments of a contract, the newest first."""
    return list(Repayment.objects.filter(contract_id=contract_id).order_by("-id"))


def lock_bonus(bonus_id: str) -> tuple[Contract, Bonus] | None:
    """A bonus and its contract, both locked, the contract first; None when there is no such bonus."""
    return _lock_with_contract(Bonus, SYSTEM, bonus_id)


def lock_expense_for(actor: Actor, expense_id: str) -> tuple[Contract, Expense]:
    """An expense and its contract, both locked, the contract first; the next one too."""
    found = _lock_with_contract(Expense, actor, expense_id)
    if found is None:
        raise NotFound("expense")
    return found


def lock_repayment_for(actor: Actor, repayment_id: str) -> tuple[Contract, Repayment]:
    found = _lock_with_contract(Repayment, actor, repayment_id)
    if found is None:
        raise NotFound("repayment")
    return found


def is_expense(subject_id: str) -> bool:
    return Expense.objects.filter(pk=subject_id).exists()


def _lock_with_contract(kind, actor: Actor, row_id: str):
    contract_id = kind.objects.filter(pk=row_id).values_list("contract_id", flat=True).first()
    if contract_id is None:
        return None
    contract = queries.lock_contract_for(actor, contract_id)
    return contract, kind.objects.select_for_update().get(pk=row_id)


def list_due_repayments(now: datetime) -> list[str]:
    due = Repayment.objects.filter(state=rules.RepaymentState.OPEN, expires_at__lte=now).order_by("pk")
    return list(due.values_list("pk", flat=True)[:1000])


def returnable_of(contract: Contract, now: datetime) -> int:
    """What of a contract's released money can go back now."""
    since = now - timedelta(days=extra_numbers().repayment_days)
    return max(0, returnable_minor(contract.pk, contract.unit, since) - contract.owed_back_minor)


def whole_returnable_of(contract: Contract) -> int:
    """What of all that was released is neither given back nor owed back."""
    released = returnable_minor(contract.pk, contract.unit, contract.started_at)
    return max(0, released - contract.owed_back_minor)


def may_open_receipt(actor: Actor, stored: StoredFile) -> bool:
    """Guard of receipts: the two sides of the contract."""
    expense = Expense.objects.filter(pk=stored.subject_id).first()
    return expense is not None and Contract.objects.filter(queries.is_side(actor), pk=expense.contract_id).exists()


def contract_id_of(actor: Actor, kind: str, row_id: str) -> str:
    """The contract of an expense or a repayment, if the actor is one of its sides."""
    row = (Expense if kind == "expense" else Repayment).objects.filter(pk=row_id).first()
    if row is None:
        raise NotFound(kind)
    return queries.get_contract_for(actor, row.contract_id).pk
