"""The API of contracts: the whole hire by programs, who may call what, retries, and nonsense."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hirehall.kernel.ids import new_id
from hirehall.kernel.models import StoredFile
from hirehall.work.contracts.actions.amendments import propose_amendment
from hirehall.work.contracts.models import Contract, Milestone, Offer, OfferVersion, Submission
from hirehall.work.contracts.rules import MilestoneTerms
from tests.support.cast import call_as
from tests.support.contracts import TERMS, make_contract, make_offer_to
from tests.support.jobs import pass_time, run_jobs
from tests.support.jobs_market import make_job
from tests.support.money import check_books, make_card
from tests.support.proposals import make_proposal

BODY = {
    "title": TERMS.title, "scope": TERMS.scope, "deliverables": TERMS.deliverables, "revisions": 2,
    "milestones": [{"title": "First draft", "amount_minor": 20_000, "due_on": "2026-04-01"}, {"title": "Page", "amount_minor": 25_000}],
}  # fmt: skip


class Program:
    """Calls the API as one actor."""

    def __init__(self, actor, scopes=None):
        self.headers = call_as(actor, scopes) if scopes else call_as(actor)

    def get(self, path):
        return Client().get(f"/api/v1/contracts{path}", headers=self.headers)

    def post(self, path, body=None, key=""):
        headers = {**self.headers, "Idempotency-Key": key} if key else self.headers
        return Client().post(f"/api/v1/contracts{path}", json.dumps(body or {}), "application/json", headers=headers)

    def hand_in(self, milestone_id, message, *files, key=""):
        headers = {**self.headers, "Idempotency-Key": key} if key else self.headers
        given = {"message": message, "files": [SimpleUploadedFile(name, content) for name, content in files]}
        return Client().post(f"/api/v1/contracts/milestones/{milestone_id}/work", given, headers=headers)


@pytest.fixture
def ada(cast):
    return Program(cast.ada)


@pytest.fixture
def cyd(cast):
    return Program(cast.cyd)


def code(answer):
    return answer.status_code, answer.json()["error"]["code"]


@pytest.mark.feature("CTR-01", "CTR-02", "CTR-03", "CTR-12", "PRP-07", "OPS-03")
def test_two_programs_hire_work_and_end(cast, ada, cyd):
    make_card(cast.cyd)
    proposal = make_proposal(cast.ada, make_job(cast.cyd))
    offer = cyd.post("/offers", {**BODY, "proposal_id": proposal.id}).json()
    counter = ada.post(f"/offers/{offer['id']}/versions", {**BODY, "revisions": 1, "note": "One round"})
    assert (counter.status_code, counter.json()["number"], counter.json()["terms"]["revisions"]) == (201, 2, 1)
    assert [v["number"] for v in cyd.get(f"/offers/{offer['id']}").json()["versions"]] == [1, 2]
    contract = cyd.post(f"/offers/{offer['id']}/accept").json()
    run_jobs()
    first, second = ada.get(f"/{contract['id']}").json()["milestones"]
    assert (first["state"], first["escrow_minor"], second["state"]) == ("funded", 20_000, "proposed")
    step = f"/milestones/{first['id']}"
    handed = ada.hand_in(first["id"], "The draft", ("draft.txt", b"bread"))
    assert (handed.status_code, handed.json()["files"][0]["name"]) == (201, "draft.txt")
    assert cyd.post(f"{step}/changes", {"reasons": "Warmer"}).json()["state"] == "changes_asked"
    assert ada.hand_in(first["id"], "Warmer now").status_code == 201
    assert code(cyd.post(f"{step}/changes", {"reasons": "More"})) == (422, "milestone:revisions_spent")
    assert cyd.post(f"{step}/approve", {"amount_minor": 5_000}).json()["escrow_minor"] == 15_000
    assert cyd.post(f"{step}/approve").json()["state"] == "approved"
    assert [w["reasons"] for w in cyd.get(f"/{contract['id']}/work").json()["items"]] == ["Warmer", ""]
    change = {"milestone_id": second["id"], "title": "Page", "amount_minor": 35_000}
    asked = ada.post(f"/{contract['id']}/amendments", change).json()
    assert cyd.get(f"/{contract['id']}/amendments?open_only=true").json()["count"] == 1
    assert cyd.post(f"/amendments/{asked['id']}/accept").json()["state"] == "accepted"
    assert cyd.post(f"/milestones/{second['id']}/fund").json()["state"] == "funding"
    run_jobs()
    assert cyd.post(f"/{contract['id']}/end", {"summary": "Enough"}).json()["state"] == "closing"
    assert ada.post(f"/{contract['id']}/refund", {"agree": True}).json()["state"] == "ended"
    run_jobs()
    assert [c["id"] for c in cyd.get("?state=ended").json()["items"]] == [contract["id"]]
    assert cyd.get("?state=active").json()["items"] == []
    check_books()


@pytest.mark.feature("PRP-11")
def test_a_direct_offer_is_declined_or_withdrawn_by_the_right_side(cast, ada, cyd):
    make_card(cast.cyd)
    for verb, program, other in (("decline", ada, cyd), ("withdraw", cyd, ada)):
        offer = cyd.post("/offers", {**BODY, "freelancer_id": cast.ada.party_id})
        assert offer.status_code == 201
        assert other.post(f"/offers/{offer.json()['id']}/{verb}").status_code == 404
        assert program.post(f"/offers/{offer.json()['id']}/{verb}").json()["state"] in ("declined", "withdrawn")
    assert [o["state"] for o in ada.get("/offers").json()["items"]] == ["withdrawn", "declined"]
    assert ada.get("/offers?open_only=1").json()["items"] == []


def operations(contract, first, offer, amendment):
    """Every operation on something that exists: (method, path, body)."""
    terms = {"title": "More", "amount_minor": 9_000}
    return [
        ("get", f"/offers/{offer.id}", None), ("post", f"/offers/{offer.id}/versions", BODY),
        ("post", f"/offers/{offer.id}/accept", None), ("post", f"/offers/{offer.id}/decline", None),
        ("post", f"/offers/{offer.id}/withdraw", None), ("get", f"/{contract.id}", None),
        ("get", f"/{contract.id}/work", None), ("get", f"/{contract.id}/amendments", None),
        ("post", f"/{contract.id}/amendments", terms), ("post", f"/amendments/{amendment.id}/accept", None),
        ("post", f"/amendments/{amendment.id}/decline", None), ("post", f"/milestones/{first.id}/fund", None),
        ("post", f"/milestones/{first.id}/changes", {"reasons": "x"}), ("post", f"/milestones/{first.id}/approve", None),
        ("post", f"/{contract.id}/end", None), ("post", f"/{contract.id}/refund", {"agree": True}),
    ]  # fmt: skip


def stored():
    return (
        list(Contract.objects.order_by("pk").values()), list(Milestone.objects.order_by("pk").values()),
        list(Offer.objects.order_by("pk").values()), OfferVersion.objects.count(), Submission.objects.count(),
        StoredFile.objects.count(),
    )  # fmt: skip


@pytest.mark.feature("OPS-03")
@pytest.mark.parametrize("who", ["ben", "eve", "dot"])
def test_what_belongs_to_others_is_not_found_and_stays(cast, who):
    contract, (first, _) = make_contract(cast.cyd, cast.ada)
    offer = make_offer_to(cast.cyd, cast.ada)
    amendment = propose_amendment(cast.ada, contract.id, MilestoneTerms("First draft", 26_000), milestone_id=first.id)
    stranger, before = Program(getattr(cast, who)), stored()
    for method, path, body in operations(contract, first, offer, amendment):
        answer = stranger.get(path) if method == "get" else stranger.post(path, body)
        assert code(answer) == (404, "not_found"), path
    assert stranger.hand_in(first.id, "Mine", ("a.txt", b"a")).status_code == 404
    assert stranger.get("").json()["items"] == stranger.get("/offers").json()["items"] == []
    assert stored() == before


def test_a_proposal_of_another_client_gets_no_offer(cast):
    proposal = make_proposal(cast.ada, make_job(cast.cyd))
    make_card(cast.dot)
    dot = Program(cast.dot)
    assert dot.post("/offers", {**BODY, "proposal_id": proposal.id}).status_code == 404
    assert dot.post("/offers", {**BODY, "job_id": proposal.job_id, "freelancer_id": cast.ada.party_id}).status_code == 404
    assert dot.post("/offers", {**BODY, "freelancer_id": new_id()}).status_code == 404
    assert dot.post("/offers", BODY).status_code == 404
    assert not Offer.objects.exists()


@pytest.mark.feature("CTR-01")
def test_each_step_has_its_side_and_its_state(cast, ada, cyd):
    contract, (first, second) = make_contract(cast.cyd, cast.ada)
    assert ada.post(f"/milestones/{first.id}/approve").status_code == 404
    assert cyd.hand_in(first.id, "x").status_code == 404
    assert cyd.post(f"/{contract.id}/refund", {"agree": True}).status_code == 404
    assert code(ada.hand_in(second.id, "Too early")) == (422, "milestone:unfunded")
    assert code(cyd.post(f"/milestones/{first.id}/fund")) == (422, "milestone:state")
    assert code(cyd.post(f"/milestones/{first.id}/approve", {"amount_minor": 20_001})) == (422, "milestone:release_much")
    assert code(ada.post(f"/{contract.id}/refund", {"agree": True})) == (422, "contract:no_refund")
    ada.hand_in(first.id, "Done")
    pass_time(days=14)
    assert cyd.get(f"/{contract.id}").json()["milestones"][0]["state"] == "approved"
    assert code(cyd.post(f"/milestones/{first.id}/changes", {"reasons": "x"})) == (422, "milestone:state")
    check_books()


@pytest.mark.feature("OPS-03")
def test_the_same_key_again_is_answered_alike_and_does_nothing(cast, ada, cyd):
    make_card(cast.cyd)
    body = {**BODY, "freelancer_id": cast.ada.party_id}
    offer, again = cyd.post("/offers", body, key="offer-1"), cyd.post("/offers", body, key="offer-1")
    assert (again.status_code, again.content) == (offer.status_code, offer.content)
    assert code(cyd.post("/offers", {**body, "title": "Other"}, key="offer-1")) == (409, "api:key_reused")
    started = [ada.post(f"/offers/{offer.json()['id']}/accept", key="yes").json()["id"] for _ in range(2)]
    assert len(set(started)) == 1
    run_jobs()
    first = Milestone.objects.order_by("position").first()
    picture = ("draft.txt", b"bread " * 600_000)
    handed = [ada.hand_in(first.id, "Here", picture, key="work-1") for _ in range(2)]
    assert [answer.status_code for answer in handed] == [201, 201], handed[0].content
    assert handed[0].json() == handed[1].json()
    assert code(ada.hand_in(first.id, "Here", ("draft.txt", b"other"), key="work-1")) == (409, "api:key_reused")
    for _ in range(2):
        assert cyd.post(f"/milestones/{first.id}/approve", {"amount_minor": 700}, key="part").json()["released_minor"] == 700
    assert (Offer.objects.count(), Submission.objects.count(), StoredFile.objects.count()) == (1, 1, 1)
    check_books()


NONSENSE = ["x", "0" * 26, "z" * 400, "%00", "..", "-1", "ü", "1 OR 1=1", "💣"]


@pytest.mark.parametrize("given", NONSENSE)
def test_ids_that_are_none_are_not_found(cast, given, ada, cyd):
    for path in (f"/{given}", f"/offers/{given}", f"/{given}/work", f"?state={given}"):
        assert cyd.get(path).status_code in (404, 422, 400), path
    for path in ("/offers/{}/accept", "/milestones/{}/fund", "/milestones/{}/approve", "/{}/end", "/amendments/{}/accept"):
        assert cyd.post(path.format(given)).status_code in (404, 422, 400), path
    assert ada.hand_in(given, "x").status_code in (404, 422)


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "\x00"}, {"scope": "\ud800"}, {"milestones": []}, {"milestones": "many"}, {"revisions": -1},
        {"revisions": 10**30}, {"milestones": [{"title": "A", "amount_minor": 10**30}]},
        {"milestones": [{"title": "A", "amount_minor": -5}]}, {"milestones": [{"title": "A", "amount_minor": 12.5}]},
        {"milestones": [{"title": "A", "amount_minor": 900, "due_on": "31.02.2026"}]},
        {"milestones": [{"title": "\x00", "amount_minor": 900}]}, {"freelancer_id": "\x00"}, {"proposal_id": "x"},
        {"job_id": "x"}, {"freelancer_id": None}, {"title": {"a": 1}}, {"scope": "x" * 1_900_000},
    ],
    ids=repr,
)  # fmt: skip
def test_nonsense_in_terms_is_told_and_nothing_is_kept(cast, cyd, changes):
    make_card(cast.cyd)
    for key in ("", "k"):
        answer = cyd.post("/offers", {**BODY, "freelancer_id": cast.ada.party_id, **changes}, key=key)
        assert answer.status_code in (400, 404, 422), answer.content
        assert answer.json()["error"]["message"]
    assert not Offer.objects.exists()


def test_nonsense_in_steps_is_told(cast, ada, cyd):
    contract, (first, _) = make_contract(cast.cyd, cast.ada)
    for amount in (0, -1, 10**30, "all", 1.5):
        assert cyd.post(f"/milestones/{first.id}/approve", {"amount_minor": amount}).status_code == 422
    assert ada.hand_in(first.id, " ").status_code == 422
    assert ada.hand_in(first.id, "\x00").status_code in (400, 422)
    assert ada.hand_in(first.id, "x", ("evil.exe", b"MZ\x90\x00\x03")).status_code == 422
    assert ada.hand_in(first.id, "x", *[(f"{n}.txt", b"a") for n in range(30)]).status_code == 422
    ada.hand_in(first.id, "Done")
    for reasons in ("", "\x00", "word " * 501, None, ["a"]):
        assert cyd.post(f"/milestones/{first.id}/changes", {"reasons": reasons}).status_code in (400, 422)
    terms = {"title": "More", "amount_minor": 900}
    for changes in ({"title": ""}, {"amount_minor": 10**30}, {"milestone_id": "x"}, {"title": "\x00"}):
        assert ada.post(f"/{contract.id}/amendments", {**terms, **changes}).status_code in (400, 404, 422)
    for body in (b"", b"{", b"[]", b'"x"', b"null", b"\xff\xfe"):
        answer = Client().post(f"/api/v1/contracts/{contract.id}/refund", body, "application/json", headers=ada.headers)
        assert answer.status_code in (400, 422), body
    contract.refresh_from_db()
    assert contract.state == "active"


@pytest.mark.feature("OPS-03")
def test_a_token_needs_the_scope(cast):
    contract, _ = make_contract(cast.cyd, cast.ada)
    reader, writer = Program(cast.cyd, ["read"]), Program(cast.cyd, ["contracts"])
    assert reader.get(f"/{contract.id}").status_code == 200
    assert code(reader.post(f"/{contract.id}/end")) == (403, "token:scope")
    assert code(writer.get(f"/{contract.id}")) == (403, "token:scope")


def test_lists_and_contracts_take_few_queries(cast, cyd, django_assert_max_num_queries):
    for _ in range(3):
        contract, _ = make_contract(cast.cyd, cast.ada)
    for path in ("", "/offers", f"/{contract.id}", f"/{contract.id}/work", f"/{contract.id}/amendments"):
        with django_assert_max_num_queries(9):
            assert cyd.get(path).status_code == 200
