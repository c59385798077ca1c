"""API of silent contracts, and of closing by consent."""

from ninja import Router

from hirehall.people.accounts.scopes import needs
from hirehall.work.contracts import queries, quiet_queries, schemas
from hirehall.work.contracts.actions import closing, dormancy

router = Router(tags=["contracts"])


def _whole(contract):
    contract.parts = queries.list_milestones(contract.pk)
    return contract


@router.get("/{contract_id}/dormancy", response=schemas.DormancyOut | None)
@needs("read")
def read_dormancy(request, contract_id: str):
    """How far the silence of a contract has gone; null when there is none."""
    return quiet_queries.find_dormancy(queries.get_contract_for(request.actor, contract_id).pk)


@router.post("/{contract_id}/keep-open", response=schemas.ContractOut)
@needs("contracts", "client")
def keep_open(request, contract_id: str):
    """The client keeps a dormant contract open; the days of silence begin anew."""
    return _whole(dormancy.keep_open(request.actor, contract_id))


@router.post("/{contract_id}/release", response=schemas.ContractOut)
@needs("contracts", "client")
def release_dormant(request, contract_id: str):
    """The client releases all that waits in escrow of a dormant contract, and it ends as a finished one."""
    return _whole(dormancy.release_dormant(request.actor, contract_id))


@router.post("/{contract_id}/ask-release", response=schemas.DormancyOut)
@needs("contracts", "freelancer")
def ask_release(request, contract_id: str):
    """The freelancer asks for what waits in escrow of a dormant contract, when its turn has come."""
    return dormancy.ask_release(request.actor, contract_id)


@router.get("/{contract_id}/closing", response=schemas.CloseProposalOut | None)
@needs("read")
def read_closing(request, contract_id: str):
    """The proposal to close that waits for its answer, or null."""
    return quiet_queries.find_close_proposal(queries.get_contract_for(request.actor, contract_id).pk)


@router.post("/{contract_id}/closing", response={201: schemas.CloseProposalOut})
@needs("contracts")
def propose_close(request, contract_id: str, body: schemas.CloseIn):
    """Propose to end the contract by consent, and where what waits in escrow goes."""
    return 201, closing.propose_close(request.actor, contract_id, body.escrow_to, body.note)


@router.post("/closings/{closing_id}/accept", response=schemas.CloseProposalOut)
@needs("contracts")
def accept_close(request, closing_id: str):
    """Agree to close: the escrow moves as proposed, and the contract ends."""
    return closing.answer_close(request.actor, closing_id, accept=True)


@router.post("/closings/{closing_id}/decline", response=schemas.CloseProposalOut)
@needs("contracts")
def decline_close(request, closing_id: str):
    """Do not agree to close, or take one's own proposal back."""
    return closing.answer_close(request.actor, closing_id, accept=False)
