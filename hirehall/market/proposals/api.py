"""API of proposals, for both sides."""

from datetime import datetime

from ninja import Router, Schema
from ninja.pagination import paginate

from hirehall.kernel.errors import NotFound
from hirehall.market.proposals import queries, rules
from hirehall.market.proposals.actions import deciding, sending
from hirehall.people.accounts.scopes import needs

router = Router(tags=["proposals"])


class PartIn(Schema):
    title: str
    amount_minor: int


class TermsIn(Schema):
    """Price or milestones, in minor units of the job's currency."""

    price_minor: int = 0
    parts: list[PartIn] = []

    def terms(self) -> rules.ProposalTerms:
        parts = tuple(rules.Part(part.title, part.amount_minor) for part in self.parts)
        return rules.ProposalTerms(price_minor=self.price_minor, parts=parts)


class ProposalIn(TermsIn):
    letter: str
    answers: list[str] = []
    sub_id: str = ""

    def whole(self) -> rules.ProposalTerms:
        parts = tuple(rules.Part(part.title, part.amount_minor) for part in self.parts)
        return rules.ProposalTerms(self.letter, self.price_minor, parts, tuple(self.answers), self.sub_id)


class ProposalOut(Schema):
    id: str
    job_id: str
    freelancer_id: str
    kind: str
    price_minor: int
    unit: str
    parts: list[list]
    letter: str
    answers: list[str]
    state: str
    reason: str
    connects: int
    returned: int
    sent_at: datetime
    viewed_at: datetime | None
    messaged_at: datetime | None


class DeclineIn(Schema):
    reason: str


class TalkOut(Schema):
    room_id: str


@router.get("/mine", response=list[ProposalOut])
@paginate
@needs("read", "freelancer")
def list_mine(request, tab: str = "active"):
    """The freelancer's own proposals: tab active, hired or ended."""
    if tab not in queries.MINE:
        raise NotFound("tab")
    return queries.list_mine_for(request.actor, tab)


@router.get("/to/{job_id}", response=list[ProposalOut])
@paginate
@needs("read", "client")
def list_to_job(request, job_id: str, tab: str = "all", order: str = "newest"):
    """The proposals to one of the client's jobs: tab all, shortlisted, archived or hired."""
    if tab not in queries.TABS or order not in queries.ORDERS:
        raise NotFound("tab or order")
    return queries.list_to_job_for(request.actor, job_id, tab, order)


@router.post("/to/{job_id}", response={201: ProposalOut})
@needs("proposals", "freelancer")
def submit(request, job_id: str, body: ProposalIn):
    """Send a proposal and pay its Connects."""
    return 201, sending.submit_proposal(request.actor, job_id, body.whole())


@router.get("/{proposal_id}", response=ProposalOut)
@needs("read")
def read(request, proposal_id: str):
    """One proposal, for its two sides."""
    return queries.get_proposal_for(request.actor, proposal_id)


@router.post("/{proposal_id}/terms", response=ProposalOut)
@needs("proposals", "freelancer")
def revise(request, proposal_id: str, body: TermsIn):
    """Change price or milestones."""
    return sending.revise_proposal(request.actor, proposal_id, body.terms())


@router.post("/{proposal_id}/withdraw", response=ProposalOut)
@needs("proposals", "freelancer")
def withdraw(request, proposal_id: str):
    """Take a proposal back."""
    return sending.withdraw_proposal(request.actor, proposal_id)


@router.post("/{proposal_id}/view", response=ProposalOut)
@needs("proposals", "client")
def view(request, proposal_id: str):
    """Say that the client has opened it."""
    return deciding.view_proposal(request.actor, proposal_id)


@router.post("/{proposal_id}/shortlist", response=ProposalOut)
@needs("proposals", "client")
def shortlist(request, proposal_id: str):
    """Put it on the short list."""
    return deciding.shortlist_proposal(request.actor, proposal_id)


@router.post("/{proposal_id}/archive", response=ProposalOut)
@needs("proposals", "client")
def archive(request, proposal_id: str):
    """Put it aside without telling."""
    return deciding.archive_proposal(request.actor, proposal_id)


@router.post("/{proposal_id}/restore", response=ProposalOut)
@needs("proposals", "client")
def restore(request, proposal_id: str):
    """Undo: back to the list."""
    return deciding.restore_proposal(request.actor, proposal_id)


@router.post("/{proposal_id}/decline", response=ProposalOut)
@needs("proposals", "client")
def decline(request, proposal_id: str, body: DeclineIn):
    """Say no, with a reason."""
    return deciding.decline_proposal(request.actor, proposal_id, body.reason)


@router.post("/{proposal_id}/talk", response=TalkOut)
@needs("messages", "client")
def talk(request, proposal_id: str):
    """Open the conversation about a proposal."""
    return {"room_id": deciding.start_talk(request.actor, proposal_id).id}
