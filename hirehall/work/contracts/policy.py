"""The numbers of contracts as a table of policy.toml; their shape stands in rules.py, which stays pure."""

from hirehall.kernel import policy
from hirehall.work.contracts import extra_rules, rules

ContractsPolicy = policy.section("contracts")(rules.ContractsPolicy)
ExtrasPolicy = policy.section("extras")(extra_rules.ExtrasPolicy)


def numbers() -> rules.ContractsPolicy:
    """The numbers in force."""
    return policy.of(ContractsPolicy)


def extra_numbers() -> extra_rules.ExtrasPolicy:
    """The numbers in force of bonus, expense, repayment and paid test."""
    return policy.of(ExtrasPolicy)
