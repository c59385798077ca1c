"""The numbers of jobs as a table of policy.toml; their shape stands in rules.py, which stays pure."""

from hirehall.kernel import policy
from hirehall.market.jobs import rules

JobsPolicy = policy.section("jobs")(rules.JobsPolicy)


def numbers() -> rules.JobsPolicy:
    """The numbers in force."""
    return policy.of(JobsPolicy)
