"""Pages and API of feedback, as both sides and as strangers."""

import pytest

from hirehall.trust.reputation.actions.giving import give_feedback
from hirehall.trust.reputation.models import Feedback
from hirehall.trust.reputation.rules import CRITERIA
from tests.support.cast import browse_as, call_as
from tests.support.jobs import run_jobs
from tests.support.reputation import answers, make_ended

pytestmark = pytest.mark.feature("REP-01")
STARS = dict.fromkeys(CRITERIA["client"], "4")


@pytest.fixture
def contract(cast):
    return make_ended(cast.cyd, cast.ada)


def page(contract):
    return f"/feedback/contract/{contract.id}/"


def test_from_the_form_to_the_reply_and_the_change(cast, contract, django_assert_max_num_queries):
    client, freelancer = browse_as(cast.cyd), browse_as(cast.ada)
    assert contract.title in client.get("/feedback/").content.decode()
    assert page(contract) in client.get(f"/contracts/{contract.id}/").content.decode()
    client.post(page(contract), {**STARS, "text": "Good work.", "score": "3", "private_note": "Secret words."})
    shown = freelancer.get(page(contract)).content.decode()
    assert "Good work." not in shown
    freelancer.post(page(contract), dict.fromkeys(CRITERIA["freelancer"], "5"))
    run_jobs()
    shown = freelancer.get(page(contract)).content.decode()
    assert "Good work." in shown
    assert "Secret words." not in shown
    assert "Secret words." in client.get(page(contract)).content.decode()
    given = Feedback.objects.get(side="client")
    freelancer.post(f"/feedback/{given.id}/reply/", {"reply": "With pleasure."})
    client.post(f"/feedback/{given.id}/ask/")
    freelancer.post(f"/feedback/{given.id}/allow/")
    assert "Good work." in client.get(f"/feedback/{given.id}/change/").content.decode()
    client.post(f"/feedback/{given.id}/change/", {**STARS, "text": "Very good work."})
    with django_assert_max_num_queries(20):
        shown = freelancer.get(page(contract)).content.decode()
    assert "Very good work." in shown
    assert "With pleasure." in shown
    for tab in ("about", "given", "waiting"):
        with django_assert_max_num_queries(20):
            assert freelancer.get(f"/feedback/?tab={tab}").status_code == 200


def test_nonsense_keeps_what_was_typed(cast, contract):
    client = browse_as(cast.cyd)
    for sent in ({}, {**STARS, "skills": "9"}, {**STARS, "score": "eleven"}, {**STARS, "text": "Call +49 170 1234567"}):
        answer = client.post(page(contract), {"text": "Words that stay.", **sent})
        assert answer.status_code == 422
        assert sent.get("text", "Words that stay.") in answer.content.decode()
    assert not Feedback.objects.exists()


def test_an_empty_or_refused_reply_comes_back(cast, contract):
    given = give_feedback(cast.cyd, contract.id, answers("client"))
    freelancer = browse_as(cast.ada)
    assert freelancer.get(f"/feedback/{given.id}/reply/").status_code == 404
    give_feedback(cast.ada, contract.id, answers("freelancer"))
    answer = freelancer.post(f"/feedback/{given.id}/reply/", {"reply": "Mail me at ada@example.com"})
    assert answer.status_code == 422
    assert "Mail me at" in answer.content.decode()


@pytest.mark.parametrize("who", ["ben", "dot"])
def test_strangers_find_nothing(cast, contract, who):
    given = give_feedback(cast.cyd, contract.id, answers("client"))
    stranger = browse_as(getattr(cast, who))
    assert stranger.get(page(contract)).status_code == 404
    for what in ("reply", "ask", "allow", "change"):
        assert stranger.post(f"/feedback/{given.id}/{what}/", {"reply": "x"}).status_code == 404


@pytest.fixture
def api(client):
    """Call as an actor, each with one key of their own."""
    keys = {}

    def call(actor, path, body=None):
        if actor.party_id not in keys:
            keys[actor.party_id] = call_as(actor)
        headers = keys[actor.party_id]
        if body is None:
            return client.get(f"/api/v1/feedback{path}", headers=headers)
        once = {"Idempotency-Key": f"k-{path}"}
        return client.post(f"/api/v1/feedback{path}", body, content_type="application/json", headers={**headers, **once})

    return call


def test_the_whole_exchange_by_api(cast, contract, api):
    where = f"/contract/{contract.id}"
    sent = {"stars": dict.fromkeys(CRITERIA["client"], 4), "text": "Fine.", "score": 8}
    given = api(cast.cyd, where, sent)
    assert given.status_code == 201
    assert api(cast.cyd, where, sent).json() == given.json()
    assert api(cast.ada, where).json()["theirs"] == []
    assert api(cast.ada, where, {"stars": dict.fromkeys(CRITERIA["freelancer"], 5)}).status_code == 201
    (theirs,) = api(cast.ada, where).json()["theirs"]
    assert theirs["overall"] == 400
    assert "score" not in theirs
    assert api(cast.ada, f"/{theirs['id']}/reply", {"text": "Thanks."}).json()["reply"] == "Thanks."
    assert api(cast.cyd, f"/{theirs['id']}/ask", {}).status_code == 200
    assert api(cast.ada, f"/{theirs['id']}/allow", {}).status_code == 200
    changed = {"stars": dict.fromkeys(CRITERIA["client"], 3)}
    assert api(cast.cyd, f"/{theirs['id']}/change", changed).json()["overall"] == 300
    assert api(cast.ben, f"/about/{cast.ada.party_id}").json()["items"][0]["overall"] == 300
    assert api(cast.ben, where).status_code == 404


@pytest.mark.parametrize("stars", [{}, {"skills": "many"}, {"skills": 10**30}, None, {"looks": 5}])
def test_nonsense_by_api_is_refused(cast, contract, api, stars):
    assert api(cast.cyd, f"/contract/{contract.id}", {"stars": stars}).status_code in (409, 422)
    assert not Feedback.objects.exists()
