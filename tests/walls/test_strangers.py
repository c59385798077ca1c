"""Real things of Ada and Cyd, every address and operation, and people to whom none of it belongs."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hirehall.people.accounts.actions import add_seat
from hirehall.people.accounts.queries import find_actor, get_user
from tests.support.cast import browse_as, call_as, sign_up
from tests.walls.addresses import list_addresses, list_operations
from tests.walls.belongings import SECRET, changed, make_belongings, stored

# Open to others on purpose: what the market shows to everybody, and what anybody begins with it on their own account.
SHOWN_TO_ALL = {
    "web:job": "the public page of a job", "web:talent": "the public page of a freelancer", "web:talent_as": "the same",
    "jobs:save": "one's own list of saved jobs", "jobs:note": "one's own note", "proposals:send": "one's own proposal",
    "contracts:make_direct_offer": "one's own offer", "payments:webhook": "signed by the payment company",
    "GET /api/v1/jobs/{job_id}": "the public post", "PUT /api/v1/jobs/{job_id}/saved": "one's own list",
    "DELETE /api/v1/jobs/{job_id}/saved": "one's own list", "POST /api/v1/proposals/to/{job_id}": "one's own proposal",
    "GET /api/v1/profiles/{party_id}": "the public profile", "GET /api/v1/feedback/about/{party_id}": "public feedback",
    "POST /api/v1/profiles/me/entries/{kind}": "one's own profile", "GET /api/v1/money/bank-forms/{country}": "the same for all",
}  # fmt: skip
OFFER = {"title": "Other work", "scope": "All of it.", "milestones": [{"title": "One", "amount_minor": 9_000}]}
STARS = ("skills", "quality", "availability", "deadlines", "communication", "cooperation")
BODIES = {
    "/versions": OFFER, "/amendments": {"title": "More", "amount_minor": 9_000}, "/changes": {"reasons": "Other colours."},
    "/refund": {"agree": True}, "/reply": {"text": "Thanks."}, "/pause": {"paused": True}, "/close": {"reason": "not_needed"},
    "/closing": {"escrow_to": "freelancer"}, "/transfers": {"amount_minor": 100, "reference": "REF", "reason": "Seen."},
    "/terms": {"price_minor": 9_000}, "/decline": {"reason": "price"}, "contract/{contract_id}": {"stars": dict.fromkeys(STARS, 5), "text": "Mine.", "escrow_minor": 1},
    "/answer": {"text": "Mine.", "accept": True, "approve": True}, "/bonuses": {"amount_minor": 900},
    "/repayments": {"amount_minor": 100, "reason": "Mine."},
    "/change": {"stars": dict.fromkeys(STARS, 1)}, "messages/{room_id}": {"text": "Let me in."},
    "/appeal": {"text": "It is mine, I say."}, "/hold": {"reason": "It is mine, I say."},
    "/decide": {"release": True, "reason": "It is mine, I say."},
    "{entry_id}": {"company": "Mine", "role": "Owner", "starts_on": "2020-01-01"},
    "jobs/{job_id}": {"title": "Mine now, all of it", "description": "x " * 60, "category": "web-development", "budget_minor": 9_000},
}  # fmt: skip
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


@pytest.fixture
def market(cast):
    return make_belongings(cast)


def filled(market, name: str, pattern: str) -> str:
    if "payout" in name or "payout" in pattern:
        pattern = pattern.replace("<id:method_id>", market.ids["payout_id"]).replace("{method_id}", market.ids["payout_id"])
    path = market.fill(pattern)
    assert path, f"{pattern} has a part for which tests/walls/belongings.py knows no real thing: add one there."
    return path


def pages() -> list[tuple[str, str]]:
    found = [(one.name, "/" + one.pattern) for one in list_addresses() if "<id:" in one.pattern]
    return [(name, pattern) for name, pattern in found if name not in SHOWN_TO_ALL]


def body_of(path: str) -> dict:
    return next((body for end, body in BODIES.items() if path.endswith(end)), {})


@pytest.mark.parametrize("who", ["ben", "dot", "eve"])
def test_pages_of_others_are_not_there(market, cast, who):
    actor, leaks = getattr(cast, who), []
    browser = browse_as(actor)
    # Whoever opens the editor has a profile of their own from then on.
    browser.get("/profile/")
    before = stored()
    for name, pattern in pages():
        path = filled(market, name, pattern)
        for method in ("get", "post"):
            answer = getattr(browser, method)(path, TYPED if method == "post" else None)
            closed = answer.status_code in (302, 303, 403, 404, 405)
            text = b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()
            if not closed or SECRET in text:
                leaks.append(f"{method} {path}: {answer.status_code}")
    assert leaks == []
    assert changed(before) == []


@pytest.mark.feature("OPS-03")
@pytest.mark.parametrize("who", ["ben", "dot"])
def test_operations_on_others_are_not_there(market, cast, client, who):
    actor, leaks = getattr(cast, who), []
    headers = call_as(actor)
    before = stored()
    for operation in list_operations():
        if "{" not in operation.path or str(operation) in SHOWN_TO_ALL:
            continue
        path = filled(market, "", operation.path)
        sent = {"data": body_of(operation.path), "content_type": "application/json"}
        if path.endswith("/work") and operation.method == "POST":
            sent = {"data": {"message": "Mine."}}
        if path.endswith("/expenses") and operation.method == "POST":
            sent = {"data": {"title": "Mine", "amount_minor": 900, "reason": "Mine.", "receipt": SimpleUploadedFile("r.txt", b"mine")}}
        if path.endswith("/evidence"):
            sent = {"data": {"text": "Mine."}}
        sent = {} if operation.method in ("GET", "DELETE") else sent
        answer = getattr(client, operation.method.lower())(path, headers=headers, **sent)
        invalid = answer.status_code == 422 and answer.json()["error"]["code"] == "api:invalid"
        assert not invalid, f"{operation} needs a body in BODIES: {answer.json()}"
        if answer.status_code not in (403, 404) or SECRET in answer.content.decode():
            leaks.append(f"{operation}: {answer.status_code} {answer.content[:160]!r}")
    assert leaks == []
    assert changed(before) == []


def test_a_viewer_of_the_company_reads_and_changes_nothing(market, cast):
    vera = sign_up("Vera Look", "freelancer")
    add_seat(cast.cyd, vera.user_id, "viewer")
    viewer = find_actor(get_user(vera.user_id), cast.cyd.party_id)
    assert viewer.role == "viewer"
    browser = browse_as(viewer)
    browser.post(f"/account/switch/{cast.cyd.party_id}/")
    before = stored()
    assert browser.get(f"/contracts/{market.ids['contract_id']}/").status_code == 200
    for name, pattern in pages():
        path = filled(market, name, pattern)
        if name != "accounts:switch":
            assert browser.post(path, TYPED).status_code < 500, path
    # Only that a notice was read is noted.
    assert set(changed(before)) <= {"notifications_notice"}


def test_the_right_parties_come_in(market, cast):
    for actor, path in (
        (cast.ada, "/contracts/<id:contract_id>/"), (cast.cyd, "/contracts/<id:contract_id>/"),
        (cast.ada, "/proposals/<id:proposal_id>/"), (cast.cyd, "/proposals/<id:proposal_id>/"),
        (cast.cyd, "/jobs/<id:job_id>/manage/"), (cast.ada, "/messages/<id:room_id>/"), (cast.cyd, "/file/<id:file_id>/"),
        (cast.ada, "/disputes/<id:dispute_id>/"), (cast.sam, "/disputes/queue/<id:dispute_id>/"),
        (cast.ada, "/contracts/offers/<id:offer_id>/"), (cast.cyd, "/jobs/post/<id:draft_id>/"),
    ):  # fmt: skip
        assert browse_as(actor).get(market.fill(path)).status_code == 200, (actor.name, path)
