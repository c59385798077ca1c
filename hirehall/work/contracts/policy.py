"""The numbers of contracts as a table of policy.toml; their shape stands in rules.py, which stays pure."""

from hirehall.kernel import policy
from hirehall.work.contracts import quiet_rules, rules

ContractsPolicy = policy.section("contracts")(rules.ContractsPolicy)


def numbers() -> rules.ContractsPolicy:
    """The numbers in force."""
    return policy.of(ContractsPolicy)


DormancyPolicy = policy.section("dormancy")(quiet_rules.DormancyPolicy)


def dormancy_numbers() -> quiet_rules.DormancyPolicy:
    """The numbers of silence in force."""
    return policy.of(DormancyPolicy)
