"""The refusal of a text or a file name: which code, which words, and what the page can mark."""

import re

import pytest
from django.utils import translation

from hirehall.kernel import http
from hirehall.kernel.errors import Refused
from hirehall.people.screening.reasons import REASONS
from hirehall.people.screening.rules import find_contacts, why_not_file_name, why_not_send
from hirehall.people.screening.tests import contacts_to_find

pytestmark = [pytest.mark.feature("TRU-01"), pytest.mark.feature("PRO-04")]

LETTER = "I have done this before. Call me at 917-555-0123 or write to ben@carterworks.net."


def refusal(text: str, started: bool = False) -> Refused:
    refused = why_not_send(text, contract_started=started, field="letter")
    assert refused is not None
    return refused


def test_a_clean_letter_may_be_sent() -> None:
    assert why_not_send("I have built three shops with PayPal checkout.", contract_started=False) is None


def test_a_contact_before_the_contract_is_refused_with_what_to_take_out() -> None:
    refused = refusal(LETTER)
    assert refused.code == "screening:contact_before_contract"
    assert refused.field == "letter"
    assert refused.sentence == (
        "Take out “917-555-0123” (phone number) and “ben@carterworks.net” (e-mail address): "
        "contact details can be shared once a contract has started."
    )


def test_the_details_say_where_each_piece_stands() -> None:
    pieces = refusal(LETTER).details["findings"]
    assert [(p["kind"], p["text"]) for p in pieces] == [("phone", "917-555-0123"), ("email", "ben@carterworks.net")]
    assert all(LETTER[p["start"] : p["end"]] == p["text"] for p in pieces)


def test_three_pieces_are_listed_and_a_repeated_one_only_once() -> None:
    sentence = refusal("t.me/bencarter, 917-555-0123, t.me/bencarter, ben@carterworks.net").sentence
    assert sentence.startswith("Take out “t.me/bencarter” (messenger contact), “917-555-0123” (phone number) and “ben@")
    assert sentence.count("t.me") == 1


def test_a_long_piece_is_shortened_in_the_sentence_only() -> None:
    link = "https://teams.microsoft.com/l/meetup-join/" + "a" * 90
    refused = refusal(link)
    assert refused.details["findings"][0]["text"] == link
    assert "…” (meeting outside)" in refused.sentence


def test_contacts_are_free_after_the_start() -> None:
    assert why_not_send(LETTER, contract_started=True) is None


@pytest.mark.parametrize("started", [False, True])
def test_payment_outside_is_refused_at_any_time(started: bool) -> None:
    refused = refusal("I will pay you directly, here is paypal.me/cyd", started)
    assert refused.code == "screening:outside_payment"
    assert [p["kind"] for p in refused.details["findings"]] == ["outside_payment", "payment_link"]


def test_payment_gives_the_code_when_a_text_has_both() -> None:
    refused = refusal("917-555-0123, paypal.me/ben")
    assert refused.code == "screening:outside_payment"
    assert len(refused.details["findings"]) == 2


@pytest.mark.parametrize(
    "name",
    [
        "call_me_917_555_0123.pdf",
        "917-555-0123.docx",
        "ben.carter@gmail.com.pdf",
        "ben@carterworks.net",
        "cv_ben_at_gmail_dot_com.pdf",
        "telegram_@bencarter.png",
        "my_telegram_is_bencarter.txt",
    ],
)
def test_a_contact_in_a_file_name_is_refused(name: str) -> None:
    refused = why_not_file_name(name, False)
    assert refused is not None
    assert refused.code == "screening:contact_before_contract"
    assert refused.field == "file"
    assert refused.details["findings"][0]["text"] in name


@pytest.mark.parametrize(
    "name",
    [
        "Screenshot 2023-10-20 at 10.11.12.png",
        "IMG_20231020_101112.jpg",
        "PXL_20231020_101112123.jpg",
        "WhatsApp Image 2024-01-02 at 10.11.12.jpeg",
        "1697801234567.jpg",
        "invoice_2023-2024_v1.2.3.pdf",
        "README",
        "design@2x.png",
        "contract-1234567890.pdf",
    ],
)
def test_usual_file_names_may_be_sent(name: str) -> None:
    assert why_not_file_name(name, False) is None


def test_a_file_name_with_payment_is_refused_after_the_start() -> None:
    assert why_not_file_name("917_555_0123.pdf", True) is None
    refused = why_not_file_name("paypal.me/ben.pdf", True)
    assert refused is not None
    assert refused.code == "screening:outside_payment"


def test_every_reason_is_a_text_that_can_be_translated() -> None:
    found = {f.reason for _kind, text in contacts_to_find.rows() for f in find_contacts(text)}
    assert len(found) >= 8
    assert found <= REASONS


@pytest.mark.feature("ACC-05")
@pytest.mark.parametrize("language", ["bn", "hi"])
def test_what_to_take_out_is_named_in_the_readers_language(language: str) -> None:
    refused = refusal(LETTER)
    with translation.override(language):
        told = http.told(refused)
    assert "917-555-0123" in told
    assert "ben@carterworks.net" in told
    assert re.search("[a-z]", told.replace("ben@carterworks.net", "")) is None
