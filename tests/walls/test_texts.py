"""Texts that deceive or break, at the door of pages and API: cleaned or refused by one rule, in every form."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from hirehall.market.jobs.models import Job
from hirehall.people.accounts.models import Party, User
from hirehall.people.messages.models import Post
from tests.support.cast import PASSWORD, browse_as, call_as
from tests.walls.digest import Stored, undone

TRICKS = "pay\u202e \x07me\u2066\x1b[31m"
CLEAN = "pay me[31m"
NOTHING = ("\u200b\u200b", "\u3164\u3164", "\u2800", "\u202e\x01", " \u00a0\u2060 ")
SIGN_UP = {"email": "nia@people.example", "password": PASSWORD, "name": TRICKS, "kind": "freelancer", "time_zone": "UTC"}


@pytest.fixture
def room(world) -> str:
    return world.things.ids["room_id"]


def newest_post() -> str | None:
    """What a person wrote last; lines of the house are none."""
    return Post.objects.exclude(party_id=None).order_by("-id").values_list("text", flat=True).first()


def test_a_form_keeps_what_can_be_seen(world, room):
    stored = Stored()
    assert browse_as(world.cast.ada).post(f"/messages/{room}/", {"text": TRICKS}).status_code == 303
    assert newest_post() == CLEAN
    assert "talks_post" in stored.changed()
    assert stored.unseen() == []


@pytest.mark.feature("OPS-03")
def test_a_program_keeps_what_can_be_seen(world, room, client):
    answer = client.post(f"/api/v1/messages/{room}", {"text": TRICKS}, content_type="application/json", headers=call_as(world.cast.ada))
    assert (answer.status_code, answer.json()["text"]) == (201, CLEAN)


@pytest.mark.feature("OPS-03")
@pytest.mark.parametrize("broken", ["a\x00b", "half \ud83d of one"])
@pytest.mark.parametrize("path", ["/api/v1/messages/{room}", "/api/account/app/v1/auth/signup"])
def test_what_can_not_be_kept_is_refused_in_words(world, room, client, path, broken):
    """No keyboard makes it; a program that sends it has a fault, and hears so."""
    for given in ({"text": broken}, {**SIGN_UP, "name": broken}, {**SIGN_UP, "password": broken}):
        answer = client.post(path.format(room=room), json.dumps(given), content_type="application/json", headers=call_as(world.cast.ada))
        assert (answer.status_code, answer.json()["error"]["code"]) == (422, "api:characters")
    page = browse_as(world.cast.ada).post(f"/messages/{room}/", {"text": "a\x00b"})
    assert page.status_code == 422


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_to_see_is_nothing(world, room, client, text):
    before = newest_post()
    page = browse_as(world.cast.ada).post(f"/messages/{room}/", {"text": text})
    assert page.status_code == 422
    assert "Write something" in page.content.decode()
    answer = client.post(f"/api/v1/messages/{room}", {"text": text}, content_type="application/json", headers=call_as(world.cast.ada))
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "message:empty")
    assert newest_post() == before
    assert browse_as(world.cast.cyd).post("/account/company/", {"name": text, "country": "US"}).status_code == 422
    assert Party.objects.get(pk=world.cast.cyd.party_id).name == "Cyd Works"


def test_an_address_is_cleaned_too(world):
    """A zero byte in a search broke the question to the database."""
    ada, sam = browse_as(world.cast.ada), browse_as(world.cast.sam)
    for browser, path in ((ada, "/messages/?q="), (ada, "/money/statement/?words="), (ada, reverse("search:jobs") + "?q="), (ada, "/find/talent/?q="), (sam, "/money/books/trail/?q="), (ada, "/contracts/?tab=")):  # fmt: skip
        assert browser.get(f"{path}a%00b%e2%80%ae%ff").status_code == 200, path


def test_a_password_is_taken_as_it_was_typed(db, client):
    """Cleaned, two different passwords would be one."""
    strange = "plum\u200b\u202eorchard-42"
    person = User.objects.create_user("odd@people.example", strange, name="Odd One")
    person.emailaddress_set.create(email="odd@people.example", verified=True, primary=True)
    for typed, enters in (("plumorchard-42", False), (strange, True)):
        client.post("/account/login/", {"login": "odd@people.example", "password": typed})
        assert ("_auth_user_id" in client.session) == enters




def test_a_name_is_cleaned_however_somebody_joins(db, client):
    typed = {**SIGN_UP, "password1": PASSWORD}
    assert client.post("/account/signup/", typed).status_code == 302
    body = {**SIGN_UP, "email": "tia@people.example"}
    answer = client.post("/api/account/app/v1/auth/signup", body, content_type="application/json")
    assert answer.status_code == 401, answer.content
    assert set(User.objects.filter(email__in=["nia@people.example", "tia@people.example"]).values_list("name", flat=True)) == {CLEAN}


ENDLESS = {
    "lists": "[" * 100_000 + "]" * 100_000, "objects": '{"a":' * 50_000 + "1" + "}" * 50_000, "half of it": "[" * 100_000,
    "a deep text": '{"text": ' + "[" * 40 + "]" * 40 + "}", "no JSON": "{text", "another type": '"words"', "a long number": '{"text": 1' + "0" * 5_000 + "}",
    "not a number": '{"text": NaN}', "half letters": b'{"text": "\xed\xa0\x80\xff"}', "twice": '{"text": "a", "text": 5}',
}  # fmt: skip


@pytest.mark.feature("OPS-03")
@pytest.mark.parametrize("what", ENDLESS)
@pytest.mark.parametrize("path", ["/api/v1/messages/{room}", "/api/account/app/v1/auth/login"])
def test_a_body_that_is_no_values_is_refused_in_words(world, room, client, path, what):
    answer = client.post(path.format(room=room), ENDLESS[what], content_type="application/json", headers=call_as(world.cast.ada))
    assert answer.status_code in (400, 422), answer.content[:300]
    error = answer.json().get("error") or answer.json()["errors"][0]
    assert len(error["message"].split()) > 2, error


@pytest.mark.feature("OPS-03")
@pytest.mark.parametrize("key", [{}, {"Idempotency-Key": "once"}])
def test_a_form_where_json_is_taken_is_refused_in_words(world, room, client, key):
    answer = client.post(f"/api/v1/messages/{room}", {"text": "Hello"}, headers=call_as(world.cast.ada) | key)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "api:malformed")


LONG = "w" * 1_000_000
TOO_LONG = "w" * 3_000_000


def test_a_million_letters_get_a_sentence(world, room, client):
    page = browse_as(world.cast.ada).post(f"/messages/{room}/", {"text": LONG})
    assert page.status_code == 422
    answer = client.post(f"/api/v1/messages/{room}", {"text": LONG}, content_type="application/json", headers=call_as(world.cast.ada))
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "message:long")


def test_more_than_can_be_read_gets_a_sentence(world, room, client):
    """Two limits: what may come as text, and what may come at all."""
    tokens, browser = call_as(world.cast.ada), browse_as(world.cast.ada)
    answer = client.post(f"/api/v1/messages/{room}", {"text": TOO_LONG}, content_type="application/json", headers=tokens)
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "request:too_large")
    page = browser.post(f"/messages/{room}/", {"text": TOO_LONG})
    assert page.status_code == 400
    assert "too long, or it is damaged" in page.content.decode()
    huge = {"CONTENT_LENGTH": str(600 * 1024 * 1024)}
    page = browser.post(f"/messages/{room}/", **huge)
    assert page.status_code == 413
    assert "This is more than 502 MB in one go" in page.content.decode()
    answer = client.post("/api/v1/profiles/me/photo", headers=tokens, **huge)
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "request:too_large")


def test_a_stranger_may_send_less(db, client):
    """No form for visitors takes files, so nothing large of theirs is read."""
    for headers in ({}, {"Authorization": "Bearer hh_guess"}):
        answer = client.post("/account/login/", CONTENT_LENGTH=str(3 * 1024 * 1024), headers=headers)
        assert answer.status_code == 413
        assert "This is more than 2 MB in one go" in answer.content.decode()


def test_too_many_fields_and_an_endless_name_get_a_page(world, room):
    browser = browse_as(world.cast.ada)
    page = browser.post(f"/messages/{room}/", {f"field_{n}": "x" for n in range(600)})
    assert (page.status_code, b'id="main"' in page.content) == (400, True)
    form = b'--x\r\nContent-Disposition: form-data; name="files"; filename="' + b"n" * 10_000 + b'.txt"\r\n\r\nwords\r\n--x--\r\n'
    page = browser.post(f"/messages/{room}/", form, content_type="multipart/form-data; boundary=x")
    assert page.status_code == 400
    assert "too long, or it is damaged" in page.content.decode()


def test_an_unknown_host_gets_one_line(db):
    """It is refused before anybody asks who came."""
    answer = Client(headers={"host": "elsewhere.example"}).get("/")
    assert (answer.status_code, answer["Content-Type"]) == (400, "text/plain")
    assert "can't be read" in answer.content.decode()


def test_a_job_by_program_is_cleaned_in_every_list(world, client):
    body = {"title": f"A page {TRICKS}", "description": "x y z " * 20, "category": "web-development", "budget_minor": 9_000, "questions": [f"When {TRICKS}?"]}
    with undone():
        answer = client.post("/api/v1/jobs", json.dumps(body), content_type="application/json", headers=call_as(world.cast.cyd))
        assert answer.status_code == 201, answer.content
        kept = Job.objects.get(pk=answer.json()["id"])
        assert (kept.title, kept.questions) == (f"A page {CLEAN}", [f"When {CLEAN}?"])
