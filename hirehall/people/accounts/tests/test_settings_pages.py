"""One's own settings, second roles, and tokens: kept, refused, and shown once."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from hirehall.people.accounts.models import Token, User
from hirehall.people.accounts.queries import find_token_actor
from tests.support.cast import browse_as

PERSON = {"name": "Ada Obi", "country": "NG", "time_zone": "Africa/Lagos", "language": "en"}


@pytest.mark.feature("ACC-05")
def test_language_and_zone_are_kept(cast):
    browser = browse_as(cast.ada)
    assert browser.post(reverse("accounts:person"), PERSON | {"language": "bn", "time_zone": "Asia/Dhaka"}).status_code == 303
    person = User.objects.get(pk=cast.ada.user_id)
    assert (person.language, person.time_zone) == ("bn", "Asia/Dhaka")
    assert b'lang="bn"' in browser.get(reverse("accounts:person")).content


@pytest.mark.feature("ACC-05")
def test_language_comes_along_to_another_device(cast):
    User.objects.filter(pk=cast.ada.user_id).update(language="hi")
    assert b'lang="hi"' in browse_as(cast.ada).get(reverse("accounts:person")).content


@pytest.mark.feature("ACC-05")
def test_unknown_zone_is_refused(cast):
    page = browse_as(cast.ada).post(reverse("accounts:person"), PERSON | {"time_zone": "Mars/Olympus"})
    assert page.status_code == 422
    assert b"Mars/Olympus" in page.content


@pytest.mark.feature("ACC-02")
def test_one_sign_in_holds_both_roles_and_switches(cast):
    browser = browse_as(cast.ada)
    answer = browser.post(reverse("accounts:start"), {"kind": "client", "name": "Obi Studio"})
    assert answer.url == reverse("web:welcome")
    assert browser.get(reverse("profiles:edit")).status_code == 404
    browser.post(reverse("accounts:switch", args=[cast.ada.party_id]))
    assert browser.get(reverse("profiles:edit")).status_code == 200


@pytest.mark.feature("ACC-02")
def test_the_next_sign_in_acts_for_the_one_used_last(cast):
    browser = browse_as(cast.ada)
    browser.post(reverse("accounts:start"), {"kind": "client", "name": "Obi Studio"})
    person = User.objects.get(pk=cast.ada.user_id)
    studio = person.seats.get(party__kind="client").party_id
    for party_id in (cast.ada.party_id, studio):
        browser.post(reverse("accounts:switch", args=[party_id]))
        later = Client()
        later.force_login(person)
        assert later.get(reverse("profiles:edit")).status_code == (200 if party_id == cast.ada.party_id else 404)


def test_nobody_switches_into_a_foreign_party(cast):
    assert browse_as(cast.ada).post(reverse("accounts:switch", args=[cast.cyd.party_id])).status_code == 404


def test_second_freelancer_account_is_the_first(cast):
    browse_as(cast.ada).post(reverse("accounts:start"), {"kind": "freelancer", "name": "Ada again"})
    assert User.objects.get(pk=cast.ada.user_id).seats.filter(party__kind="freelancer").count() == 1


def test_token_is_shown_once_and_ends(cast):
    browser = browse_as(cast.ada)
    page = browser.post(reverse("accounts:tokens"), {"label": "Time sheet", "scopes": ["read", "money"]})
    secret = re.search(rb"hh_[\w-]+", page.content)[0].decode()
    assert find_token_actor(secret)[0].party_id == cast.ada.party_id
    assert secret.encode() not in browser.get(reverse("accounts:tokens")).content
    token = Token.objects.get(user_id=cast.ada.user_id)
    assert browse_as(cast.ben).post(reverse("accounts:revoke", args=[token.pk])).status_code == 404
    assert browser.post(reverse("accounts:revoke", args=[token.pk])).status_code == 303
    assert find_token_actor(secret) is None
    assert browser.post(reverse("accounts:revoke", args=[token.pk])).status_code == 404


def test_token_without_name_or_scope_is_refused(cast):
    page = browse_as(cast.ada).post(reverse("accounts:tokens"), {"label": ""})
    assert page.status_code == 422
