"""The numbers of jobs as a table of policy.toml; their shape stands in rules.py, which stays pure."""

from dataclasses import replace

from hirehall.kernel import policy
from hirehall.market.jobs import rules
from hirehall.money.payments.policy import taken

JobsPolicy = policy.section("jobs")(rules.JobsPolicy)


def numbers() -> rules.JobsPolicy:
    """The numbers in force."""
    return policy.of(JobsPolicy)


def numbers_in(unit: str) -> rules.JobsPolicy:
    """The numbers in force with their limits in a unit."""
    given, units = numbers(), taken()
    return replace(
        given,
        budget_floor_minor=units.least_in(unit, given.budget_floor_minor),
        rate_floor_minor=units.least_in(unit, given.rate_floor_minor),
        price_ceiling_minor=units.most_in(unit, given.price_ceiling_minor),
    )
