"""The pages and the API of proposals, walked by both sides."""

import re

import pytest

from hirehall.market.proposals.models import Proposal
from tests.support.cast import browse_as, call_as
from tests.support.jobs import run_jobs
from tests.support.jobs_market import make_job
from tests.support.profiles import make_profile
from tests.support.proposals import TERMS, make_proposal

TYPED = {"price": "450", "letter": TERMS.letter, "answer_1": TERMS.answers[0], "answer_2": TERMS.answers[1], "once": "k"}


@pytest.mark.feature("PRP-01", "CON-01", "PRO-17")
def test_a_freelancer_sees_the_cost_previews_and_sends(cast):
    make_profile(cast.ada)
    run_jobs()
    job, browser = make_job(cast.cyd), browse_as(cast.ada)
    path = f"/proposals/send/{job.id}/"
    page = browser.get(path).content.decode()
    assert "Send for 8 Connects" in page and "42" in page
    preview = browser.post(path, {**TYPED, "preview": "1"}).content.decode()
    assert "How the client will see it" in preview and "Django developer for booking systems" in preview
    assert Proposal.objects.count() == 0
    answer = browser.post(path, TYPED)
    proposal = Proposal.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/proposals/{proposal.id}/")
    assert browser.get(path)["Location"] == f"/proposals/{proposal.id}/"


