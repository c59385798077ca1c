"""Disputes by program: the same steps as in the pages, with codes for what is refused."""

import pytest

from hirehall.people.accounts.actions import add_seat
from tests.support.cast import call_as
from tests.support.disputes import fresh, make_refused, make_undecided
from tests.support.jobs import run_jobs
from tests.support.money import check_books

BASE = "/api/v1/disputes"


@pytest.fixture
def call(cast, client):
    keys = {name: call_as(getattr(cast, name)) for name in ("ada", "cyd", "sam", "ben")}

    def send(who, method, path, body=None, *, form=False):
        options = {"data": body} if form or body is None else {"data": body, "content_type": "application/json"}
        answer = getattr(client, method)(f"{BASE}{path}", headers=keys[who], **options)
        return answer.status_code, answer.json()

    return send


@pytest.mark.feature("CTR-11", "OPS-03")
def test_two_programs_and_a_mediator_go_the_whole_way(cast, call):
    contract = make_refused(cast.cyd, cast.ada)
    status, standing = call("cyd", "get", f"/contract/{contract.id}")
    assert (status, standing["possible"], standing["escrow_minor"], standing["side"]) == (200, True, 20_000, "client")
    status, dispute = call("cyd", "post", f"/contract/{contract.id}", {"escrow_minor": 15_000, "text": "It was not done."})
    assert (status, dispute["state"], dispute["disputed_escrow_minor"]) == (201, "claimed", 15_000)
    assert call("ada", "get", f"/contract/{contract.id}")[1]["code"] == "dispute:open"
    path = f"/{dispute['id']}"
    assert call("ada", "post", f"{path}/answer", {"escrow_minor": 99_999, "text": "No."})[1]["error"]["code"] == "dispute:give_escrow"
    assert call("ada", "post", f"{path}/answer", {"text": "It was."})[1]["state"] == "evidence"
    assert call("ada", "post", f"{path}/evidence", {"text": "The log."}, form=True)[0] == 200
    assert [one["kind"] for one in call("cyd", "get", f"{path}/statements")[1]["items"]] == ["claim", "answer", "evidence"]
    status, offer = call("cyd", "post", f"{path}/offers", {"to_freelancer_minor": 100})
    assert (status, offer["by"]) == (201, "client")
    assert call("ada", "post", f"/solutions/{offer['id']}/answer", {"accept": False})[1]["state"] == "declined"
    for who in ("ada", "cyd"):
        assert call(who, "post", f"{path}/done")[0] == 200
    assert [one["id"] for one in call("sam", "get", "/queue")[1]["items"]] == [dispute["id"]]
    case = f"/queue/{dispute['id']}"
    assert call("sam", "get", case)[1]["state"] == "mediation"
    assert call("sam", "get", f"{case}/looks")[1]["items"][0]["name"] == "Sam Staff"
    assert len(call("sam", "get", f"{case}/statements")[1]["items"]) == 3
    assert call("sam", "post", f"{case}/proposal", {"to_freelancer_minor": 5_000, "reasons": "A third."})[0] == 201
    solution = call("ada", "get", f"{path}/solutions")[1]["items"][0]
    assert call("sam", "get", f"{case}/solutions")[1]["items"][0]["id"] == solution["id"]
    for who in ("ada", "cyd"):
        assert call(who, "post", f"/solutions/{solution['id']}/answer", {"accept": True})[0] == 200
    run_jobs()
    assert call("ada", "get", path)[1]["how"] == "proposal"
    assert call("ada", "get", "?open_only=true")[1]["items"] == []
    assert len(call("ada", "get", "")[1]["items"]) == 1
    assert call("sam", "get", "/queue?ended=true")[1]["items"][0]["state"] == "settled"
    check_books()


@pytest.mark.feature("CTR-11", "OPS-03")
def test_a_decision_a_withdrawal_and_who_may_not(cast, call):
    dispute = make_undecided(cast)
    case = f"/queue/{dispute.id}"
    for who in ("ada", "ben"):
        assert call(who, "get", "/queue")[0] == 404
        assert call(who, "post", f"{case}/decision", {"reasons": "Mine."})[0] == 404
    assert call("ben", "get", f"/{dispute.id}")[0] == 404
    status, decided = call("sam", "post", f"{case}/decision", {"to_freelancer_minor": 1, "reasons": "By the log."})
    assert (status, decided["state"], decided["won_by"]) == (200, "decided", "split")
    contract = make_refused(cast.cyd, cast.ada)
    made = call("ada", "post", f"/contract/{contract.id}", {"escrow_minor": 20_000, "text": "It was done."})[1]
    assert call("cyd", "post", f"/{made['id']}/withdraw")[1]["error"]["code"] == "dispute:not_claimant"
    assert call("ada", "post", f"/{made['id']}/withdraw")[1]["state"] == "withdrawn"
    add_seat(cast.cyd, cast.sam.user_id, "viewer")
    assert call("sam", "get", f"/queue/{fresh(dispute).id}")[1]["error"]["code"] == "dispute:own_case"
