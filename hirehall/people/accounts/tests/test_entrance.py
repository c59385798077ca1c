"""Sign-up, confirmation, sign-in and its limits, as a person without JavaScript does them."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from hirehall.people.accounts.models import User
from tests.support.cast import PASSWORD, browse_as
from tests.support.jobs import run_jobs

DETAILS = {
    "email": "Nia@People.example",
    "password1": "amber-lantern-73",
    "name": "Nia Mensah",
    "kind": "freelancer",
    "time_zone": "Africa/Accra",
}


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


def sign_up(browser: Client, **changes):
    return browser.post(reverse("account_signup"), DETAILS | changes)


def last_link() -> str:
    return re.search(r"https?://\S+", mail.outbox[-1].body)[0].replace("http://testserver", "").rstrip(".")


@pytest.mark.feature("ACC-01")
def test_joining_leads_by_mail_into_the_onboarding():
    browser = Client()
    assert b"Your name" in browser.get(reverse("account_signup")).content
    answer = sign_up(browser)
    assert answer.status_code == 302
    assert mail.outbox == [], "Mail is sent by a job, never inside the request."
    run_jobs()
    assert len(mail.outbox) == 1
    link = last_link()
    assert browser.get(link).status_code == 200
    answer = browser.post(link, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("web:welcome")
    assert b"Welcome, Nia" in answer.content
    person = User.objects.get(email="nia@people.example")
    assert (person.name, person.time_zone) == ("Nia Mensah", "Africa/Accra")
    assert person.seats.get().party.kind == "freelancer"


@pytest.mark.feature("ACC-02")
def test_client_goes_from_joining_to_the_first_post():
    browser = Client()
    sign_up(browser, kind="client", time_zone="nonsense")
    run_jobs()
    answer = browser.post(last_link())
    answer = browser.get(answer.url)
    assert answer.url == reverse("accounts:company") + "?next=post"
    assert browser.get(answer.url).status_code == 200
    answer = browser.post(answer.url, {"single": "person", "name": "x", "country": "GH"})
    assert answer.url == reverse("web:welcome")
    party = User.objects.get(email="nia@people.example").seats.get().party
    assert (party.name, party.country) == ("Nia Mensah", "GH")


@pytest.mark.feature("ACC-11")
@pytest.mark.parametrize("password", ["short-1", "1234567890123", "password123", "nia@people.example"])
def test_weak_passwords_are_refused(password):
    page = sign_up(Client(), password1=password)
    assert page.status_code == 200
    assert not User.objects.filter(email="nia@people.example").exists()


@pytest.mark.feature("ACC-11")
def test_nobody_learns_that_an_address_is_taken(cast):
    answer = sign_up(Client(), email="ada@people.example")
    assert answer.status_code == 302
    run_jobs()
    assert "ada@people.example" in mail.outbox[-1].to
    assert User.objects.filter(email="ada@people.example").count() == 1


@pytest.mark.feature("ACC-11")
def test_wrong_passwords_meet_a_limit(cast):
    browser = Client()
    wrong = {"login": "ada@people.example", "password": "not-it-at-all"}
    pages = [browser.post(reverse("account_login"), wrong).content for _ in range(6)]
    assert b"Too many failed" in pages[-1]
    right = browser.post(reverse("account_login"), {"login": "ada@people.example", "password": PASSWORD})
    assert b"Too many failed" in right.content, "The right password waits too, or guessing would show."


@pytest.mark.feature("ACC-11")
def test_unconfirmed_address_cannot_sign_in():
    sign_up(Client())
    answer = Client().post(reverse("account_login"), {"login": "nia@people.example", "password": DETAILS["password1"]})
    assert answer.url == reverse("account_email_verification_sent")


def test_password_is_reset_by_mail(cast):
    browser = Client()
    browser.post(reverse("account_reset_password"), {"email": "ada@people.example"})
    run_jobs()
    form = browser.get(last_link(), follow=True)
    answer = browser.post(form.redirect_chain[-1][0], {"password1": "velvet-harbour-19", "password2": "velvet-harbour-19"})
    assert answer.status_code == 302
    assert Client().login(email="ada@people.example", password="velvet-harbour-19")


@pytest.mark.feature("ACC-11")
def test_change_of_password_is_told_by_mail(cast):
    browser = browse_as(cast.ada)
    browser.post(reverse("account_login"), {"login": "ada@people.example", "password": PASSWORD})
    given = {"oldpassword": PASSWORD, "password1": "velvet-harbour-19", "password2": "velvet-harbour-19"}
    assert browser.post(reverse("account_change_password"), given).status_code == 302
    run_jobs()
    assert mail.outbox[-1].to == ["ada@people.example"]
    assert "password" in mail.outbox[-1].body.lower()


ENTRANCE = ("account_login", "account_signup", "account_reset_password")
INSIDE = ("account_email", "account_change_password", "mfa_index", "usersessions_list", "accounts:person", "accounts:tokens", "accounts:start")


@pytest.mark.parametrize("name", ENTRANCE)
def test_entrance_wears_our_shell(db, name):
    page = Client().get(reverse(name)).content
    assert page.count(b"<html") == 1
    assert b'id="main"' in page
    assert b"btn-primary" in page


@pytest.mark.parametrize("name", INSIDE)
def test_inside_wears_our_shell(cast, name):
    page = browse_as(cast.ada).get(reverse(name), follow=True)
    assert page.status_code == 200
    assert page.content.count(b"<html") == 1
