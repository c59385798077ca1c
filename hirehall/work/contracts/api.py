"""API of offers and contracts: the same actions as the pages, for both sides.

Amounts are minor units of the unit that stands beside them. Work is handed in as multipart/form-data, because it
carries files; everything else is JSON.
"""

from ninja import File, Form, Router
from ninja.files import UploadedFile
from ninja.pagination import paginate

from hirehall.kernel.errors import NotFound
from hirehall.money.payments.queries import has_verified_method
from hirehall.people.accounts.scopes import needs
from hirehall.work.contracts import extra_api, queries, schemas
from hirehall.work.contracts.actions import amendments, endings, milestones, offers

router = Router(tags=["contracts"])
router.add_router("", extra_api.router)

STATES = {"active": ("active", "closing"), "ended": ("ended",), "all": ()}


@router.get("/offers", response=list[schemas.OfferOut])
@paginate
@needs("read")
def list_offers(request, open_only: bool = False):
    """The party's offers, newest first."""
    return queries.list_offers_for(request.actor, open_only=open_only)


@router.post("/offers", response={201: schemas.OfferOut})
@needs("contracts", "client")
def make_offer(request, body: schemas.OfferIn):
    """Offer a contract: on a proposal (`proposal_id`), as a paid test of it, or straight to a freelancer (`freelancer_id`).

    A direct offer is in `unit`, or in the client's usual currency; one on a proposal or job has theirs.
    """
    to = {name: getattr(body, name) for name in ("proposal_id", "job_id", "freelancer_id", "unit", "is_test")}
    return 201, offers.make_offer(request.actor, body.terms(), note=body.note, **to)


@router.get("/offers/{offer_id}", response=schemas.OfferWithVersionsOut)
@needs("read")
def read_offer(request, offer_id: str):
    """An offer with all its versions, the first one first."""
    offer = queries.get_offer_for(request.actor, offer_id)
    offer.all_versions = queries.list_versions(offer_id)
    offer.client_verified = has_verified_method(offer.client_id)
    return offer


@router.post("/offers/{offer_id}/versions", response={201: schemas.VersionOut})
@needs("contracts")
def change_offer(request, offer_id: str, body: schemas.ChangeIn):
    """Put other terms: a client's revision or a freelancer's request. The other side's latest terms stay acceptable."""
    return 201, offers.request_change(request.actor, offer_id, body.terms(), body.note)


@router.post("/offers/{offer_id}/accept", response=schemas.ContractOut)
@needs("contracts")
def accept_offer(request, offer_id: str):
    """Accept the other side's latest terms: the contract starts and its first milestone is charged."""
    return _whole(offers.accept_offer(request.actor, offer_id))


@router.post("/offers/{offer_id}/decline", response=schemas.OfferOut)
@needs("contracts", "freelancer")
def decline_offer(request, offer_id: str):
    """The freelancer says no."""
    return offers.decline_offer(request.actor, offer_id)


@router.post("/offers/{offer_id}/withdraw", response=schemas.OfferOut)
@needs("contracts", "client")
def withdraw_offer(request, offer_id: str):
    """The client takes the offer back."""
    return offers.decline_offer(request.actor, offer_id)


@router.get("", response=list[schemas.ContractLineOut])
@paginate
@needs("read")
def list_contracts(request, state: str = "all"):
    """The party's contracts, newest first: state active, ended or all."""
    if state not in STATES:
        raise NotFound("state")
    return queries.list_contracts_for(request.actor, STATES[state])


@router.get("/{contract_id}", response=schemas.ContractOut)
@needs("read")
def read_contract(request, contract_id: str):
    """A contract with its milestones and where their money is."""
    return _whole(queries.get_contract_for(request.actor, contract_id))


def _whole(contract):
    contract.parts = queries.list_milestones(contract.pk)
    return contract


