"""What stands before every page: form tokens, cookies that scripts and other sites can't use, and limits on tries."""

import pytest
from django.core.cache import cache
from django.test import Client

from hirehall.api import root
from hirehall.people.accounts.models import User
from tests.support.cast import PASSWORD, call_as
from tests.walls.addresses import list_addresses, list_operations
from tests.walls.digest import Stored, undone

# Signed by whoever sends it instead of carrying a form's token.
SIGNED = {"payments:webhook"}


@pytest.fixture
def fresh_limits(db):
    cache.clear()
    yield
    cache.clear()


def strict_browser(actor) -> Client:
    """A signed-in browser that is asked for form tokens, as real ones are."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(User.objects.get(pk=actor.user_id))
    return browser


def test_no_form_is_taken_without_its_token(world):
    """Another site can make a browser send a form, but not with the token of our page."""
    browser, stored, let_in = strict_browser(world.cast.cyd), Stored(), []
    for address in list_addresses():
        path = world.things.fill("/" + address.pattern)
        with undone():
            answer = browser.post(path, {"text": "Sent by another site."}, headers={"origin": "https://elsewhere.example"})
            if answer.status_code != (404 if address.name in SIGNED else 403) or stored.changed():
                let_in.append(f"{path}: {answer.status_code}, changed {stored.changed()}")
    assert let_in == []


def test_a_session_opens_no_operation(world, client):
    """The API takes no form token, so the cookie of a browser must not count there."""
    client.force_login(User.objects.get(pk=world.cast.cyd.user_id))
    opened = []
    for operation in list_operations():
        path = world.things.fill(operation.path)
        with undone():
            answer = getattr(client, operation.method.lower())(path, content_type="application/json")
        if answer.status_code != 401:
            opened.append(f"{operation}: {answer.status_code}")
    assert opened == []


def test_cookies_are_of_no_use_to_scripts_and_other_sites(world):
    browser = Client()
    browser.get("/account/login/")
    browser.post("/account/login/", {"login": "ada@people.example", "password": PASSWORD})
    kept = {name: cookie for name, cookie in browser.cookies.items() if name in ("sessionid", "csrftoken")}
    assert set(kept) == {"sessionid", "csrftoken"}
    for name, cookie in kept.items():
        assert (name, cookie["httponly"], cookie["samesite"]) == (name, True, "Lax")


def test_a_session_is_new_after_sign_in_and_dead_after_sign_out(world):
    """A number that was planted before is worth nothing, nor is one that was copied and signed out."""
    browser = Client()
    browser.get("/account/login/")
    before = browser.session.session_key
    browser.post("/account/login/", {"login": "ada@people.example", "password": PASSWORD})
    inside = browser.session.session_key
    assert inside != before
    browser.post("/account/logout/")
    copied = Client()
    copied.cookies["sessionid"] = inside
    assert copied.get("/money/").status_code == 302


WRONG = {"login": "ada@people.example", "password": "not-it-at-all"}


def sign_up(browser: Client, number: int):
    given = {"email": f"n{number}@people.example", "password1": "amber-lantern-73", "name": "Nia", "kind": "client", "time_zone": ""}
    return browser.post("/account/signup/", given)


def join_by_program(browser: Client, number: int):
    given = {"email": f"n{number}@people.example", "password": "amber-lantern-73", "name": "Nia", "kind": "client", "time_zone": ""}
    return browser.post("/api/account/app/v1/auth/signup", given, content_type="application/json")


def sign_in_by_program(browser: Client, _number: int):
    given = {"email": WRONG["login"], "password": WRONG["password"]}
    return browser.post("/api/account/app/v1/auth/login", given, content_type="application/json")


def ask_reset(browser: Client, _number: int):
    return browser.post("/account/password/reset/", {"email": "ada@people.example"})


# What is tried -> how often, and what the last answer is; the numbers stand in settings.
LIMITS = {
    "joining": (sign_up, 30, 429), "joining by program": (join_by_program, 30, 429),
    "signing in by program": (sign_in_by_program, 5, 400), "asking for a new password": (ask_reset, 5, 429),
}  # fmt: skip


@pytest.mark.feature("ACC-11")
@pytest.mark.parametrize("what", LIMITS)
def test_tries_meet_a_limit(world, fresh_limits, what):
    attempt, most, status = LIMITS[what]
    browser = Client()
    answers = [attempt(browser, number) for number in range(most + 1)]
    assert {answer.status_code for answer in answers[:-1]} <= {200, 302, 400, 401} - {status if status == 429 else None}
    assert answers[-1].status_code == status, answers[-1].content[:300]
    if status == 400:
        assert b"too_many_login_attempts" in answers[-1].content
        assert b"too_many_login_attempts" not in answers[-2].content


@pytest.mark.feature("OPS-03")
def test_a_program_that_writes_without_end_is_stopped(world, fresh_limits, client, monkeypatch):
    """600 a minute; here three, so that the test is short."""
    assert root.WRITES_A_MINUTE == "600/m"
    (throttle,) = root.api.throttle if isinstance(root.api.throttle, list) else [root.api.throttle]
    monkeypatch.setattr(throttle, "num_requests", 3)
    path, tokens = "/api/v1/notices/read-all", call_as(world.cast.ada)
    assert [client.post(path, headers=tokens).status_code for _ in range(4)] == [200, 200, 200, 429]
    answer = client.post(path, headers=tokens)
    assert (answer.status_code, answer.json()["error"]["code"]) == (429, "api:too_many")
    assert client.get("/api/v1/me", headers=tokens).status_code == 200, "Reading goes on."
    assert client.post(path, headers=call_as(world.cast.cyd)).status_code == 200, "So does everybody else."
