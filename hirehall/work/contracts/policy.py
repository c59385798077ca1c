"""The numbers of contracts as a table of policy.toml; their shape stands in rules.py, which stays pure."""

from hirehall.kernel import policy
from hirehall.work.contracts import rules

ContractsPolicy = policy.section("contracts")(rules.ContractsPolicy)


def numbers() -> rules.ContractsPolicy:
    """The numbers in force."""
    return policy.of(ContractsPolicy)
