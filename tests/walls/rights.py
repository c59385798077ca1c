"""Who comes in where: whose each thing is, which side an address is for, and what staff may open of others' things.

An address with a part that has no owner here fails the walk, and so does one that lets in anybody whom this page does not
name, or keeps out somebody whom it names. Closed is the rule; what is open to more people stands here with its reason.
"""

from tests.walls.belongings import parts_of
from tests.walls.walk import NOBODY, PEOPLE

MEMBERS, EVERYBODY = set(PEOPLE), {NOBODY, *PEOPLE}
# Ada and Ben are freelancers; Cyd, Dot and Sam are clients; Sam is staff too.
SIDES = {"freelancer": {"ada", "ben"}, "client": {"cyd", "dot", "sam"}, "staff": {"sam"}, "anyone": MEMBERS, "person": MEMBERS, "nobody": EVERYBODY}
BOTH, ADA, CYD, STAFF = {"ada", "cyd"}, {"ada"}, {"cyd"}, {"sam"}
# The part of an address -> whose it is.
OWNERS: dict[str, set[str]] = {
    "job_id": CYD, "draft_id": CYD, "proposal_id": BOTH, "room_id": BOTH, "offer_id": BOTH, "contract_id": BOTH, "milestone_id": BOTH,
    "amendment_id": BOTH, "closing_id": BOTH, "expense_id": BOTH, "repayment_id": BOTH, "dispute_id": BOTH, "solution_id": BOTH,
    "feedback_id": CYD, "published_id": ADA, "file_id": BOTH, "piece_file_id": ADA, "document_id": CYD, "certificate_id": ADA,
    "party_id": ADA, "freelancer_id": ADA, "sub_id": ADA, "entry_id": ADA, "purchase_id": ADA, "quote_id": ADA, "payout_id": ADA, "withdrawal_id": ADA,
    "method_id": CYD, "charge_id": CYD, "debt_id": CYD, "notice_id": CYD, "device_id": CYD, "token_id": CYD,
    "hold_id": STAFF, "finding_id": STAFF, "adjustment_id": STAFF,
}  # fmt: skip

# Open to others than the owners on purpose: what the market shows, and what people begin with it on their own account.
SHOWN: dict[str, tuple[set[str], str]] = {
    "web:job": (EVERYBODY, "the public page of a job"),
    "web:talent": (EVERYBODY, "the public page of a freelancer"),
    "web:talent_as": (EVERYBODY, "the same with a specialised profile"),
    "jobs:save": (SIDES["freelancer"], "one's own list of saved jobs"),
    "jobs:note": (SIDES["freelancer"], "one's own note about a job"),
    "proposals:send": (SIDES["freelancer"], "one's own proposal"),
    "contracts:make_direct_offer": (SIDES["client"], "one's own offer to a freelancer"),
    "memberships:take": (SIDES["freelancer"], "a plan for freelancers stands in the address"),
    "payments:webhook": (set(), "signed by the payment company, or not even heard"),
    "POST /api/v1/tokens": (set(), "opened by having just signed in, never by another token"),
    "GET /api/v1/jobs/{job_id}": (MEMBERS, "the public post"),
    "PUT /api/v1/jobs/{job_id}/saved": (SIDES["freelancer"], "one's own list of saved jobs"),
    "DELETE /api/v1/jobs/{job_id}/saved": (SIDES["freelancer"], "the same"),
    "POST /api/v1/proposals/to/{job_id}": (SIDES["freelancer"], "one's own proposal"),
    "POST /api/v1/money/withdrawals": (ADA, "it goes to an account of Ada's"),
    "POST /api/v1/money/schedules": (ADA, "the same"),
    "GET /api/v1/money/tax-form": (ADA, "Ada has signed one"),
    "GET /api/v1/money/bank-forms/{country}": (set(), "what stands in the address is no country"),
    "payments:stop_payout": (set(), "opened by the word that a mail carries"),
    "GET /api/v1/profiles/{party_id}": (MEMBERS, "the public profile"),
    "GET /api/v1/feedback/about/{party_id}": (MEMBERS, "public feedback"),
}

