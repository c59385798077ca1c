"""The numbers of proposals as a table of policy.toml; their shape stands in rules.py, which stays pure."""

from hirehall.kernel import policy
from hirehall.market.proposals import rules

ProposalsPolicy = policy.section("proposals")(rules.ProposalsPolicy)


def numbers() -> rules.ProposalsPolicy:
    """The numbers in force."""
    return policy.of(ProposalsPolicy)
