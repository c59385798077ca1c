"""What a proposal costs, by the published formula, with the way to it."""

import pytest

from hirehall.money.connects import rules
from hirehall.money.connects.policy import explain_price, numbers, proposal_price


@pytest.mark.feature("CON-01")
@pytest.mark.parametrize(
    ("budget", "connects"),
    [(500, 5), (10_000, 5), (10_001, 8), (50_000, 8), (50_001, 12), (250_000, 12), (1_000_000, 16), (1_000_001, 20)],
)
def test_the_base_follows_the_value_of_the_job(budget, connects):
    assert proposal_price(kind="fixed", budget_minor=budget) == connects


@pytest.mark.feature("CON-01")
@pytest.mark.parametrize(
    ("budget", "demand", "connects"),
    [
        (50_000, 10_000, 8),
        (50_000, 12_500, 10),
        (50_000, 7_500, 6),
        (250_000, 12_500, 15),
        (5_000_000, 12_500, 25),
        (5_000_000, 99_999, 25),
        (10_000, 7_500, 5),
        (10_000, 0, 5),
        (50_000, 9_375, 8),
        (50_000, 9_374, 7),
    ],
)
def test_demand_moves_it_inside_the_limits_and_it_is_rounded_half_up(budget, demand, connects):
    assert proposal_price(kind="fixed", budget_minor=budget, demand=demand) == connects


@pytest.mark.feature("CON-01")
def test_an_hourly_job_is_worth_rate_times_hours_times_length():
    price = explain_price(kind="hourly", rate_minor=2_000, hours_a_week=30, weeks=12)
    assert price.connects == 16
    assert price.steps[0].value == "$20.00 × 30 h a week × 12 weeks = $7,200.00"


def test_what_is_not_known_is_taken_from_the_policy():
    assert proposal_price(kind="hourly") == numbers().unknown_value
    assert proposal_price(kind="fixed") == numbers().unknown_value
    assert proposal_price(kind="hourly", rate_minor=100) == 5
    assert explain_price(kind="fixed").steps[0].value == "not given"


@pytest.mark.feature("CON-01")
def test_the_explanation_leads_to_the_price():
    price = explain_price(kind="fixed", budget_minor=10_000, demand=7_500)
    assert [(step.label, step.value) for step in price.steps] == [
        ("Value of the job", "budget $100.00"),
        ("Base by value", "5 Connects"),
        ("Demand in this category over 7 days", "× 0.75"),
        ("Never outside", "5 to 25"),
        ("Price", "5 Connects"),
    ]


@pytest.mark.parametrize(
    ("category", "market", "factor"),
    [((10, 1), (10, 1), 10_000), ((11, 1), (10, 1), 11_000), ((90, 1), (10, 1), 12_500), ((1, 9), (10, 1), 7_500),
     ((0, 0), (10, 1), 10_000), ((5, 1), (0, 0), 10_000)],
)  # fmt: skip
def test_demand_compares_the_category_with_the_market(category, market, factor):
    found = rules.demand_basis_points(
        category_proposals=category[0],
        category_jobs=category[1],
        market_proposals=market[0],
        market_jobs=market[1],
        numbers=numbers(),
    )
    assert found == factor