@router.get("/{contract_id}/work", response=list[schemas.SubmissionOut])
@paginate
@needs("read")
def list_work(request, contract_id: str):
    """Everything that was handed in, oldest first, with its files."""
    work = queries.list_submissions(queries.get_contract_for(request.actor, contract_id).pk)
    files = queries.list_files([each.pk for each in work])
    for each in work:
        each.files = files.get(each.pk, [])
    return work


@router.get("/{contract_id}/amendments", response=list[schemas.AmendmentOut])
@paginate
@needs("read")
def list_amendments(request, contract_id: str, open_only: bool = False):
    """Proposed changes, newest first."""
    contract = queries.get_contract_for(request.actor, contract_id)
    return queries.list_amendments(contract.pk, open_only=open_only)


@router.post("/{contract_id}/amendments", response={201: schemas.AmendmentOut})
@needs("contracts")
def propose_amendment(request, contract_id: str, body: schemas.AmendmentIn):
    """Propose another title, price or date of a milestone, or without `milestone_id` a new one; both must agree."""
    given = {"milestone_id": body.milestone_id, "note": body.note}
    return 201, amendments.propose_amendment(request.actor, contract_id, body.terms(), **given)


@router.post("/amendments/{amendment_id}/accept", response=schemas.AmendmentOut)
@needs("contracts")
def accept_amendment(request, amendment_id: str):
    """Agree to the other side's change; a difference in price is charged or returned."""
    return amendments.answer_amendment(request.actor, amendment_id, accept=True)


@router.post("/amendments/{amendment_id}/decline", response=schemas.AmendmentOut)
@needs("contracts")
def decline_amendment(request, amendment_id: str):
    """Decline the other side's change, or take one's own back."""
    return amendments.answer_amendment(request.actor, amendment_id, accept=False)


@router.post("/milestones/{milestone_id}/fund", response=schemas.MilestoneOut)
@needs("contracts", "client")
def fund(request, milestone_id: str):
    """Charge the client's card for a milestone; the result comes later as state funded, or as fail_reason."""
    return milestones.fund_milestone(request.actor, milestone_id)


@router.post("/milestones/{milestone_id}/work", response={201: schemas.SubmissionOut})
@needs("contracts", "freelancer")
def submit(request, milestone_id: str, message: Form[str], files: list[UploadedFile] = File([])):
    """Hand work in: form fields `message` and any number of `files`. The client's review days begin."""
    work = milestones.submit_work(request.actor, milestone_id, message, files)
    work.files = queries.list_files([work.pk]).get(work.pk, [])
    return 201, work


@router.post("/milestones/{milestone_id}/changes", response=schemas.MilestoneOut)
@needs("contracts", "client")
def ask_changes(request, milestone_id: str, body: schemas.ReasonsIn):
    """Ask for changes inside the scope; one of the agreed rounds is used."""
    return milestones.ask_changes(request.actor, milestone_id, body.reasons)


@router.post("/milestones/{milestone_id}/approve", response=schemas.MilestoneOut)
@needs("contracts", "client")
def approve(request, milestone_id: str, body: schemas.ApproveIn = schemas.ApproveIn()):
    """Release a milestone's escrow: all of it, or with `amount_minor` a part."""
    return milestones.approve_milestone(request.actor, milestone_id, body.amount_minor)


@router.post("/{contract_id}/end", response=schemas.ContractOut)
@needs("contracts")
def end(request, contract_id: str, body: schemas.EndIn = schemas.EndIn()):
    """End a contract, with a summary of what was handed over."""
    return _whole(endings.end_contract(request.actor, contract_id, body.summary))


@router.post("/{contract_id}/refund", response=schemas.ContractOut)
@needs("contracts", "freelancer")
def answer_refund(request, contract_id: str, body: schemas.RefundIn):
    """Answer a client who ended the contract and asks for what waits in escrow."""
    return _whole(endings.answer_refund(request.actor, contract_id, agree=body.agree))
