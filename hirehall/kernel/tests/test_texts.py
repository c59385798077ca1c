"""Texts: what nobody can see goes, what writing needs stays, and nothing but blanks is nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hirehall.kernel.texts import UNSEEN, Broken, TooDeep, clean, clean_values, mend


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("plain words", "plain words"), ("two\r\nlines\tand a tab", "two\r\nlines\tand a tab"),
        ("b\x07c\x1b[31md\x7fe\x9b", "bc[31mde"), ("photo\u202egnp.exe", "photognp.exe"), ("\u2066a\u2069b", "ab"),
        ("\ufeffa mark", "a mark"),
        # Joiners and direction marks make other letters of their neighbours.
        ("क्\u200dष", "क्\u200dष"), ("می\u200cخواهم", "می\u200cخواهم"), ("👩\u200d💻", "👩\u200d💻"), ("א\u200fב", "א\u200fב"),
        ("", ""), ("  ", ""), ("\u200b\u200b", ""), ("\u3164", ""), ("\u2800 \u00ad\u2060", ""), ("\u202e\x01", ""), ("\u00a0", ""),
    ],
)  # fmt: skip
def test_it_is_cleaned(typed, left):
    assert clean(typed) == left


@given(st.text(st.characters()))
def test_a_clean_text_can_be_kept_and_stays_as_it_is(typed):
    left = mend(typed)
    assert not UNSEEN.search(left)
    assert left.encode("utf-8").decode() == left and "\x00" not in left
    assert mend(left) == clean(left) == left
    assert left == "" or left.strip()


def test_values_are_cleaned_to_the_last_and_passwords_left():
    given = {"a\x07": ["b\x07", {"c": "\u200b"}, 1, None, True], "password": "p\x07\u200b"}
    assert clean_values(given) == {"a": ["b", {"c": ""}, 1, None, True], "password": "p\x07\u200b"}


@pytest.mark.parametrize("broken", [{"a": ["b\x00"]}, {"password": "half \ud83d of one"}])
def test_what_can_not_be_kept_is_told(broken):
    with pytest.raises(Broken):
        clean_values(broken)
    assert mend("a\x00b\ud83dc") == "abc"


def test_values_end_somewhere():
    deep: list = []
    for _step in range(40):
        deep = [deep]
    with pytest.raises(TooDeep):
        clean_values(deep)
