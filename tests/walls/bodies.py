"""What is sent to every form and operation: values against which the form itself has nothing."""

from typing import Any

STARS = dict.fromkeys(("skills", "quality", "availability", "deadlines", "communication", "cooperation"), 5)
OFFER = {"title": "Other work", "scope": "All of it.", "milestones": [{"title": "One", "amount_minor": 9_000}]}
JOB = {"title": "Mine now, all of it", "description": "x " * 60, "category": "web-development", "budget_minor": 9_000}
CARD = {"number": "4242424242424242", "expires_on": "2031-12-31", "code": "123"}
CLAIM = {"escrow_minor": 1, "text": "Mine."}
# The end of an operation's address -> its values; bytes are a file.
BODIES: dict[str, dict[str, Any]] = {
    "/versions": OFFER, "/amendments": {"title": "More", "amount_minor": 9_000}, "/changes": {"reasons": "Other colours."},
    "/refund": {"agree": True}, "/reply": {"text": "Thanks."}, "/pause": {"paused": True}, "/close": {"reason": "not_needed"},
    "/closing": {"escrow_to": "freelancer"}, "/{debt_id}/transfers": {"amount_minor": 100, "reference": "REF", "reason": "Seen."},
    "/terms": {"price_minor": 9_000}, "{proposal_id}/decline": {"reason": "price"},
    "/feedback/contract/{contract_id}": {"stars": STARS, "text": "Mine."}, "/disputes/contract/{contract_id}": CLAIM,
    "/disputes/{dispute_id}/answer": CLAIM, "/answer": {"text": "Mine.", "accept": True, "approve": True}, "/bonuses": {"amount_minor": 900},
    "/repayments": {"amount_minor": 100, "reason": "Mine."}, "/change": {"stars": dict.fromkeys(STARS, 1)},
    "/messages/{room_id}": {"text": "Let me in."}, "/entries/{kind}/{entry_id}": {"company": "Mine", "role": "Owner", "starts_on": "2020-01-01"},
    "/entries/{kind}": {"company": "Mine", "role": "Owner", "starts_on": "2020-01-01"}, "/jobs/{job_id}": JOB,
    "{milestone_id}/work": {"message": "Mine.", "files": b"mine"}, "/evidence": {"text": "Mine.", "files": b"mine"},
    "/expenses": {"title": "Mine", "amount_minor": "900", "reason": "Mine.", "receipt": b"mine"}, "/photo": {"photo": b"mine"},
    "/proposals/to/{job_id}": {"letter": "x " * 60, "price_minor": 9_000, "answers": ["One.", "Two."]},
    "/tokens": {"label": "Mine"}, "/books/adjustments": {"source": {"account": "adjustment"}, "target": {"account": "party"}, "amount": 1, "unit": "USD", "reason": "Mine."},
    "/purchases": {"bundle": 10}, "/contracts/offers": {**OFFER, "freelancer_id": "{freelancer_id}"}, "/details": {"legal_name": "Mine"},
    "/documents/certificates": {"since": "2026-01-01", "until": "2026-02-01"}, "/jobs/drafts": JOB, "/v1/jobs": JOB, "/v1/memberships": {"plan": "freelancer-plus"},
    "/money/methods": CARD, "/units/usual": {"unit": "USD"}, "/rates": {"unit_from": "USD", "unit_to": "JPY", "rate": "150", "source": "Mine"},
    "/quotes": {"unit_from": "USD", "unit_to": "JPY", "amount": 100}, "/payout-methods": {"kind": "bank", "account": "DE89370400440532013000", "holder_name": "Mine"},
    "/withdrawals": {"method_id": "{payout_id}"}, "/appeal": {"text": "Mine, I say."}, "/hold": {"reason": "Mine, I say."},
    "/decide": {"release": True, "reason": "Mine, I say."}, "/schedules": {"rhythm": "nightly", "method_id": "{payout_id}"},
    "/tax-form": {"name": "Mine", "country": "NG", "number": "12345678-0001", "agrees": True}, "/tax-number": {"number": ""}, "/choices": [{"area": "messages", "delivery": "daily"}],
    "/profiles/me": {"title": "Booking systems in Django for clinics"},
    "/specialised": {"title": "Booking systems", "overview": "x " * 80, "rate_minor": 5_000, "skills": ["python"], "category": "web-development"},
}  # fmt: skip
# Every value that an operation asks for in its address.
QUERIES = {"q": "python", "year": 2026}
# Every field of every form, filled so that the form itself has nothing against it.
TYPED = {
    "text": "Let me in.", "message": "Mine.", "reasons": "Other colours.", "reason": "price", "accept": "1", "agree": "1",
    "title": "Mine now, all of it", "amount": "90", "note": "", "summary": "Over.", "reply": "Thanks.", "paused": "1",
    "scope": "All of it.", "revisions": "1", "part_1": "One", "amount_1": "90", "description": "x " * 60, "company": "Mine",
    "category": "web-development", "kind": "fixed", "budget": "90", "level": "entry", "visibility": "public", "price": "90",
    "escrow": "10", "to_freelancer": "10",
    "role": "Owner", "starts_on_0": "1", "starts_on_1": "2020", "overview": "x " * 80, "rate": "50", "skills": "Python",
    **dict.fromkeys(STARS, "1"),
}  # fmt: skip


def body_of(path: str, ids: dict[str, str]) -> Any:
    """The values for the pattern of an operation's address, with real things where a value names one."""
    body = next((body for end, body in BODIES.items() if path.endswith(end)), {})
    if isinstance(body, list):
        return body
    return {name: ids[value[1:-1]] if str(value).startswith("{") and isinstance(value, str) else value for name, value in body.items()}
