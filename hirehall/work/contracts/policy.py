"""The numbers of contracts as a table of policy.toml; their shape stands in rules.py, which stays pure."""

from dataclasses import replace

from hirehall.kernel import policy
from hirehall.money.payments.policy import taken
from hirehall.work.contracts import rules

ContractsPolicy = policy.section("contracts")(rules.ContractsPolicy)


def numbers() -> rules.ContractsPolicy:
    """The numbers in force."""
    return policy.of(ContractsPolicy)


def numbers_in(unit: str) -> rules.ContractsPolicy:
    """The numbers in force with their limits in a unit."""
    given, units = numbers(), taken()
    return replace(
        given,
        milestone_floor_minor=units.least_in(unit, given.milestone_floor_minor),
        price_ceiling_minor=units.most_in(unit, given.price_ceiling_minor),
    )
