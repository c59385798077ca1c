"""Texts: what nobody can see goes, what writing needs stays, and nothing but blanks is nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hirehall.kernel.texts import UNSEEN, TooDeep, clean, clean_values


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("plain words", "plain words"), ("two\r\nlines\tand a tab", "two\r\nlines\tand a tab"),
        ("a\x00b\x07c\x1b[31md\x7fe\x9b", "abc[31mde"), ("photo\u202egnp.exe", "photognp.exe"), ("\u2066a\u2069b", "ab"),
        ("half \ud83d of one", "half  of one"), ("\ufeffa mark", "a mark"),
        # Joiners and direction marks make other letters of their neighbours.
        ("क्\u200dष", "क्\u200dष"), ("می\u200cخواهم", "می\u200cخواهم"), ("👩\u200d💻", "👩\u200d💻"), ("א\u200fב", "א\u200fב"),
        ("", ""), ("  ", ""), ("\u200b\u200b", ""), ("\u3164", ""), ("\u2800 \u00ad\u2060", ""), ("\u202e\x00", ""), ("\u00a0", ""),
    ],
)  # fmt: skip
def test_it_is_cleaned(typed, left):
    assert clean(typed) == left


@given(st.text(st.characters()))
def test_a_clean_text_can_be_kept_and_stays_as_it_is(typed):
    left = clean(typed)
    assert not UNSEEN.search(left)
    assert left.encode("utf-8").decode() == left
    assert clean(left) == left
    assert left == "" or left.strip()


def test_values_are_cleaned_to_the_last_and_passwords_left():
    given = {"a\x00": ["b\x00", {"c": "\u200b"}, 1, None, True], "password": "p\x00\u200b"}
    assert clean_values(given) == {"a": ["b", {"c": ""}, 1, None, True], "password": "p\x00\u200b"}


def test_values_end_somewhere():
    deep: list = []
    for _step in range(40):
        deep = [deep]
    with pytest.raises(TooDeep):
        clean_values(deep)
