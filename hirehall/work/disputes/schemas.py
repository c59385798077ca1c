"""What the API of disputes takes and gives. Written by hand, so that a column is never shown by accident."""

from datetime import datetime

from ninja import Schema


class ClaimIn(Schema):
    """What is asked for, or given: `escrow_minor` of what waits, `refund_minor` of what was released."""

    escrow_minor: int = 0
    refund_minor: int = 0
    text: str


class SplitIn(Schema):
    """How what is disputed is split: the rest of the escrow returns to the client."""

    to_freelancer_minor: int = 0
    refund_minor: int = 0
    reasons: str = ""


class AcceptIn(Schema):
    accept: bool


class DisputeOut(Schema):
    """A dispute; its claim and what the answer gave are the claimant's."""

    id: str
    contract_id: str
    client_id: str
    freelancer_id: str
    unit: str
    claimant: str
    state: str
    escrow_minor: int
    claim_escrow_minor: int
    claim_refund_minor: int
    given_escrow_minor: int
    given_refund_minor: int
    disputed_escrow_minor: int
    disputed_refund_minor: int
    opened_at: datetime
    due_at: datetime | None
    answered_at: datetime | None
    mediation_ends_at: datetime | None
    client_done: bool
    freelancer_done: bool
    ended_at: datetime | None
    how: str
    won_by: str
    to_freelancer_minor: int | None
    refund_minor: int | None
    reasons: str
    owed_net_minor: int
    paid_net_minor: int

    @staticmethod
    def resolve_disputed_escrow_minor(dispute) -> int:
        return dispute.disputed_escrow

    @staticmethod
    def resolve_disputed_refund_minor(dispute) -> int:
        return dispute.disputed_refund


class FileOut(Schema):
    id: str
    name: str
    size_bytes: int


class StatementOut(Schema):
    id: str
    side: str
    kind: str
    text: str
    at: datetime
    files: list[FileOut]


class SolutionOut(Schema):
    id: str
    dispute_id: str
    by: str
    to_freelancer_minor: int
    refund_minor: int
    reasons: str
    state: str
    client_accepts: bool | None
    freelancer_accepts: bool | None
    at: datetime


class StandingOut(Schema):
    """What can be disputed about a contract now; `code` and `sentence` say why nothing can."""

    unit: str
    side: str
    escrow_minor: int
    released_minor: int
    until: datetime | None
    possible: bool
    code: str
    sentence: str


class LookOut(Schema):
    """Who of the staff opened a case."""

    user_id: int
    name: str
    at: datetime

    @staticmethod
    def resolve_name(look) -> str:
        return look.user.name
