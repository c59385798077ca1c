"""Fees and the VAT on them, as worked examples."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hirehall.kernel.money import share_half_up
from hirehall.money.payments import fees
from hirehall.money.payments.fees import ClientTerms, EarningTerms, FeesPolicy, Step, VatPolicy

SHIPPED = FeesPolicy(client_fee_basis_points=0, initiation_fee_minor=0, direct_fee_basis_points=500, sliding=())
SLIDING = FeesPolicy(0, 0, 500, (Step(0, 1_500), Step(50_000, 1_000), Step(1_000_000, 500)))
GERMAN = VatPolicy("DE", ("DE", "FR"), 1_900, 0, 1_900, 0)


def lines(found):
    return [(fee.code, fee.amount, fee.on) for fee in found]


@pytest.mark.feature("PAY-02")
def test_a_hundred_becomes_ninety():
    assert lines(fees.earning_fees(10_000, EarningTerms(1_000))) == [("service_fee", 1_000, "")]


@pytest.mark.feature("PAY-02")
@pytest.mark.parametrize(
    ("amount", "rate", "fee"),
    [
        (1_005, 1_000, 101),  # 10.05 USD: half a cent goes up
        (105, 1_000, 11),  # 105 JPY has no smaller part: 10.5 becomes 11
        (104, 1_000, 10),
        (12_345, 1_000, 1_235),  # 12.345 KWD has three decimals
        (12_344, 1_000, 1_234),
        (1, 1_000, 0),
        (10_000, 0, 0),
    ],
)
def test_the_rate_is_rounded_half_up_to_the_smallest_part_of_the_unit(amount, rate, fee):
    assert fees.total(fees.earning_fees(amount, EarningTerms(rate))) == fee


@pytest.mark.feature("PAY-02")
def test_a_client_fee_and_the_one_time_fee_bear_vat_each():
    found = fees.client_fees(20_000, ClientTerms(basis_points=300, initiation_minor=499, vat_basis_points=1_900))
    assert lines(found) == [
        ("client_fee", 600, ""),
        ("vat_on_fee", 114, "client_fee"),
        ("initiation_fee", 499, ""),
        ("vat_on_fee", 95, "initiation_fee"),
    ]
    assert fees.total(found) == 1_308
    assert [fee.kind for fee in found] == ["fee", "tax", "fee", "tax"]
    assert found[1].memo() == {"of_minor": 600, "basis_points": 1_900, "on": "client_fee"}


@pytest.mark.feature("PAY-02")
def test_clients_pay_nothing_as_shipped_and_nothing_on_nothing():
    assert fees.client_fees(20_000, ClientTerms()) == []
    assert fees.client_fees(0, ClientTerms(300, 499, 1_900)) == []
    assert ClientTerms(300).as_json() == {"basis_points": 300}
    assert fees.terms_from({"basis_points": 300}) == ClientTerms(300)


@pytest.mark.feature("PAY-02")
@pytest.mark.parametrize(
    ("kind", "billed", "perk", "numbers", "expected"),
    [
        ("market", 0, False, SHIPPED, (1_000, "flat")),
        ("market", 10**9, False, SHIPPED, (1_000, "flat")),
        ("direct", 0, False, SHIPPED, (500, "direct")),
        ("direct", 0, True, SHIPPED, (0, "plan")),
        ("market", 0, True, SHIPPED, (1_000, "flat")),
        ("market", 0, False, SLIDING, (1_500, "sliding")),
        ("market", 49_999, False, SLIDING, (1_500, "sliding")),
        ("market", 50_000, False, SLIDING, (1_000, "sliding")),
        ("market", 2_000_000, False, SLIDING, (500, "sliding")),
    ],
)
def test_the_rate_of_a_contract_follows_its_rule(kind, billed, perk, numbers, expected):
    fee = fees.contract_fee(kind, flat_basis_points=1_000, billed_minor=billed, no_direct_fee=perk, numbers=numbers)
    assert (fee.basis_points, fee.rule) == expected


@pytest.mark.feature("PAY-02")
@pytest.mark.parametrize("sliding", [(Step(0, 1_501),), (Step(5, 1_000),), (Step(0, 900), Step(0, 800))])
def test_a_table_that_makes_no_sense_does_not_start(sliding):
    with pytest.raises(ValueError, match=r"pays at most|begins at 0"):
        FeesPolicy(0, 0, 500, sliding)


@pytest.mark.feature("PAY-02")
@pytest.mark.parametrize(
    ("country", "has_number", "expected"),
    [
        ("DE", False, (1_900, "home")),
        ("DE", True, (1_900, "home")),
        ("FR", True, (0, "reverse")),
        ("FR", False, (1_900, "union")),
        ("US", True, (0, "elsewhere")),
        ("", False, (0, "elsewhere")),
    ],
)
def test_vat_goes_by_the_countries_of_both(country, has_number, expected):
    vat = fees.vat_of(country, has_number, GERMAN)
    assert (vat.basis_points, vat.case) == expected
    assert fees.vat_of(country, has_number, VatPolicy("", (), 1_900, 0, 1_900, 0)) == fees.Vat()


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    amount=st.integers(1, 10**9),
    cuts=st.lists(st.integers(1, 10**9), max_size=4),
    rate=st.integers(0, 1_500),
    vat=st.integers(0, 2_700),
    once=st.integers(0, 5_000),
)
def test_however_a_return_is_cut_the_market_keeps_the_fee_of_the_rest_alone(amount, cuts, rate, vat, once):
    for of in (
        lambda left: fees.earning_fees(left, EarningTerms(rate, vat)),
        lambda left: fees.client_fees(left, ClientTerms(rate, once, vat)),
    ):
        kept, left = fees.total(of(amount)), amount
        for cut in [*cuts, amount]:
            part = min(cut, left)
            back = fees.fees_back(of(left), of(left - part))
            assert all(fee.amount > 0 for fee in back)
            kept, left = kept - fees.total(back), left - part
            assert kept == fees.total(of(left))
        assert (left, kept) == (0, 0)


@given(st.integers(min_value=0, max_value=10**9), st.integers(min_value=0, max_value=10_000))
def test_the_vat_in_a_fee_is_what_was_put_on_it(fee, rate):
    vat = share_half_up(fee, rate)
    assert fees.vat_within(fee + vat, rate) == vat
