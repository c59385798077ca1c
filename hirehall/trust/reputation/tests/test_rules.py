"""The rules of feedback: mean, window, and what may be said when."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hirehall.trust.reputation.policy import numbers
from hirehall.trust.reputation.rules import (
    CRITERIA,
    Answers,
    Phase,
    Standing,
    overall,
    phase_now,
    why_not_answers,
    why_not_give,
    why_not_reply,
    window_closes,
)

ENDED = datetime(2026, 3, 2, 15, 30, tzinfo=UTC)
GOOD = dict.fromkeys(CRITERIA["client"], 4)


def code(refusal):
    return refusal and refusal.code


@pytest.mark.feature("REP-01")
@given(st.dictionaries(st.sampled_from(CRITERIA["client"]), st.integers(1, 5), min_size=1))
def test_the_overall_lies_between_the_least_and_the_most(stars):
    assert min(stars.values()) * 100 <= overall(stars) <= max(stars.values()) * 100


@pytest.mark.feature("REP-01")
@pytest.mark.parametrize(("stars", "mean"), [((5, 5, 5, 5, 5, 4), 483), ((5, 4), 450), ((1, 2, 2), 167), ((5, 5, 5, 5, 5, 5), 500)])
def test_the_overall_is_the_mean_rounded_half_up(stars, mean):
    assert overall({str(n): star for n, star in enumerate(stars)}) == mean


@pytest.mark.feature("REP-01")
def test_the_window_closes_at_24_o_clock_utc_of_its_last_day():
    assert window_closes(ENDED, 14) == datetime(2026, 3, 17, tzinfo=UTC)
    assert window_closes(datetime(2026, 3, 2, tzinfo=UTC), 14) == datetime(2026, 3, 17, tzinfo=UTC)


@pytest.mark.feature("REP-01")
@pytest.mark.parametrize(
    ("standing", "side", "now", "expected"),
    [
        (Standing("ended", ENDED, ENDED), "client", ENDED, None),
        (Standing("ended", ENDED, ENDED), "client", window_closes(ENDED, 14) - timedelta(seconds=1), None),
        (Standing("ended", ENDED, ENDED), "client", window_closes(ENDED, 14), "feedback:late"),
        (Standing("ended", ENDED, ENDED, given=frozenset({"client:final"})), "client", ENDED, "feedback:given"),
        (Standing("ended", ENDED, ENDED, given=frozenset({"client:midway"})), "client", ENDED, None),
        (Standing("closing", ENDED, None, waits_for_client=True), "client", ENDED, None),
        (Standing("closing", ENDED, None, waits_for_client=True), "freelancer", ENDED, "feedback:closing"),
        (Standing("active", ENDED, None), "client", ENDED + timedelta(days=29), "feedback:early"),
        (Standing("active", ENDED, None), "client", ENDED + timedelta(days=30), None),
    ],
)
def test_when_feedback_may_be_given(standing, side, now, expected):
    assert code(why_not_give(side, standing, now, numbers())) == expected


@pytest.mark.feature("REP-01")
def test_only_the_end_counts_as_final():
    assert phase_now("client", Standing("active", ENDED, None)) is Phase.MIDWAY
    assert phase_now("freelancer", Standing("ended", ENDED, ENDED)) is Phase.FINAL


@pytest.mark.feature("REP-01")
@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (Answers(GOOD), None),
        (Answers({**GOOD, "skills": 0}), "feedback:stars"),
        (Answers({**GOOD, "skills": 6}), "feedback:stars"),
        (Answers({}), "feedback:stars"),
        (Answers({**GOOD, "looks": 5}), "feedback:criteria"),
        (Answers(GOOD, score=11), "feedback:score"),
        (Answers(GOOD, score=0), None),
        (Answers(GOOD, reasons=("clear",)), "feedback:reasons"),
        (Answers(GOOD, english="klingon"), "feedback:english"),
        (Answers(GOOD, text="x" * 5_001), "feedback:text"),
        (Answers(GOOD, text="Write to me: ada@example.com"), "screening:contact_before_contract"),
    ],
)
def test_what_may_be_said(answers, expected):
    assert code(why_not_answers("client", answers, numbers())) == expected


@pytest.mark.feature("REP-01")
@pytest.mark.parametrize(
    ("text", "published", "replied", "expected"),
    [
        ("Thank you!", True, False, None),
        ("Thank you!", False, False, "feedback:hidden"),
        ("Thank you!", True, True, "feedback:replied"),
        ("  ", True, False, "feedback:reply_empty"),
        ("x" * 2_001, True, False, "feedback:reply_long"),
    ],
)
def test_one_reply_to_what_is_published(text, published, replied, expected):
    assert code(why_not_reply(text, published, replied, numbers())) == expected
