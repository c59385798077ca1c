"""The numbers of profiles as a table of policy.toml; their shape stands in rules.py, which stays pure."""

from hirehall.kernel import policy
from hirehall.market.profiles import rules

ProfilesPolicy = policy.section("profiles")(rules.ProfilesPolicy)


def numbers() -> rules.ProfilesPolicy:
    """The numbers in force."""
    return policy.of(ProfilesPolicy)
