"""Reads of what stands beside the milestones: bonuses, expenses, repayments, paid tests, and all that waits for an answer."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import BigIntegerField, Case, CharField, F, Q, QuerySet, Value, When

from hirehall.kernel.errors import NotFound
from hirehall.kernel.models import StoredFile
from hirehall.money.payments.release_queries import returnable_minor
from hirehall.people.accounts.actors import SYSTEM, Actor
from hirehall.work.contracts import queries, quiet_rules, rules
from hirehall.work.contracts.models import Amendment, Bonus, CloseProposal, Contract, Dormancy, Expense, Repayment
from hirehall.work.contracts.policy import extra_numbers

RECEIPT = "receipt"


@dataclass(frozen=True)
class Open:
    """Something on a contract that one side put and the other has to answer."""

    kind: str
    contract_id: str
    id: str
    title: str
    amount_minor: int
    by_party_id: str


def list_open_of(contract_ids: list[str]) -> dict[str, list[Open]]:
    """All that waits for an answer on some contracts, in one question to the database."""
    def rows(kind: str, found: QuerySet, title=F("title"), amount=F("amount_minor"), by=F("by_party_id")) -> QuerySet:
        told = found.filter(contract_id__in=contract_ids).annotate(
            what=Value(kind, CharField()), about=title, amount=amount, by=by
        )
        return told.order_by().values_list("what", "contract_id", "pk", "about", "amount", "by")

    nameless, nothing = Value("", CharField()), Value(0, BigIntegerField())
    # The freelancer speaks when their turn has come; before and after it the client does.
    silent = Case(
        When(turn=quiet_rules.Turn.FREELANCER, then=F("contract__client_id")), default=F("contract__freelancer_id")
    )
    all_of_it = rows("amendment", Amendment.objects.filter(state=rules.AmendmentState.OPEN)).union(
        rows("expense", Expense.objects.filter(state=rules.ExpenseState.CLAIMED), by=F("contract__freelancer_id")),
        rows("repayment", Repayment.objects.filter(state=rules.RepaymentState.OPEN), nameless),
        rows("closing", CloseProposal.objects.filter(state=quiet_rules.CloseState.OPEN), nameless, F("escrow_minor")),
        rows("silence", Dormancy.objects.filter(~Q(turn=""), contract__state="active"), nameless, nothing, silent),
        all=True,
    )  # fmt: skip
    opened: dict[str, list[Open]] = defaultdict(list)
    for row in sorted(all_of_it) if contract_ids else ():
        opened[row[1]].append(Open(*row))
    return opened


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
