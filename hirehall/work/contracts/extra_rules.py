"""Money beside the milestones: bonus, expense, repayment and paid test, decided. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from hirehall.kernel.errors import Refused
from hirehall.kernel.money import format_money
from hirehall.work.contracts.rules import ExpenseState, OfferTerms, RepaymentState


@dataclass(frozen=True)
class ExtrasPolicy:
    """The table [extras] of policy.toml."""

    floor_minor: int
    ceiling_minor: int
    bonus_days: int
    expense_days: int
    open_expenses_max: int
    repayment_days: int
    repayment_answer_days: int
    test_ceiling_minor: int
    test_days: int
    text_max: int


def why_not_amount(amount: int, unit: str, numbers: ExtrasPolicy) -> Refused | None:
    """The reason against an amount that somebody typed."""
    if amount < numbers.floor_minor:
        least = format_money(numbers.floor_minor, unit)
        return Refused("extra:low", f"The least amount is {least}.", field="amount")
    if amount > numbers.ceiling_minor:
        most = format_money(numbers.ceiling_minor, unit)
        return Refused("extra:high", f"The largest amount is {most}.", field="amount")
    return None


def why_not_text(text: str, field: str, sentence: str, numbers: ExtrasPolicy) -> Refused | None:
    """A reason is given, and is not endless."""
    if not text.strip():
        return Refused("extra:no_reason", sentence, field=field)
    if len(text) > numbers.text_max:
        return Refused("extra:text_long", f"This text has at most {numbers.text_max} characters.", field=field)
    return None


def why_not_bonus(ended_at: datetime | None, now: datetime, numbers: ExtrasPolicy) -> Refused | None:
    """A bonus can be given while a contract runs, and for a time after its end."""
    if ended_at is not None and ended_at + timedelta(days=numbers.bonus_days) <= now:
        return Refused("bonus:late", f"A bonus can be given up to {numbers.bonus_days} days after the end.")
    return None


def why_not_claim(ended_at: datetime | None, open_claims: int, now: datetime, numbers: ExtrasPolicy) -> Refused | None:
    """An expense is claimed while a contract runs or shortly after, and not without end."""
    if ended_at is not None and ended_at + timedelta(days=numbers.expense_days) <= now:
        return Refused("expense:late", f"An expense is claimed up to {numbers.expense_days} days after the end.")
    if open_claims >= numbers.open_expenses_max:
        return Refused("expense:many", "Wait until the expenses that you claimed are answered.")
    return None


def why_not_answer_expense(state: str) -> Refused | None:
    if state != ExpenseState.CLAIMED:
        return Refused("expense:answered", f"This expense is {state}; it can't be answered any more.")
    return None


def why_not_repay(amount: int, returnable: int, unit: str, numbers: ExtrasPolicy) -> Refused | None:
    """Never more goes back than was released in the time in which it can be given back."""
    if amount <= 0:
        return Refused("repayment:nothing", "Type the amount that goes back.", field="amount")
    if amount > returnable:
        most = format_money(returnable, unit)
        sentence = f"At most {most} of what was released in the last {numbers.repayment_days} days can go back."
        return Refused("repayment:much", sentence, field="amount", returnable=returnable)
    return None


def why_not_answer_repayment(state: str, expires_at: datetime, now: datetime) -> Refused | None:
    if state != RepaymentState.OPEN:
        return Refused("repayment:closed", f"This is {state}; it can't be answered any more.")
    if now >= expires_at:
        return Refused("repayment:expired", "This has expired; ask for it anew.")
    return None


def why_not_test(terms: OfferTerms, has_proposal: bool, unit: str, now: datetime, numbers: ExtrasPolicy) -> Refused | None:
    """A paid test is one small milestone with a day, so that both soon know."""
    if not has_proposal:
        return Refused("test:no_proposal", "A paid test starts from a proposal.")
    if len(terms.milestones) != 1:
        return Refused("test:milestones", "A paid test has one milestone.", field="milestones")
    (only,) = terms.milestones
    if only.amount_minor > numbers.test_ceiling_minor:
        most = format_money(numbers.test_ceiling_minor, unit)
        return Refused("test:high", f"A paid test costs at most {most}; more is a contract.", field="milestones")
    latest = (now + timedelta(days=numbers.test_days)).date()
    if only.due_on is None or only.due_on > latest:
        return Refused("test:due", f"A paid test is due within {numbers.test_days} days.", field="milestones")
    return None

