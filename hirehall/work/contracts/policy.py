"""The numbers of contracts as a table of policy.toml; their shape stands in rules.py, which stays pure."""

from dataclasses import replace

from hirehall.kernel import policy
from hirehall.money.payments.policy import taken
from hirehall.work.contracts import extra_rules, quiet_rules, rules

ContractsPolicy = policy.section("contracts")(rules.ContractsPolicy)
ExtrasPolicy = policy.section("extras")(extra_rules.ExtrasPolicy)
DormancyPolicy = policy.section("dormancy")(quiet_rules.DormancyPolicy)


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


def extra_numbers() -> extra_rules.ExtrasPolicy:
    """The numbers in force of bonus, expense, repayment and paid test."""
    return policy.of(ExtrasPolicy)


def extra_numbers_in(unit: str) -> extra_rules.ExtrasPolicy:
    """The same with their limits in a unit."""
    given, units = extra_numbers(), taken()
    return replace(
        given,
        floor_minor=units.least_in(unit, given.floor_minor),
        ceiling_minor=units.most_in(unit, given.ceiling_minor),
        test_ceiling_minor=units.most_in(unit, given.test_ceiling_minor),
    )


def dormancy_numbers() -> quiet_rules.DormancyPolicy:
    """The numbers of silence in force."""
    return policy.of(DormancyPolicy)
