"""The plans as a table of policy.toml; their shape stands in rules.py, which stays pure."""

from hirehall.kernel import policy
from hirehall.money.memberships import rules

MembershipsPolicy = policy.section("memberships")(rules.MembershipsPolicy)


def numbers() -> rules.MembershipsPolicy:
    """The numbers in force."""
    return policy.of(MembershipsPolicy)