# What staff may open of what is not theirs. Everything else of others is as closed to them as to any stranger.
BOOKS = "the operator's books: what the market owes to whom, and whether it is all there"
CASE = "a mediator without a seat in either account; every look is kept and shown"
HELD = "a withdrawal that somebody warned of is looked at before it leaves; the reason is shown to its owner"
DEBT = "a bank transfer is noted by hand, with its reference and reason"
STAFF_MAY: dict[str, str] = {
    **dict.fromkeys(
        (
            "books:overview", "books:balance", "books:income", "books:escrow", "books:ageing", "books:findings", "books:finding",
            "books:adjustments", "books:propose", "books:adjustment", "books:approve", "books:decline", "books:withdraw", "books:trail",
            "books:files", "books:guarantee", "books:openings", "GET /api/v1/books/guarantee", "GET /api/v1/books/start", "GET /api/v1/books/openings", "books:journal_csv", "books:journal_beancount", "books:balance_csv", "books:income_csv", "books:escrow_csv",
            "books:ageing_csv", "GET /api/v1/books/balance", "GET /api/v1/books/owed", "GET /api/v1/books/income",
            "GET /api/v1/books/escrow", "GET /api/v1/books/ageing", "GET /api/v1/books/checks", "GET /api/v1/books/findings",
            "POST /api/v1/books/findings/{finding_id}/explanation", "GET /api/v1/books/adjustments", "POST /api/v1/books/adjustments",
            "GET /api/v1/books/adjustments/{adjustment_id}", "POST /api/v1/books/adjustments/{adjustment_id}/approve",
            "POST /api/v1/books/adjustments/{adjustment_id}/refuse", "POST /api/v1/books/adjustments/{adjustment_id}/withdraw",
        ),
        BOOKS,
    ),
    **dict.fromkeys(
        (
            "disputes:queue", "disputes:staff_case", "disputes:propose", "disputes:decide", "GET /api/v1/disputes/queue",
            "GET /api/v1/disputes/queue/{dispute_id}", "GET /api/v1/disputes/queue/{dispute_id}/statements",
            "GET /api/v1/disputes/queue/{dispute_id}/solutions", "GET /api/v1/disputes/queue/{dispute_id}/looks",
            "POST /api/v1/disputes/queue/{dispute_id}/proposal", "POST /api/v1/disputes/queue/{dispute_id}/decision",
        ),
        CASE,
    ),
    **dict.fromkeys(
        ("payments:all_debts", "payments:record_transfer", "GET /api/v1/money/debts/all", "POST /api/v1/money/debts/{debt_id}/transfers"),
        DEBT,
    ),
    **dict.fromkeys(
        (
            "payments:holds", "payments:hold", "payments:decide_hold", "GET /api/v1/money/holds",
            "POST /api/v1/money/holds/{hold_id}/decide", "POST /api/v1/money/withdrawals/{withdrawal_id}/hold",
        ),
        HELD,
    ),
    **dict.fromkeys(("web:staff", "GET /api/v1/notices/staff"), "what waits for the staff: how much of it, and the way there"),
    "payments:rates": "the rates of exchange are the operator's",
    "POST /api/v1/money/rates": "the same",
}  # fmt: skip


def unanswered(pattern: str) -> list[str]:
    """The parts of an address for which nobody has said whose they are."""
    return [part for part in parts_of(pattern) if part not in OWNERS]


def right_ones(door: str, pattern: str, kinds: tuple[str, ...]) -> set[str]:
    """Who comes in at a door that is for some kinds of people."""
    if door in SHOWN:
        return SHOWN[door][0]
    if door in STAFF_MAY:
        return STAFF
    found = set().union(*(SIDES[kind] for kind in kinds or ("anyone",)))
    for part in parts_of(pattern):
        found &= OWNERS[part]
    return found
