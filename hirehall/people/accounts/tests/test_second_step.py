"""A second step at sign-in: codes by an app, recovery codes, passkeys offered, sessions seen and ended (ACC-11)."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from hirehall.people.accounts.models import User
from tests.support.cast import PASSWORD
from tests.support.jobs import run_jobs

pytestmark = [pytest.mark.feature("ACC-11"), pytest.mark.real_time]


@pytest.fixture
def browser(cast) -> Client:
    cache.clear()
    return signed_in()


def signed_in() -> Client:
    browser = Client()
    browser.post(reverse("account_login"), {"login": "ada@people.example", "password": PASSWORD})
    return browser


def confirm(browser: Client) -> None:
    """Changes of the second step ask for the password once more."""
    assert browser.post(reverse("account_reauthenticate"), {"password": PASSWORD}).status_code == 302


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def switch_on(browser: Client) -> str:
    assert browser.get(reverse("mfa_activate_totp")).url.startswith(reverse("account_reauthenticate"))
    confirm(browser)
    page = browser.get(reverse("mfa_activate_totp"))
    assert b"data:image/svg+xml" in page.content
    secret = page.context["form"].secret
    answer = browser.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert answer.status_code == 302
    return secret


def test_code_of_the_app_is_asked_for(browser, cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        secret = switch_on(browser)
    run_jobs()
    assert "ada@people.example" in mail.outbox[-1].to
    again = Client()
    answer = again.post(reverse("account_login"), {"login": "ada@people.example", "password": PASSWORD})
    assert answer.url == reverse("mfa_authenticate")
    assert again.get(answer.url).status_code == 200
    assert again.post(answer.url, {"code": "000000"}).status_code == 200
    cache.clear()
    answer = again.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert answer.status_code == 302
    assert "_auth_user_id" in again.session


def test_recovery_code_works_once(browser, cast):
    switch_on(browser)
    person = User.objects.get(pk=cast.ada.user_id)
    assert browser.get(reverse("mfa_view_recovery_codes")).status_code == 200
    codes = Authenticator.objects.get(user=person, type="recovery_codes").wrap().get_unused_codes()
    for attempt, enters in ((codes[0], True), (codes[0], False)):
        cache.clear()
        again = signed_in()
        again.post(reverse("mfa_authenticate"), {"code": attempt})
        assert ("_auth_user_id" in again.session) is enters


def test_passkeys_are_offered(browser):
    assert b"passkey_login" in Client().get(reverse("account_login")).content
    confirm(browser)
    page = browser.get(reverse("mfa_add_webauthn"))
    assert page.status_code == 200
    assert b"mfa_webauthn_add" in page.content


def test_other_session_is_ended(browser):
    other = signed_in()
    other.get(reverse("accounts:person"))
    page = browser.get(reverse("usersessions_list"))
    assert page.status_code == 200
    browser.post(reverse("usersessions_list"))
    assert other.get(reverse("accounts:person")).status_code == 302
    assert browser.get(reverse("accounts:person")).status_code == 200
