"""What the API of contracts takes and gives. Written by hand, so that a column is never shown by accident."""

from datetime import date, datetime

from ninja import Schema

from hirehall.work.contracts import rules


class MilestoneIn(Schema):
    title: str
    amount_minor: int
    due_on: date | None = None

    def terms(self) -> rules.MilestoneTerms:
        return rules.MilestoneTerms(self.title, self.amount_minor, self.due_on)


class ChangeIn(Schema):
    """Terms of an offer as one side puts them."""

    title: str
    scope: str
    milestones: list[MilestoneIn]
    deliverables: str = ""
    revisions: int = 2
    note: str = ""

    def terms(self) -> rules.OfferTerms:
        parts = tuple(each.terms() for each in self.milestones)
        return rules.OfferTerms(self.title, self.scope, parts, self.deliverables, self.revisions)


class OfferIn(ChangeIn):
    proposal_id: str = ""
    job_id: str = ""
    freelancer_id: str = ""
    unit: str = ""
    is_test: bool = False


class AmendmentIn(MilestoneIn):
    milestone_id: str = ""
    note: str = ""


class ReasonsIn(Schema):
    reasons: str


class ApproveIn(Schema):
    amount_minor: int | None = None


class EndIn(Schema):
    summary: str = ""


class RefundIn(Schema):
    agree: bool


class OfferOut(Schema):
    id: str
    client_id: str
    freelancer_id: str
    job_id: str
    proposal_id: str
    contract_id: str
    title: str
    unit: str
    is_test: bool
    state: str
    made_at: datetime
    expires_at: datetime
    answered_at: datetime | None


class TermsOut(Schema):
    title: str
    scope: str
    deliverables: str
    revisions: int
    milestones: list[MilestoneIn]


class VersionOut(Schema):
    number: int
    by_party_id: str
    terms: TermsOut
    note: str
    at: datetime

    @staticmethod
    def resolve_terms(version) -> rules.OfferTerms:
        return rules.terms_from(version.terms)


class OfferWithVersionsOut(OfferOut):
    """An offer with its versions, and whether its client can be charged now."""

    versions: list[VersionOut]
    client_verified: bool

    @staticmethod
    def resolve_versions(offer) -> list:
        return offer.all_versions


class MilestoneOut(Schema):
    id: str
    contract_id: str
    position: int
    title: str
    amount_minor: int
    due_on: date | None
    state: str
    funded_minor: int
    released_minor: int
    returned_minor: int
    escrow_minor: int
    missing_minor: int
    asked_minor: int
    contested_minor: int
    awarded_minor: int
    taken_minor: int
    failed_at: datetime | None
    retry_at: datetime | None
    revisions_used: int
    fail_reason: str
    submitted_at: datetime | None
    review_due_at: datetime | None
    approved_at: datetime | None


class ContractLineOut(Schema):
    id: str
    kind: str
    client_id: str
    freelancer_id: str
    job_id: str
    proposal_id: str
    offer_id: str
    title: str
    unit: str
    is_test: bool
    state: str
    fee_basis_points: int
    started_at: datetime
    ended_by: str
    end_reason: str
    ended_at: datetime | None
    paused_at: datetime | None


class ContractOut(ContractLineOut):
    scope: str
    deliverables: str
    revisions: int
    end_summary: str
    refund_due_at: datetime | None
    refund_refused: bool
    closes_at: datetime | None
    milestones: list[MilestoneOut]

    @staticmethod
    def resolve_milestones(contract) -> list:
        return contract.parts


class FileOut(Schema):
    id: str
    name: str
    size_bytes: int


class SubmissionOut(Schema):
    id: str
    milestone_id: str
    message: str
    reasons: str
    at: datetime
    answered_at: datetime | None
    files: list[FileOut]


class AmendmentOut(Schema):
    id: str
    contract_id: str
    milestone_id: str | None
    by_party_id: str
    title: str
    amount_minor: int
    due_on: date | None
    note: str
    state: str
    at: datetime
    answered_at: datetime | None


class DormancyOut(Schema):
    """`turn` is client, freelancer or release once the contract is dormant, until `until`; before that it is empty."""

    told_days: int
    told_at: datetime
    dormant_at: datetime | None
    turn: str
    until: datetime | None


class CloseIn(Schema):
    """Where what waits in escrow goes: client or freelancer."""

    escrow_to: str
    note: str = ""


class CloseProposalOut(Schema):
    id: str
    contract_id: str
    by_party_id: str
    escrow_to: str
    escrow_minor: int
    note: str
    state: str
    at: datetime
    answered_at: datetime | None