@pytest.mark.feature("TRU-01")
def test_a_number_in_the_letter_is_named_and_everything_typed_stays(cast):
    make_profile(cast.ada)
    run_jobs()
    job = make_job(cast.cyd)
    typed = {**TYPED, "letter": TERMS.letter + " Ring me: +44 20 7946 0958."}
    answer = browse_as(cast.ada).post(f"/proposals/send/{job.id}/", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count("<mark>+44 20 7946 0958</mark>") == 1
    assert "Ring me: +44 20 7946 0958.</textarea>" in page and "The page of a tea house" in page
    assert Proposal.objects.count() == 0


@pytest.mark.feature("PRP-03")
def test_the_clients_list_costs_few_queries_sorts_and_compares(cast, django_assert_max_num_queries):
    job = make_job(cast.cyd)
    for actor, price in ((cast.ada, 45_000), (cast.ben, 20_000), (cast.eve, 90_000)):
        make_proposal(actor, job, price_minor=price)
    browser = browse_as(cast.cyd)
    with django_assert_max_num_queries(22):
        page = browser.get(f"/proposals/to/{job.id}/?order=price").content.decode()
    assert page.index("Ben Roy") < page.index("Ada Obi") < page.index("Eve Lund")
    for query in ("tab=shortlisted", "tab=archived", "order=nonsense", "talking=1", "page=99"):
        assert browser.get(f"/proposals/to/{job.id}/?{query}").status_code == 200
    ids = [p.id for p in Proposal.objects.order_by("price_minor")[:2]]
    side = browser.get(f"/proposals/to/{job.id}/compare/", {"p": ids}).content.decode()
    assert "Ben Roy" in side and "Ada Obi" in side and "Eve Lund" not in side
    assert browser.get(f"/proposals/to/{job.id}/compare/").status_code == 200


@pytest.mark.feature("PRP-04", "PRP-05")
def test_both_sides_open_it_and_the_freelancer_sees_what_happened(cast, django_assert_max_num_queries):
    proposal = make_proposal(cast.ada, make_job(cast.cyd))
    path = f"/proposals/{proposal.id}/"
    ada, cyd = browse_as(cast.ada), browse_as(cast.cyd)
    assert "Opened by the client" not in ada.get(path).content.decode()
    with django_assert_max_num_queries(45):
        page = cyd.get(path).content.decode()
    assert "Kano Labs" in page and TERMS.answers[0] in page
    mine = ada.get(path).content.decode()
    assert "Opened by the client" in mine and "Cyd Works" not in mine
    assert cyd.post(f"{path}shortlist/").status_code == 303
    assert cyd.post(f"{path}archive/").status_code == 303
    assert cyd.post(f"{path}restore/").status_code == 303
    assert cyd.post(f"{path}decline/", {}).status_code == 422
    talk = cyd.post(f"{path}talk/")
    assert talk["Location"].startswith("/messages/")
    assert "Cyd Works" in ada.get(path).content.decode()
    assert cyd.post(f"{path}decline/", {"reason": "price"}).status_code == 303
    assert "The price does not fit" in ada.get(path).content.decode()
    assert ada.get("/proposals/?tab=ended").status_code == 200


def test_a_freelancer_changes_and_takes_back(cast):
    proposal = make_proposal(cast.ada, make_job(cast.cyd))
    browser, path = browse_as(cast.ada), f"/proposals/{proposal.id}/"
    assert browser.get(f"{path}revise/").status_code == 200
    assert browser.post(f"{path}revise/", {"price": "nonsense"}).status_code == 422
    assert browser.post(f"{path}revise/", {"price": "400"}).status_code == 303
    proposal.refresh_from_db()
    assert proposal.price_minor == 40_000
    assert browser.post(f"{path}withdraw/").status_code == 303
    assert browse_as(cast.cyd).get(path).status_code == 404


@pytest.mark.parametrize("who", ["ben", "dot"])
def test_strangers_find_nothing(cast, who):
    proposal = make_proposal(cast.ada, make_job(cast.cyd))
    browser = browse_as(getattr(cast, who))
    assert browser.get(f"/proposals/{proposal.id}/").status_code == 404
    assert browser.get(f"/proposals/to/{proposal.job_id}/").status_code == 404


@pytest.mark.feature("OPS-03")
def test_the_same_by_programs(cast, client):
    make_profile(cast.ada)
    run_jobs()
    job = make_job(cast.cyd)
    ada, cyd = call_as(cast.ada), call_as(cast.cyd)
    body = {"letter": TERMS.letter, "price_minor": 45_000, "answers": list(TERMS.answers)}

    def call(method, path, headers, given=None, **more):
        kwargs = {"data": given, "content_type": "application/json"} if method == "post" else {}
        return getattr(client, method)(f"/api/v1{path}", headers={**headers, **more}, **kwargs)

    sent = call("post", f"/proposals/to/{job.id}", ada, body, **{"Idempotency-Key": "one"})
    again = call("post", f"/proposals/to/{job.id}", ada, body, **{"Idempotency-Key": "one"})
    other = call("post", f"/proposals/to/{job.id}", ada, {**body, "price_minor": 1}, **{"Idempotency-Key": "one"})
    assert (sent.status_code, again.status_code, again.json(), other.status_code) == (201, 201, sent.json(), 409)
    proposal_id = sent.json()["id"]
    assert call("post", f"/proposals/to/{job.id}", ada, body).json()["error"]["code"] == "proposal:exists"
    listed = call("get", f"/proposals/to/{job.id}", cyd).json()
    assert [p["id"] for p in listed["items"]] == [proposal_id]
    for verb in ("view", "shortlist", "archive", "restore"):
        assert call("post", f"/proposals/{proposal_id}/{verb}", cyd, {}).status_code == 200
    assert call("post", f"/proposals/{proposal_id}/talk", cyd, {}).json()["room_id"]
    assert call("post", f"/proposals/{proposal_id}/terms", ada, {"price_minor": 40_000}).json()["price_minor"] == 40_000
    assert call("post", f"/proposals/{proposal_id}/decline", cyd, {"reason": "price"}).json()["state"] == "declined"
    assert call("get", "/proposals/mine?tab=ended", ada).json()["count"] == 1
    assert call("get", f"/proposals/{proposal_id}", call_as(cast.ben)).status_code == 404


@pytest.mark.feature("PAY-03", "PRP-01")
def test_the_form_says_once_what_the_client_pays_and_what_arrives(cast):
    make_profile(cast.ada)
    run_jobs()
    job, browser = make_job(cast.cyd), browse_as(cast.ada)
    path = f"/proposals/send/{job.id}/"
    parts = {"part_1": "Draft", "amount_1": "100.05", "part_2": "Page", "amount_2": "200.05"}
    for typed, sums in (
        ({}, ("$450.00", "$45.00", "$405.00")), (parts, ("$300.10", "$30.02", "$270.08")), ({"price": "no price"}, ("–", "–", "–")),
    ):  # fmt: skip
        page = browser.post(path, {**TYPED, **typed, "preview": "1"}).content.decode()
        assert tuple(re.findall(r"data-sum-(?:pays|fee|gets)>([^<]*)<", page)) == sums
    sent = browser.post(path, {**TYPED, **parts})["Location"]
    change = browser.get(f"{sent}revise/").content.decode()
    assert tuple(re.findall(r"data-sum-(?:pays|fee|gets)>([^<]*)<", change)) == ("$300.10", "$30.02", "$270.08")
