"""Conversions, decided: exact, rounded once and in one direction."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hirehall.kernel.units import minor_digits
from hirehall.money.payments import conversion
from hirehall.money.payments.conversion import Conversion, Ratio, convert, read_rate
from hirehall.money.payments.policy import taken

pytestmark = pytest.mark.feature("PAY-08")
UNITS = st.sampled_from(["USD", "EUR", "JPY", "KWD"])
RATES = st.builds(Ratio, st.integers(1, 10**10), st.integers(1, 10**10))
NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minor", "one", "other", "rate", "margin", "out"),
    [
        (10_000, "EUR", "JPY", "162.35", 50, Conversion(16_153, 82)),
        (16_235, "JPY", "EUR", "0.01", 0, Conversion(16_235, 0)),
        (1_000, "KWD", "USD", "3.2531", 0, Conversion(325, 0)),
        (325, "USD", "KWD", "0.3074", 0, Conversion(999, 0)),
        (1, "JPY", "KWD", "0.002", 50, Conversion(1, 1)),
        (1, "USD", "JPY", "0.5", 0, Conversion(0, 0)),
    ],
)
def test_amounts_with_no_two_and_three_decimals_are_converted_exactly(minor, one, other, rate, margin, out):
    assert convert(minor, one, other, read_rate(rate), margin) == out


@given(st.integers(1, 10**13), UNITS, UNITS, RATES, st.integers(0, 9_999))
def test_what_comes_out_is_rounded_down_once(minor, one, other, rate, margin):
    found = convert(minor, one, other, rate, margin)
    fair = Fraction(minor * rate.numerator, rate.denominator) * 10 ** minor_digits(other) / 10 ** minor_digits(one)
    exact = fair * (10_000 - margin) / 10_000
    assert found.result_minor <= exact < found.result_minor + 1
    assert found.margin_minor >= 0
    assert found.result_minor + found.margin_minor <= fair


@given(st.integers(1, 10**13), UNITS, UNITS, RATES, st.integers(0, 500))
def test_there_and_back_never_makes_money(minor, one, other, rate, margin):
    there = convert(minor, one, other, rate, margin).result_minor
    assert convert(there, other, one, rate.inverse, margin).result_minor <= minor


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("162.35", "162.35"), ("1", "1"), ("0,0061596", "0.0061596"), ("1.08420", "1.0842"), ("123456789", "123456789"), (" 0.5 ", "0.5")],
)
def test_rates_are_read_and_shown_with_the_figures_that_count(typed, shown):
    assert read_rate(typed).shown() == shown


def test_a_rate_by_way_of_a_third_unit_is_shown_rounded():
    assert Ratio(10_842, 10_000).times(Ratio(15_187, 100)).shown() == "164.657"
    assert Ratio(1, 3).shown() == "0.333333"
    assert Ratio(6, 4) == Ratio(3, 2) == Ratio(2, 3).inverse


@pytest.mark.parametrize("typed", ["", "abc", "0", "-1", "NaN", "Infinity", "1e12", "0.123456789", "1.2.3"])
def test_what_is_no_rate_is_told(typed):
    with pytest.raises(ValueError, match=r"[Rr]ate"):
        read_rate(typed)


@pytest.mark.parametrize(
    ("one", "other", "rate", "code"),
    [
        ("CHF", "USD", Ratio(1, 2), "rate:unit"), ("USD", "CONNECT", Ratio(1, 2), "rate:unit"), ("USD", "USD", Ratio(1, 2), "rate:same_unit"),
        ("USD", "EUR", Ratio(2**63, 1), "rate:size"), ("USD", "EUR", Ratio(-1, 2), "rate:size"),
    ],
)  # fmt: skip
def test_rates_that_cannot_be(one, other, rate, code):
    assert conversion.why_not_rate(one, other, rate, taken()).code == code
    assert conversion.why_not_rate("USD", "EUR", Ratio(9, 10), taken()) is None


@pytest.mark.parametrize(
    ("other", "amount", "code"),
    [("CHF", 5, "conversion:unit"), ("USD", 5, "conversion:same_unit"), ("JPY", 0, "conversion:nothing"), ("JPY", 101, "conversion:too_much")],
)
def test_quotes_that_cannot_be_given(other, amount, code):
    assert conversion.why_not_quote("USD", other, amount, 100, taken()).code == code
    assert conversion.why_not_quote("USD", "JPY", 100, 100, taken()) is None


def test_a_quote_lives_for_its_minutes_and_is_used_once():
    until = conversion.quote_expires(NOW, taken())
    assert until == NOW + timedelta(minutes=10)
    assert conversion.why_not_accept(None, until, until - timedelta(seconds=1)) is None
    assert conversion.why_not_accept(None, until, until).code == "conversion:expired"
    assert conversion.why_not_accept(NOW, until, NOW).code == "conversion:used"
