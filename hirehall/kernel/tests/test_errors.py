"""A refusal says its sentence in English to programs and in the reader's language on a page."""

import pytest
from django import forms
from django.utils import translation

from hirehall.kernel import http
from hirehall.kernel.errors import Refused

TOO_FEW = Refused(
    "connects:too_few", "This needs %(needed)s Connects; you have %(held)s.", values={"needed": 8, "held": 3}
)
FIXED = Refused("job:closed", "This job no longer takes proposals.")


def test_values_stand_in_the_sentence():
    assert TOO_FEW.sentence == str(TOO_FEW) == "This needs 8 Connects; you have 3."


def test_a_sentence_without_values_keeps_its_percent_signs():
    assert Refused("fee:high", "That is 100 % of it.").sentence == "That is 100 % of it."


@pytest.mark.feature("ACC-05")
@pytest.mark.parametrize("language", ["bn", "hi"])
def test_a_page_says_it_in_the_readers_language(language):
    with translation.override(language):
        told = http.told(TOO_FEW)
        assert told != TOO_FEW.sentence
        assert "8" in told
        assert "3" in told
        assert http.told(FIXED) != FIXED.sentence
        assert TOO_FEW.sentence == "This needs 8 Connects; you have 3."


@pytest.mark.feature("ACC-05")
def test_a_form_says_it_in_the_readers_language():
    class TitleForm(forms.Form):
        title = forms.CharField()

    with translation.override("bn"):
        form = TitleForm({"title": "x"})
        http.add_refusal(form, FIXED.at("title"))
        assert form.errors["title"] == [http.told(FIXED)] != [FIXED.sentence]


def test_a_refusal_can_be_about_another_field():
    moved = Refused("file:large", "At most %(most)s MB.", "file", {"most": 5}, size=6).at("photo")
    assert (moved.code, moved.sentence, moved.field, moved.details) == (
        "file:large",
        "At most 5 MB.",
        "photo",
        {"size": 6},
    )
