"""The numbers of disputes as a table of policy.toml; their shape stands in rules.py, which stays pure."""

from hirehall.kernel import policy
from hirehall.work.disputes import rules

DisputesPolicy = policy.section("disputes")(rules.DisputesPolicy)


def numbers() -> rules.DisputesPolicy:
    """The numbers in force."""
    return policy.of(DisputesPolicy)
