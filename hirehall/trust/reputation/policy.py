"""The numbers of feedback as a table of policy.toml; their shape stands in rules.py, which stays pure."""

from hirehall.kernel import policy
from hirehall.trust.reputation import rules

FeedbackPolicy = policy.section("feedback")(rules.FeedbackPolicy)


def numbers() -> rules.FeedbackPolicy:
    """The numbers in force."""
    return policy.of(FeedbackPolicy)
