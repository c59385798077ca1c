"""API of money beside the milestones: bonus, expense, repayment, and where a contract's money is."""

from ninja import File, Form, Router
from ninja.files import UploadedFile
from ninja.pagination import paginate

from hirehall.kernel import clock
from hirehall.people.accounts.scopes import needs
from hirehall.work.contracts import extra_queries, queries
from hirehall.work.contracts import extra_schemas as schemas
from hirehall.work.contracts.actions import bonuses, expenses, repayments
from hirehall.work.contracts.extra_views import picture_of

router = Router(tags=["contracts"])


@router.get("/{contract_id}/money", response=schemas.MoneyOut)
@needs("read")
def show_money(request, contract_id: str):
    """Where each part of the money is (`pots`), and what moves next, by how much, when, and by whom (`moves`)."""
    contract = queries.get_contract_for(request.actor, contract_id)
    shown = picture_of(contract, queries.list_milestones(contract.pk))
    return {
        "unit": contract.unit,
        "paid_in": shown.paid_in,
        "pots": shown.pots,
        "moves": shown.moves,
        "returnable": extra_queries.returnable_of(contract, clock.now()),
        "fees": {
            "freelancer_basis_points": contract.fee_basis_points,
            "freelancer_vat_basis_points": contract.vat_basis_points,
            "client_basis_points": contract.client_fee_basis_points,
            "client_vat_basis_points": contract.client_vat_basis_points,
            "initiation_minor": contract.initiation_fee_minor,
            "rule": contract.fee_rule,
        },
    }


@router.get("/{contract_id}/bonuses", response=list[schemas.BonusOut])
@paginate
@needs("read")
def list_bonuses(request, contract_id: str):
    """Bonuses of a contract, the newest first."""
    return extra_queries.list_bonuses(queries.get_contract_for(request.actor, contract_id).pk)


@router.post("/{contract_id}/bonuses", response={201: schemas.BonusOut})
@needs("contracts", "client")
def give_bonus(request, contract_id: str, body: schemas.BonusIn):
    """Give a bonus: the card is charged, and the freelancer has it when that is settled."""
    return 201, bonuses.give_bonus(request.actor, contract_id, body.amount_minor, body.note)


@router.get("/{contract_id}/expenses", response=list[schemas.ExpenseWithReceiptOut])
@paginate
@needs("read")
def list_expenses(request, contract_id: str):
    """Expenses of a contract with their receipts, the newest first."""
    return extra_queries.list_expenses(queries.get_contract_for(request.actor, contract_id).pk)


@router.post("/{contract_id}/expenses", response={201: schemas.ExpenseOut})
@needs("contracts", "freelancer")
def claim_expense(
    request,
    contract_id: str,
    title: Form[str],
    amount_minor: Form[int],
    reason: Form[str],
    receipt: UploadedFile | None = File(None),
):
    """Claim an expense: form fields `title`, `amount_minor`, `reason`, and the file `receipt`."""
    given = {"title": title, "amount": amount_minor, "reason": reason, "receipt": receipt}
    return 201, expenses.claim_expense(request.actor, contract_id, **given)


@router.post("/expenses/{expense_id}/answer", response=schemas.ExpenseOut)
@needs("contracts", "client")
def answer_expense(request, expense_id: str, body: schemas.AnswerExpenseIn):
    """Approve an expense, which charges the card, or decline it with a reason."""
    return expenses.answer_expense(request.actor, expense_id, approve=body.approve, reason=body.reason)


@router.post("/expenses/{expense_id}/withdraw", response=schemas.ExpenseOut)
@needs("contracts", "freelancer")
def withdraw_expense(request, expense_id: str):
    """Take a claim back."""
    return expenses.withdraw_expense(request.actor, expense_id)


@router.get("/{contract_id}/repayments", response=list[schemas.RepaymentOut])
@paginate
@needs("read")
def list_repayments(request, contract_id: str):
    """Released money that went back or shall go back, the newest first."""
    return extra_queries.list_repayments(queries.get_contract_for(request.actor, contract_id).pk)


@router.post("/{contract_id}/repayments", response={201: schemas.RepaymentOut})
@needs("contracts")
def propose_repayment(request, contract_id: str, body: schemas.RepaymentIn):
    """Ask for released money back (client) or offer it (freelancer); the other side confirms."""
    return 201, repayments.propose_repayment(request.actor, contract_id, body.amount_minor, body.reason)


@router.post("/repayments/{repayment_id}/answer", response=schemas.RepaymentOut)
@needs("contracts")
def answer_repayment(request, repayment_id: str, body: schemas.AnswerRepaymentIn):
    """Confirm, and the money goes back at once; or decline, or take one's own proposal back."""
    return repayments.answer_repayment(request.actor, repayment_id, accept=body.accept)
