"""The profile by programs: to a complete profile and back, refusals by code, and nobody else's drafts."""

import pytest
from django.test import Client

from tests.support.cast import call_as
from tests.support.profiles import OVERVIEW, make_profile, picture

ME = "/api/v1/profiles/me"
BASICS = {
    "title": "Booking systems in Django for clinics",
    "overview": OVERVIEW,
    "rate_minor": 4500,
    "category": "web-development",
    "skills": ["django", "python"],
    "english": "fluent",
    "hours": "as_needed",
}


def post(path: str, actor, body=None):
    return Client().post(path, body or {}, content_type="application/json", headers=call_as(actor))


@pytest.mark.feature("OPS-03", "PRO-14")
def test_a_program_builds_and_publishes_a_profile(cast):
    assert post(ME, cast.ada, BASICS).status_code == 200
    given = {"company": "Kano Labs", "role": "Developer", "starts_on": "2020-01-01"}
    assert post(f"{ME}/entries/employment", cast.ada, given).status_code == 200
    answer = Client().post(f"{ME}/photo", {"photo": picture()}, headers=call_as(cast.ada))
    assert answer.json()["meter"]["percent"] == 50, answer.json()
    answer = post(f"{ME}/publish", cast.ada)
    assert answer.json()["card"]["published"] is True
    seen = Client().get(f"/api/v1/profiles/{cast.ada.party_id}", headers=call_as(cast.cyd))
    assert seen.json()["entries"][0]["values"]["company"] == "Kano Labs"


@pytest.mark.feature("OPS-03")
def test_parts_are_changed_all_or_nothing(cast):
    answer = post(ME, cast.ada, BASICS | {"overview": "Too short."})
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "profile:overview_short"
    mine = Client().get(ME, headers=call_as(cast.ada)).json()
    assert mine["card"]["title"] == ""


def test_entries_are_changed_and_removed(cast):
    answer = post(f"{ME}/entries/link", cast.ada, {"url": "https://github.com/ada-obi"})
    entry_id = answer.json()["entries"][0]["id"]
    answer = post(f"{ME}/entries/link/{entry_id}", cast.ada, {"url": "https://gitlab.com/ada-obi"})
    assert answer.json()["entries"][0]["values"]["url"] == "https://gitlab.com/ada-obi"
    assert post(f"{ME}/entries/link/{entry_id}/remove", cast.ben).status_code == 404
    assert post(f"{ME}/entries/link/{entry_id}/remove", cast.ada).json()["entries"] == []


@pytest.mark.parametrize(
    ("kind", "given", "status", "code"),
    [
        ("hobbies", {}, 404, "not_found"),
        ("employment", {"role": "Developer"}, 422, "entry:missing"),
        ("link", {"url": "https://facebook.com/ada"}, 422, "screening:link_host"),
        ("language", {"code": "en", "level": "native"}, 422, "entry:english"),
    ],
)
def test_wrong_entries_are_refused(cast, kind, given, status, code):
    answer = post(f"{ME}/entries/{kind}", cast.ada, given)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


def test_drafts_are_nobodys_business(cast):
    make_profile(cast.ada, publish=False)
    assert Client().get(f"/api/v1/profiles/{cast.ada.party_id}", headers=call_as(cast.cyd)).status_code == 404
    assert Client().get(ME, headers=call_as(cast.cyd)).status_code == 404


def test_skills_are_found_by_synonym(cast):
    found = Client().get("/api/v1/profiles/skills", {"q": "postgres"}, headers=call_as(cast.ada)).json()
    assert "postgresql" in [one["slug"] for one in found]
    assert len(Client().get("/api/v1/profiles/taxonomy", headers=call_as(cast.ada)).json()) >= 15


def test_specialised_profile_by_program(cast):
    given = {"title": "Data models for schools", "overview": OVERVIEW, "rate_minor": 5500, "skills": ["sql"]}
    assert post(f"{ME}/specialised", cast.ada, given).json()["title"] == "Data models for schools"
