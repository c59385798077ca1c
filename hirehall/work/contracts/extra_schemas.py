"""What the API of money beside the milestones takes and gives."""

from datetime import datetime

from ninja import Schema


class BonusIn(Schema):
    amount_minor: int
    note: str = ""


class BonusOut(Schema):
    id: str
    contract_id: str
    amount_minor: int
    unit: str
    note: str
    state: str
    fail_reason: str
    at: datetime
    done_at: datetime | None


class ReceiptOut(Schema):
    id: str
    name: str
    size_bytes: int


class ExpenseOut(Schema):
    id: str
    contract_id: str
    title: str
    amount_minor: int
    unit: str
    reason: str
    state: str
    answer: str
    fail_reason: str
    at: datetime
    done_at: datetime | None


class ExpenseWithReceiptOut(ExpenseOut):
    receipt: ReceiptOut | None


class AnswerExpenseIn(Schema):
    approve: bool
    reason: str = ""


class RepaymentIn(Schema):
    amount_minor: int
    reason: str


class RepaymentOut(Schema):
    id: str
    contract_id: str
    by_party_id: str
    amount_minor: int
    fee_minor: int
    unit: str
    reason: str
    state: str
    at: datetime
    expires_at: datetime
    answered_at: datetime | None


class AnswerRepaymentIn(Schema):
    accept: bool


class MoveOut(Schema):
    kind: str
    amount: int
    who: str
    at: datetime | None
    title: str
    source: str
    target: str


class FeeOut(Schema):
    freelancer_basis_points: int
    freelancer_vat_basis_points: int
    client_basis_points: int
    client_vat_basis_points: int
    initiation_minor: int
    rule: str


class MoneyOut(Schema):
    unit: str
    paid_in: int
    pots: dict[str, int]
    moves: list[MoveOut]
    returnable: int
    fees: FeeOut
