"""Typed bounds become whole minor units of the market's currency, with 0, 2 and 3 decimals, and never a float."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from hirehall.guide.search.figures import LARGEST, plain, plain_money, scaled
from hirehall.guide.search.filters import JOB_FILTERS, TALENT_FILTERS, read_wanted
from hirehall.guide.search.labels import amount
from tests.support.cast import browse_as
from tests.support.fixtures import START
from tests.support.jobs import run_jobs
from tests.support.jobs_market import make_job

pytestmark = pytest.mark.feature("PAY-08")


def chosen(name: str, typed: str, unit: str = "USD", filters=JOB_FILTERS):
    return read_wanted({name: [typed]}, filters, START, ("public",), unit).chosen.get(name)


@pytest.mark.parametrize(
    ("unit", "typed", "bound"),
    [
        ("USD", "40", 4_000), ("USD", "40.5", 4_050), ("USD", "1,250", 125_000), ("USD", "1.250,50", 125_050), ("USD", "0.005", None),
        ("JPY", "40", 40), ("JPY", "1,250", 1_250), ("JPY", "40.5", None),
        ("KWD", "40", 40_000), ("KWD", "1.250", 1_250), ("KWD", "0,005", 5), ("KWD", "1,250", None),
        # What a float loses: 0.29 * 100 is 28.999999999999996, and 2**53 + 1 does not exist.
        ("USD", "0.29", 29), ("USD", "90071992547.41", 9_007_199_254_741), ("KWD", "9007199254.741", 9_007_199_254_741),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["budget_from", "budget_to", "rate_from", "rate_to", "spent_from", "paid_from"])
def test_an_amount_is_read_in_the_units_own_decimals(name, unit, typed, bound):
    found = chosen(name, typed, unit)
    assert found == (None if bound is None else (bound,))
    assert found is None or type(found[0]) is int


def test_what_a_freelancer_earned_is_asked_in_its_steps_alone():
    assert chosen("earned_from", "1,000", "KWD", TALENT_FILTERS) is None
    assert chosen("earned_from", "1000", "KWD", TALENT_FILTERS) == (1_000_000,)
    assert chosen("earned_from", "1000.00", "USD", TALENT_FILTERS) == (100_000,)
    assert chosen("earned_from", "1001", "USD", TALENT_FILTERS) is None


def test_stars_days_and_counts_are_whole_numbers_too():
    assert chosen("rating_from", "4.5") == (450,)
    assert chosen("rating_from", "4,999") == (500,), "at least means at least"
    assert (chosen("talking_to", "2.9"), chosen("open_jobs_from", "2.1")) == ((2,), (3,))
    assert chosen("posted_days", "3") == (START - timedelta(days=3),)
    assert chosen("tenure_days", "999999") == (START - timedelta(days=3_650),)


def test_what_is_no_figure_is_left_out():
    for typed in ("", "-1", "1e9", "NaN", "x", "1.2.3.4", "9" * 16):
        assert plain(typed) is None, typed
        assert plain_money(typed, "USD") is None, typed
    assert (plain("007.500"), plain("0"), plain("5.")) == ("7.5", "0", "5")
    assert scaled("9" * 15, 3) == LARGEST


@pytest.mark.parametrize(
    ("unit", "figure", "english"),
    [
        ("USD", "1000", "$1,000"), ("USD", "12.5", "$12.50"), ("JPY", "1000", "¥1,000"), ("KWD", "1000", "KWD\u00a01,000"),
        ("KWD", "0.005", "KWD\u00a00.005"),
    ],
)  # fmt: skip
def test_a_bound_is_told_in_its_unit(monkeypatch, unit, figure, english):
    monkeypatch.setattr("hirehall.guide.search.queries.main_unit", lambda: unit)
    with translation.override("en"):
        assert amount(figure) == english


@pytest.mark.django_db
@pytest.mark.parametrize(("unit", "shown"), [("JPY", "¥1,250"), ("KWD", "KWD\u00a01,250")])
def test_the_page_tells_what_it_understood(cast, monkeypatch, unit, shown):
    make_job(cast.cyd)
    run_jobs()
    monkeypatch.setattr("hirehall.guide.search.queries.main_unit", lambda: unit)
    page = browse_as(cast.ada).get(reverse("search:jobs"), {"budget_from": "1250"}).content.decode()
    assert f"Fixed price from: {shown}" in page
