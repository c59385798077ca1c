"""API of withdrawals beyond asking for one: what stands in the way, schedules, the tax form, undo, retry, holds."""

from datetime import date, datetime
from typing import Any

from ninja import Router, Schema
from ninja.pagination import paginate

from hirehall.kernel import clock
from hirehall.kernel.errors import NotFound
from hirehall.money.payments import bank_rules, payout_queries, queries
from hirehall.money.payments.actions import schedules, tax_forms, withdrawal_holds, withdrawals
from hirehall.money.payments.api import WithdrawalOut
from hirehall.money.payments.policy import main_unit
from hirehall.people.accounts.scopes import needs

router = Router(tags=["money"])


class PartOut(Schema):
    name: str
    label: str
    example: str


class BankFormOut(Schema):
    country: str
    iban: bool
    parts: list[PartOut]


class ConditionOut(Schema):
    code: str
    met: bool


class ScheduleIn(Schema):
    rhythm: str
    method_id: str | None = None
    least: int | None = None
    unit: str | None = None


class ScheduleOut(Schema):
    unit: str
    rhythm: str
    method_id: str | None
    least: int
    next_on: date | None
    paused_by: str

    @staticmethod
    def resolve_least(schedule) -> int:
        return schedule.least_minor


class TaxFormIn(Schema):
    name: str
    country: str
    number: str
    agrees: bool


class TaxFormOut(Schema):
    kind: str
    name: str
    country: str
    number_last4: str
    signed_at: datetime


class RetryIn(Schema):
    method_id: str | None = None


class AppealIn(Schema):
    text: str


class HoldIn(Schema):
    reason: str


class DecisionIn(Schema):
    release: bool
    reason: str


class WithdrawalHoldOut(Schema):
    id: str
    withdrawal_id: str
    rule: str
    inputs: dict[str, Any]
    reason: str
    placed_at: datetime
    decide_by: datetime
    appeal: str
    appealed_at: datetime | None
    outcome: str
    decision: str
    decided_at: datetime | None


@router.get("/bank-forms/{country}", response=BankFormOut)
@needs("read")
def show_bank_form(request, country: str):
    """Which numbers a bank account is written with in a country."""
    code = country.upper()
    if len(code) != 2 or not code.isascii():
        raise NotFound("country")
    iban = bank_rules.uses_iban(code)
    return {"country": code, "iban": iban, "parts": () if iban else bank_rules.parts_of(code)}


@router.get("/withdrawals/conditions", response=list[ConditionOut])
@needs("read")
def list_conditions(request, method_id: str = "", unit: str = ""):
    """What must hold before money leaves, and whether it does."""
    method = queries.get_payout_method_for(request.actor, method_id) if method_id else None
    return payout_queries.list_conditions(request.actor.party_id, method, unit or main_unit(), clock.now())


@router.get("/withdrawals/{withdrawal_id}", response=WithdrawalOut)
@needs("read")
def show_withdrawal(request, withdrawal_id: str):
    return payout_queries.get_withdrawal_for(request.actor, withdrawal_id)


@router.post("/withdrawals/{withdrawal_id}/take-back", response=WithdrawalOut)
@needs("money")
def take_back(request, withdrawal_id: str):
    """Take a withdrawal back that has not left."""
    return withdrawals.take_back_withdrawal(request.actor, withdrawal_id)


@router.post("/withdrawals/{withdrawal_id}/retry", response=WithdrawalOut)
@needs("money")
def retry(request, withdrawal_id: str, given: RetryIn):
    """Send what came back once more, to the same method or another."""
    return withdrawals.retry_withdrawal(request.actor, withdrawal_id, given.method_id)


@router.get("/withdrawals/{withdrawal_id}/hold", response=WithdrawalHoldOut)
@needs("read")
def show_hold(request, withdrawal_id: str):
    """Why a withdrawal is held: rule, inputs, reason, and the decision."""
    payout_queries.get_withdrawal_for(request.actor, withdrawal_id)
    found = payout_queries.find_hold_of(withdrawal_id)
    if found is None:
        raise NotFound("hold")
    return found


@router.post("/withdrawals/{withdrawal_id}/appeal", response=WithdrawalHoldOut)
@needs("money")
def appeal(request, withdrawal_id: str, given: AppealIn):
    """Answer a hold."""
    return withdrawal_holds.appeal_hold(request.actor, withdrawal_id, given.text)


@router.post("/withdrawals/{withdrawal_id}/hold", response=WithdrawalHoldOut)
@needs("money")
def hold(request, withdrawal_id: str, given: HoldIn):
    """Staff: keep a withdrawal that has not left."""
    return withdrawal_holds.hold_withdrawal(request.actor, withdrawal_id, given.reason)


@router.get("/holds", response=list[WithdrawalHoldOut])
@paginate
@needs("read")
def list_holds(request):
    """Staff: what waits for a decision, appeals first."""
    if not request.actor.is_staff:
        raise NotFound("page")
    return payout_queries.list_open_holds()


@router.post("/holds/{hold_id}/decide", response=WithdrawalHoldOut)
@needs("money")
def decide(request, hold_id: str, given: DecisionIn):
    """Staff: let a withdrawal go or refuse it, with a reason that its owner reads."""
    return withdrawal_holds.decide_hold(request.actor, hold_id, given.release, given.reason)


@router.get("/schedules", response=list[ScheduleOut])
@needs("read")
def list_schedules(request):
    """How often available money leaves by itself, by unit."""
    return payout_queries.list_schedules_for(request.actor)


@router.post("/schedules", response=ScheduleOut)
@needs("money")
def choose_schedule(request, given: ScheduleIn):
    """Choose by_hand, nightly, weekly or monthly for a unit."""
    return schedules.choose_schedule(request.actor, given.rhythm, given.method_id, given.least, given.unit)


@router.get("/tax-form", response=TaxFormOut)
@needs("read")
def show_tax_form(request):
    """The tax form in force."""
    found = payout_queries.find_tax_form(request.actor.party_id)
    if found is None:
        raise NotFound("tax form")
    return found


@router.post("/tax-form", response=TaxFormOut)
@needs("money")
def sign_tax_form(request, given: TaxFormIn):
    """Sign the tax form; withdrawals that waited for it leave."""
    return tax_forms.sign_tax_form(request.actor, given.name, given.country, given.number, given.agrees)
