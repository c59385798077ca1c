"""API of the books, for staff. Amounts are whole minor units with their unit; days are those of UTC."""

from datetime import date, datetime

from ninja import Router, Schema
from ninja.pagination import paginate

from hirehall.money.books import balances, holdings, queries
from hirehall.money.books.actions import adjustments, findings
from hirehall.money.books.forms import EARLIEST
from hirehall.money.books.rules import Side, Terms
from hirehall.people.accounts.scopes import needs

router = Router(tags=["books"])


class KindOut(Schema):
    kind: str
    opening: int
    came: int
    went: int
    closing: int


class UnitOut(Schema):
    unit: str
    total: int
    lines: list[KindOut]


class OwedOut(Schema):
    unit: str
    by_kind: dict[str, int]
    total: int


class IncomeOut(Schema):
    start: date
    unit: str
    code: str
    amount: int


class EscrowOut(Schema):
    escrow_id: str
    client_id: str
    contract_id: str | None
    title: str | None
    amount: int
    unit: str
    since: datetime | None
    days: int


class BandOut(Schema):
    days: str
    amount: int
    count: int


class AgeOut(Schema):
    name: str
    unit: str
    total: int
    bands: list[BandOut]

    @staticmethod
    def resolve_bands(table) -> list[dict]:
        return [{"days": label, "amount": amount, "count": count} for label, amount, count in table.bands]


class RunOut(Schema):
    check_name: str
    at: datetime
    compared: int | None
    found: int


class FindingOut(Schema):
    id: str
    check_name: str
    kind: str
    account: str
    unit: str
    expected: str
    found: str
    sentence: str
    state: str
    found_at: datetime
    reason: str
    explained_at: datetime | None


class ReasonIn(Schema):
    reason: str = ""


class SideIn(Schema):
    account: str
    party_id: str = ""


class AdjustmentIn(Schema):
    source: SideIn
    target: SideIn
    amount: int
    unit: str
    reason: str
    evidence: str = ""


class AdjustmentOut(Schema):
    id: str
    source_account: str
    source_party_id: str | None
    target_account: str
    target_party_id: str | None
    amount: int
    unit: str
    reason: str
    evidence: str
    state: str
    proposed_at: datetime
    expires_at: datetime
    decided_at: datetime | None
    decision: str

    @staticmethod
    def resolve_amount(adjustment) -> int:
        return adjustment.amount_minor


@router.get("/balance", response=list[UnitOut])
@needs("read", "staff")
def show_trial_balance(request, day: date | None = None):
    """The trial balance at the end of a day; without one, at this moment."""
    return balances.trial_balance_on(min(max(day or balances.current_day(), EARLIEST), balances.current_day()))


@router.get("/owed", response=list[OwedOut])
@needs("read", "staff")
def show_owed(request):
    """What users have with the market, by unit and kind."""
    found = holdings.liabilities(balances.trial_balance_on(balances.current_day()))
    return [{"unit": unit, "by_kind": by_kind, "total": total} for unit, by_kind, total in found]


@router.get("/income", response=list[IncomeOut])
@paginate
@needs("read", "staff")
def list_income(request, by: str = "month"):
    """Income of the last twelve months by month, or with by=day of the last thirty days."""
    return holdings.income_lines("day" if by == "day" else "month")[0]


@router.get("/escrow", response=list[EscrowOut])
@paginate
@needs("read", "staff")
def list_escrow(request):
    """Escrow by contract, the oldest first."""
    return holdings.EscrowList()


@router.get("/ageing", response=list[AgeOut])
@needs("read", "staff")
def show_ageing(request):
    """Escrow, earnings in their security days and failed payments, by age in days."""
    return holdings.ageing()


@router.get("/checks", response=list[RunOut])
@needs("read", "staff")
def list_checks(request):
    """The last run of each check."""
    return list(queries.last_runs().values())


@router.get("/findings", response=list[FindingOut])
@paginate
@needs("read", "staff")
def list_findings(request, state: str = ""):
    """What the checks found: open, explained or cleared, newest first."""
    return queries.list_findings_for(request.actor, state)


@router.post("/findings/{finding_id}/explanation", response=FindingOut)
@needs("money", "staff")
def explain_finding(request, finding_id: str, given: ReasonIn):
    """Say why a finding is as it is."""
    return findings.explain_finding(request.actor, finding_id, given.reason)


@router.get("/adjustments", response=list[AdjustmentOut])
@paginate
@needs("read", "staff")
def list_adjustments(request, state: str = ""):
    """Adjustments by hand, newest first."""
    return queries.list_adjustments_for(request.actor, state)


@router.post("/adjustments", response=AdjustmentOut)
@needs("money", "staff")
def propose_adjustment(request, given: AdjustmentIn):
    """Propose to put money right. Account "party" needs a party_id; another person has to approve."""
    sides = [Side(side.account, side.party_id) for side in (given.source, given.target)]
    terms = Terms(*sides, given.amount, given.unit, given.reason, given.evidence)
    return adjustments.propose_adjustment(request.actor, terms)


@router.get("/adjustments/{adjustment_id}", response=AdjustmentOut)
@needs("read", "staff")
def show_adjustment(request, adjustment_id: str):
    """One adjustment."""
    return queries.get_adjustment_for(request.actor, adjustment_id)


@router.post("/adjustments/{adjustment_id}/approve", response=AdjustmentOut)
@needs("money", "staff")
def approve_adjustment(request, adjustment_id: str, given: ReasonIn):
    """Approve what another person proposed; the money moves at once."""
    return adjustments.approve_adjustment(request.actor, adjustment_id, given.reason)


@router.post("/adjustments/{adjustment_id}/refuse", response=AdjustmentOut)
@needs("money", "staff")
def decline_adjustment(request, adjustment_id: str, given: ReasonIn):
    """Decline what another person proposed, with the reason."""
    return adjustments.decline_adjustment(request.actor, adjustment_id, given.reason)


@router.post("/adjustments/{adjustment_id}/withdraw", response=AdjustmentOut)
@needs("money", "staff")
def withdraw_adjustment(request, adjustment_id: str):
    """Take back one's own proposal."""
    return adjustments.withdraw_adjustment(request.actor, adjustment_id)
