"""What screening finds and what it leaves, example by example, and that no text at all breaks it."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hirehall.people.screening.findings import KINDS, Finding, mark, settle
from hirehall.people.screening.rules import find_contacts, find_outside_payment
from hirehall.people.screening.tests import contacts_to_find, texts_to_leave

pytestmark = pytest.mark.feature("TRU-01")

AROUND = ("{}", "Hello, thank you for the post.\n{}\nBest regards", "Thank you: {} Ben")


@pytest.mark.parametrize(("kind", "text"), contacts_to_find.rows())
def test_a_contact_is_found(kind: str, text: str) -> None:
    assert kind in {found.kind for found in find_contacts(text)}


@pytest.mark.parametrize("text", texts_to_leave.rows())
def test_ordinary_text_is_left(text: str) -> None:
    for around in AROUND[:2]:
        assert find_contacts(around.format(text)) == []


def test_there_are_enough_examples() -> None:
    assert len(contacts_to_find.rows()) >= 150
    assert len(texts_to_leave.rows()) >= 150


@pytest.mark.parametrize(("kind", "text"), contacts_to_find.rows())
def test_only_payment_is_found_after_the_start(kind: str, text: str) -> None:
    found = {one.kind for one in find_outside_payment(text)}
    assert found <= {"payment_link", "outside_payment"}
    if kind in {"payment_link", "outside_payment"}:
        assert kind in found


def test_a_finding_marks_exactly_the_number() -> None:
    text = "Ring 9️⃣1️⃣7️⃣ 555 0123, or not."
    (found,) = find_contacts(text)
    assert found.text == text[found.start : found.end] == "9️⃣1️⃣7️⃣ 555 0123"


def test_several_pieces_are_found_in_order() -> None:
    kinds = [one.kind for one in find_contacts("ben@carterworks.net or 917-555-0123 or t.me/bencarter")]
    assert kinds == ["email", "phone", "messenger"]


def test_two_numbers_in_a_row_are_two_findings() -> None:
    assert len(find_contacts("+44 20 7946 0958, +1 917 555 0123")) == 2


def test_what_follows_an_international_number_is_no_part_of_it() -> None:
    (found,) = find_contacts("+1 917 555 0123 - 20 hours")
    assert found.text == "+1 917 555 0123"


def test_a_number_of_no_known_plan_still_counts_when_written_like_one() -> None:
    assert [one.kind for one in find_contacts("+999 4021 56739")] == ["phone"]
    assert find_contacts("00999402156739 rows or +1234567890") == []


@pytest.mark.parametrize(
    "text",
    [
        "one two three four five six seven",
        "five 5 5 5 5 5 5 5",
        "git @ carterworks . net",
        "0999 999 9999",
        "ben @ example.com",
    ],
)
def test_examples_and_counting_are_left(text: str) -> None:
    assert find_contacts(text) == []


def test_marking_can_begin_with_a_finding() -> None:
    text = "t.me/bencarter is mine"
    assert [piece for piece, _ in mark(text, find_contacts(text))] == ["t.me/bencarter", " is mine"]


def test_the_stronger_of_two_overlapping_finds_stays() -> None:
    mail = Finding("email", 0, 10, "0123456789", "e-mail address")
    phone = Finding("phone", 5, 15, "5678901234", "phone number")
    assert settle([phone, mail]) == [mail]


def test_marking_cuts_the_text_at_the_findings() -> None:
    text = "Call 917-555-0123 now"
    assert [(piece, found and found.kind) for piece, found in mark(text, find_contacts(text))] == [
        ("Call ", None),
        ("917-555-0123", "phone"),
        (" now", None),
    ]
    assert mark("", []) == []


PIECES = st.sampled_from(
    [*"0123456789@.+()-–/$#: \n", "917-555-0123", "ben", "gmail", "com", " at ", " dot ", "telegram", "whatsapp", "one ", "nine ",
     "９", "٣", "5️⃣", "\u200b", "а", "\ud800", "🔟", "pay me", "0x", "DE89", "https://", "t.me/", "Street ", "\u0130", "ﬃ"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=120).map("".join)))
def test_any_text_gives_findings_that_point_into_it(text: str) -> None:
    found = find_contacts(text)
    assert all(one.text == text[one.start : one.end] != "" for one in found)
    assert all(one.kind in KINDS for one in found)
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert "".join(piece for piece, _ in mark(text, found)) == text
    assert {one.kind for one in find_outside_payment(text)} <= {"payment_link", "outside_payment"}


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "1",
        " ",
        "@",
        "1 ",
        "a.",
        "a@",
        "a at ",
        "one ",
        "0",
        "+1",
        "(",
        "x@y.",
        "9-",
        "pay me ",
        "my telegram ",
        "A B ",
        "12 Ab ",
        "а",
        "t.me/",
        "DE89 ",
        "://",
        "\n",
        "b e ",
        "gmail ",
        "1BoatSLR",
        "/",
        "-",
    ],
)
def test_no_text_takes_long(piece: str) -> None:
    """A pattern that backtracks without end would need seconds here; the figure allows a slow machine."""
    text = (piece * 20_000)[:20_000]
    begun = time.process_time()
    find_contacts(text)
    assert time.process_time() - begun < 1.5
