"""API of disputes: the same actions as the pages, for both sides and for staff. Amounts are minor units of `unit`.

Evidence is sent as multipart/form-data, because it carries files; everything else is JSON.
"""

from ninja import File, Form, Router
from ninja.files import UploadedFile
from ninja.pagination import paginate

from hirehall.kernel import clock
from hirehall.people.accounts.scopes import needs
from hirehall.work.contracts.queries import get_contract_for
from hirehall.work.disputes import queries, rules, schemas
from hirehall.work.disputes.actions import claims, deadlines, evidence, solutions
from hirehall.work.disputes.policy import numbers

router = Router(tags=["disputes"])


@router.get("", response=list[schemas.DisputeOut])
@paginate
@needs("read")
def list_disputes(request, open_only: bool = False):
    """The party's disputes, newest first."""
    return queries.list_disputes_for(request.actor, open_only=open_only)


@router.get("/queue", response=list[schemas.DisputeOut])
@paginate
@needs("contracts", "staff")
def list_queue(request, ended: bool = False):
    """For staff: open cases, those that wait for staff first; or the ended ones."""
    return queries.list_queue(mine_first=True, ended=ended)


@router.get("/queue/{dispute_id}", response=schemas.DisputeOut)
@needs("contracts", "staff")
def read_case(request, dispute_id: str):
    """A case for staff; that it was opened is kept."""
    dispute = queries.get_case_for(request.actor, dispute_id)
    deadlines.note_look(request.actor, dispute_id)
    return dispute


@router.get("/queue/{dispute_id}/statements", response=list[schemas.StatementOut])
@paginate
@needs("contracts", "staff")
def list_case_statements(request, dispute_id: str):
    """What both sides said, for staff."""
    return queries.list_statements(queries.get_case_for(request.actor, dispute_id).pk)


@router.get("/queue/{dispute_id}/solutions", response=list[schemas.SolutionOut])
@paginate
@needs("contracts", "staff")
def list_case_solutions(request, dispute_id: str):
    """Splits that were put forward, for staff."""
    return queries.list_solutions(queries.get_case_for(request.actor, dispute_id).pk)


@router.get("/queue/{dispute_id}/looks", response=list[schemas.LookOut])
@paginate
@needs("contracts", "staff")
def list_looks(request, dispute_id: str):
    """Who of the staff opened the case."""
    return queries.list_looks(queries.get_case_for(request.actor, dispute_id).pk)


@router.post("/queue/{dispute_id}/proposal", response={201: schemas.SolutionOut})
@needs("contracts", "staff")
def propose(request, dispute_id: str, body: schemas.SplitIn):
    """The mediator's proposal: both sides have their days to accept or decline."""
    split = rules.Split(body.to_freelancer_minor, body.refund_minor)
    return 201, solutions.propose_solution(request.actor, dispute_id, split, body.reasons)


@router.post("/queue/{dispute_id}/decision", response=schemas.DisputeOut)
@needs("contracts", "staff")
def decide(request, dispute_id: str, body: schemas.SplitIn):
    """The operator's decision, with reasons: it moves the money and is final."""
    split = rules.Split(body.to_freelancer_minor, body.refund_minor)
    return solutions.decide_dispute(request.actor, dispute_id, split, body.reasons)


@router.get("/contract/{contract_id}", response=schemas.StandingOut)
@needs("read")
def read_standing(request, contract_id: str):
    """What the caller's side can dispute about a contract now, and until when."""
    contract = get_contract_for(request.actor, contract_id)
    side, ground = queries.side_of(request.actor, contract), queries.ground_of(contract)
    before = [(one.state, one.claimant) for one in queries.list_of_contract(contract_id)]
    refusal = rules.why_not_again(side, before) or rules.why_not_open(side, ground, clock.now(), numbers())
    escrow, released = ground.for_side(side)
    return {
        "unit": ground.unit, "side": side, "escrow_minor": escrow, "released_minor": released,
        "until": ground.open_until(numbers()), "possible": refusal is None,
        "code": refusal.code if refusal else "", "sentence": refusal.sentence if refusal else "",
    }  # fmt: skip


@router.post("/contract/{contract_id}", response={201: schemas.DisputeOut})
@needs("contracts")
def open_dispute(request, contract_id: str, body: schemas.ClaimIn):
    """Open a dispute: escrow that is not asked for goes to the other side at once. Files are added as evidence."""
    claim = rules.Claim(body.escrow_minor, body.refund_minor)
    return 201, claims.open_dispute(request.actor, contract_id, claim, body.text)


@router.get("/{dispute_id}", response=schemas.DisputeOut)
@needs("read")
def read_dispute(request, dispute_id: str):
    """A dispute of the caller's party."""
    return queries.get_dispute_for(request.actor, dispute_id)


@router.get("/{dispute_id}/statements", response=list[schemas.StatementOut])
@paginate
@needs("read")
def list_statements(request, dispute_id: str):
    """Claim, answer and evidence in their order, with their files."""
    return queries.list_statements(queries.get_dispute_for(request.actor, dispute_id).pk)


@router.get("/{dispute_id}/solutions", response=list[schemas.SolutionOut])
@paginate
@needs("read")
def list_solutions(request, dispute_id: str):
    """Splits that were put forward, newest first."""
    return queries.list_solutions(queries.get_dispute_for(request.actor, dispute_id).pk)


@router.post("/{dispute_id}/answer", response=schemas.DisputeOut)
@needs("contracts")
def answer(request, dispute_id: str, body: schemas.ClaimIn):
    """Answer a claim: what is given moves at once, the rest is looked at."""
    given = rules.Claim(body.escrow_minor, body.refund_minor)
    return claims.answer_claim(request.actor, dispute_id, given, body.text)


@router.post("/{dispute_id}/evidence", response=schemas.DisputeOut)
@needs("contracts")
def add_evidence(request, dispute_id: str, text: Form[str], files: list[UploadedFile] = File([])):
    """Add evidence: form fields `text` and any number of `files`."""
    return evidence.add_evidence(request.actor, dispute_id, text, files)


@router.post("/{dispute_id}/done", response=schemas.DisputeOut)
@needs("contracts")
def finish_evidence(request, dispute_id: str):
    """Say that this is all; when both have, the mediator begins."""
    return evidence.finish_evidence(request.actor, dispute_id)


@router.post("/{dispute_id}/withdraw", response=schemas.DisputeOut)
@needs("contracts")
def withdraw(request, dispute_id: str):
    """Take one's own claim back: what was held for it goes to the other side."""
    return claims.withdraw_dispute(request.actor, dispute_id)


@router.post("/{dispute_id}/offers", response={201: schemas.SolutionOut})
@needs("contracts")
def offer(request, dispute_id: str, body: schemas.SplitIn):
    """Offer the other side a split; a new offer takes the place of the last."""
    split = rules.Split(body.to_freelancer_minor, body.refund_minor)
    return 201, solutions.offer_settlement(request.actor, dispute_id, split, body.reasons)


@router.post("/solutions/{solution_id}/answer", response=schemas.SolutionOut)
@needs("contracts")
def answer_solution(request, solution_id: str, body: schemas.AcceptIn):
    """Accept or decline the mediator's proposal or the other side's offer; declining one's own takes it back."""
    return solutions.answer_solution(request.actor, solution_id, accept=body.accept)
