"""Which units are taken, and what the market's limits are in each: whole numbers, and never easier than the policy says."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hirehall.kernel.policy import BadPolicy
from hirehall.money.payments.currencies import CurrenciesPolicy, UnitTaken, why_not_go_on, why_not_unit
from hirehall.money.payments.policy import check_main, main_unit, numbers_in, taken
from hirehall.money.payments.units import unit_choices

pytestmark = pytest.mark.feature("PAY-08")
TAKEN = CurrenciesPolicy("USD", (UnitTaken("USD", 100_000), UnitTaken("JPY", 150_000), UnitTaken("KWD", 307_001)), (), 50, 10)


def test_the_shipped_market_takes_currencies_with_no_two_and_three_decimals():
    assert (main_unit(), taken().names) == ("USD", ("USD", "EUR", "GBP", "JPY", "KWD"))


def test_limits_are_stated_once_and_hold_in_every_unit():
    assert [numbers_in(unit).withdrawal_floor_minor for unit in ("USD", "EUR", "JPY", "KWD")] == [500, 450, 750, 1_500]
    assert numbers_in("JPY").unit == "JPY"


@given(st.sampled_from(TAKEN.names), st.integers(0, 10**12))
def test_a_floor_is_never_lower_and_a_ceiling_never_higher_than_the_policy_says(unit, minor):
    least, most = TAKEN.least_in(unit, minor), TAKEN.most_in(unit, minor)
    whole, main = TAKEN._reference(unit), TAKEN._reference("USD")
    assert least * main >= minor * whole > (least - 1) * main
    assert most * main <= minor * whole < (most + 1) * main
    # Back again it is the same amount, but for the rounding to the coarser of the two.
    assert abs(TAKEN.worth(unit, least) - minor) * whole <= main + whole


def test_worth_is_rounded_half_up_and_orders_amounts_of_several_units():
    assert [TAKEN.worth("JPY", minor) for minor in (0, 1, 3, 150)] == [0, 1, 2, 100]
    assert TAKEN.worth("USD", 123) == 123


@pytest.mark.parametrize("unit", ["CHF", "CONNECT", "", "usd"])
def test_other_units_are_refused_with_those_that_are_taken(unit):
    refusal = why_not_unit(unit, TAKEN)
    assert (refusal.code, refusal.field) == ("unit:unknown", "unit")
    assert "USD, JPY, KWD" in refusal.sentence
    with pytest.raises(ValueError, match="does not take"):
        TAKEN.worth(unit, 1)


@pytest.mark.parametrize(
    ("main", "units", "told"),
    [
        ("EUR", [("USD", 1)], "EUR is not among"), ("USD", [("USD", 1), ("USD", 2)], "twice"), ("USD", [("USD", 0)], "more than nothing"),
        ("USD", [("USD", 1), ("XQX", 1)], "no currency XQX"), ("USD", [("USD", 1), ("CONNECT", 1)], "no currency CONNECT"),
    ],
)  # fmt: skip
def test_a_table_that_makes_no_sense_stops_the_start(main, units, told):
    with pytest.raises(ValueError, match=told):
        CurrenciesPolicy(main, tuple(UnitTaken(*one) for one in units), (), 50, 10)
    with pytest.raises(ValueError, match="less than everything"):
        CurrenciesPolicy("USD", (UnitTaken("USD", 1),), (), 10_000, 10)


def test_tables_with_amounts_of_their_own_name_the_main_unit():
    check_main("connects", "USD")
    with pytest.raises(BadPolicy, match=r"connects.unit: must be USD"):
        check_main("connects", "EUR")


def test_in_a_closed_unit_nothing_begins_and_what_runs_goes_on():
    closed = replace(TAKEN, closed=("JPY",))
    assert (closed.names, closed.known) == (("USD", "KWD"), ("USD", "JPY", "KWD"))
    assert why_not_unit("JPY", closed).code == "unit:unknown"
    assert why_not_go_on("JPY", closed, "charge:unit") is None
    assert why_not_go_on("CHF", closed, "charge:unit").code == "charge:unit"
    assert closed.least_in("JPY", 500) == 750
    for wrong in (("USD",), ("CHF",)):
        with pytest.raises(ValueError, match="closed"):
            replace(TAKEN, closed=wrong)


def test_choices_have_names_and_keep_units_of_older_rows():
    assert unit_choices()[0] == ("USD", "USD · US Dollar")
    assert ("CHF", "CHF · Swiss Franc") in unit_choices("CHF")
    assert "CHF" not in dict(unit_choices())
