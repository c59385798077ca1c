"""The pages in three languages: translations are whole, compiled, and shown to those who chose them (ACC-05)."""

import re
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.test import Client
from django.urls import reverse

from hirehall.people.accounts.places import countries, languages, time_zones

FOLDER = Path(settings.LOCALE_PATHS[0])
PLACE = re.compile(r"%\(\w+\)s")


def catalog(language: str):
    with (FOLDER / language / "LC_MESSAGES" / "django.po").open("rb") as source:
        return read_po(source)


@pytest.mark.feature("ACC-05")
@pytest.mark.parametrize("language", ["bn", "hi"])
def test_placeholders_survive_translation(language):
    wrong = []
    for message in catalog(language):
        one = message.id if isinstance(message.id, str) else message.id[0]
        for told in (message.string,) if isinstance(message.string, str) else message.string:
            if message.id and told and set(PLACE.findall(one)) != set(PLACE.findall(told)):
                wrong.append(one)
    assert wrong == []


@pytest.mark.parametrize("language", ["bn", "hi"])
def test_what_is_compiled_is_what_is_written(language):
    with (FOLDER / language / "LC_MESSAGES" / "django.mo").open("rb") as source:
        compiled = {_key(m): _told(m) for m in read_mo(source)}
    written = {_key(m): _told(m) for m in catalog(language) if m.id and any(_told(m))}
    assert {key: compiled.get(key) for key in written} == written, "Run `make locale`."


def _key(message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _told(message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


@pytest.mark.feature("ACC-05")
@pytest.mark.parametrize(("language", "word"), [("bn", "আপনার নাম"), ("hi", "आपका नाम"), ("en", "Your name")])
def test_a_stranger_joins_in_their_language(db, language, word):
    page = Client(headers={"Accept-Language": language}).get(reverse("account_signup")).content.decode()
    assert f'lang="{language}"' in page
    assert word in page


@pytest.mark.feature("ACC-05")
def test_the_whole_world_can_be_chosen():
    codes = {code for code, _name in countries("en")}
    assert {"BD", "IN", "NG", "PK", "PH", "US", "XK"} <= codes
    assert not {"EU", "UN", "ZZ"} & codes
    assert dict(countries("bn"))["BD"] == "বাংলাদেশ"
    assert "Asia/Dhaka" in time_zones()
    assert {"bn", "hi", "yo"} <= set(dict(languages("hi")))
    assert "en" not in dict(languages("en"))
