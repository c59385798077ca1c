"""Amounts: read, shared, split and shown without losing a cent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hirehall.kernel.money import (
    LARGEST_MINOR,
    Money,
    format_money,
    parse_money,
    plain_amount,
    share_half_up,
    split_by_weights,
)
from hirehall.kernel.units import is_unit, minor_digits


@pytest.mark.parametrize(
    ("text", "unit", "minor"),
    [
        ("250", "USD", 25_000), ("250.5", "USD", 25_050), ("1,250.50", "USD", 125_050), ("1.250,50", "EUR", 125_050),
        ("1 250,50", "EUR", 125_050), ("1'250.50", "CHF", 125_050), ("1,250", "USD", 125_000), ("0,5", "EUR", 50),
        ("1,234,567", "USD", 123_456_700), ("1500", "JPY", 1_500), ("1.234", "KWD", 1_234), ("12", "CONNECT", 12),
        ("1,234.567", "KWD", 1_234_567), ("12.345", "EUR", 1_234_500), ("৩৫", "USD", 3_500),
        ("1.234,567", "KWD", 1_234_567), ("1,234,567", "KWD", 1_234_567_000), ("0,500", "KWD", 500), ("1 234", "KWD", 1_234_000),
        ("0.500", "USD", 50), ("1,234", "JPY", 1_234), ("1.234", "JPY", 1_234), ("1.234.567", "JPY", 1_234_567),
        ("1234.5", "KWD", 1_234_500), ("5,25", "KWD", 5_250),
    ],
)  # fmt: skip
def test_amounts_are_read_as_people_write_them(text, unit, minor):
    assert parse_money(text, unit) == minor


@pytest.mark.parametrize("text", ["", "abc", "-5", "1.2.3", "1,23,4.5.6", "1e9", "٫5", "9" * 40, "5 $"])
def test_what_is_no_amount_is_said_in_words(text):
    with pytest.raises(ValueError, match=r"[A-Z].*[.]"):
        parse_money(text, "USD")


@pytest.mark.feature("PAY-08")
@pytest.mark.parametrize(
    ("text", "unit", "told"),
    [
        ("1.5", "JPY", "0 decimals"), ("0.5", "JPY", "0 decimals"), ("10,50", "JPY", "0 decimals"),
        ("1,234.567", "USD", "2 decimals"), ("12,345.6789", "KWD", "3 decimals"), ("0.005", "USD", "2 decimals"),
        ("1,234", "KWD", "Type 1.234 or 1234"), ("1.2345", "KWD", "3 decimals"), ("1,234.567", "JPY", "0 decimals"),
    ],
)  # fmt: skip
def test_what_a_unit_cannot_hold_or_could_mean_two_amounts_is_asked_again(text, unit, told):
    with pytest.raises(ValueError, match=told):
        parse_money(text, unit)


@given(st.integers(0, LARGEST_MINOR), st.sampled_from(["USD", "JPY", "KWD", "CONNECT"]))
def test_plain_figures_are_read_back(amount, unit):
    assert parse_money(plain_amount(amount, unit), unit) == amount


@given(st.integers(0, 10**12), st.lists(st.integers(0, 1_000), min_size=1).filter(any))
def test_a_split_loses_nothing_and_stays_within_one(total, weights):
    parts = split_by_weights(total, weights)
    assert sum(parts) == total
    assert all(abs(p - total * w / sum(weights)) <= 1 for p, w in zip(parts, weights, strict=True))


@pytest.mark.feature("PAY-02")
@pytest.mark.parametrize(("amount", "share"), [(10_000, 1_000), (5, 1), (4, 0), (0, 0), (12_345, 1_235)])
def test_ten_percent_is_rounded_half_up(amount, share):
    assert share_half_up(amount, 1_000) == share


def test_shares_and_splits_refuse_nonsense():
    with pytest.raises(ValueError, match="negative"):
        share_half_up(-1, 10)
    with pytest.raises(ValueError, match="positive"):
        split_by_weights(5, [0, 0])


def test_two_units_never_mix():
    assert Money(5, "USD") + Money(3, "USD") - Money(1, "USD") == Money(7, "USD")
    assert not Money(0, "USD")
    with pytest.raises(ValueError, match="do not mix"):
        Money(5, "USD") + Money(5, "EUR")


@pytest.mark.feature("ACC-05")
def test_amounts_are_shown_in_the_readers_way():
    assert format_money(125_050, "USD") == str(Money(125_050, "USD")) == "$1,250.50"
    assert format_money(125_050, "EUR", "de_DE") == "1.250,50\xa0€"
    assert format_money(1_500, "JPY") == "¥1,500"
    assert format_money(1_250_505, "KWD") == "KWD\xa01,250.505"
    assert format_money(-1_250_505, "KWD", "de_DE") == "-1.250,505\xa0KWD"
    assert (format_money(1, "CONNECT"), format_money(1_200, "CONNECT")) == ("1 Connect", "1,200 Connects")


def test_units_are_known_ones():
    assert is_unit("USD") and is_unit("CONNECT") and not is_unit("XQX")
    assert [minor_digits(u) for u in ("USD", "JPY", "KWD", "CONNECT")] == [2, 0, 3, 0]
    with pytest.raises(ValueError, match="XQX"):
        minor_digits("XQX")
