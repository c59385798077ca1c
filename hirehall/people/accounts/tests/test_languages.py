"""The pages in three languages are shown to those who chose them (ACC-05); tests/tidy looks at the translations."""

import pytest
from django.test import Client
from django.urls import reverse

from hirehall.people.accounts.places import countries, languages, time_zones


@pytest.mark.feature("ACC-05")
@pytest.mark.parametrize(("language", "word"), [("bn", "আপনার নাম"), ("hi", "आपका नाम"), ("en", "Your name")])
def test_a_stranger_joins_in_their_language(db, language, word):
    page = Client(headers={"Accept-Language": language}).get(reverse("account_signup")).content.decode()
    assert f'lang="{language}"' in page
    assert word in page


@pytest.mark.feature("ACC-05")
def test_what_others_wrote_for_our_pages_is_translated_too(db):
    page = Client(headers={"Accept-Language": "bn"}).get(reverse("account_reset_password")).content.decode()
    assert "নতুন পাসওয়ার্ড চাই" in page
    assert "Password Reset" not in page


@pytest.mark.feature("ACC-05")
def test_the_whole_world_can_be_chosen():
    codes = {code for code, _name in countries("en")}
    assert {"BD", "IN", "NG", "PK", "PH", "US", "XK"} <= codes
    assert not {"EU", "UN", "ZZ"} & codes
    assert dict(countries("bn"))["BD"] == "বাংলাদেশ"
    assert "Asia/Dhaka" in time_zones()
    assert {"bn", "hi", "yo"} <= set(dict(languages("hi")))
    assert "en" not in dict(languages("en"))
