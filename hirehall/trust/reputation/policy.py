"""The numbers of feedback as a table of policy.toml; their shape stands in rules.py, which stays pure."""

from dataclasses import replace

from hirehall.kernel import policy
from hirehall.money.payments.policy import taken
from hirehall.trust.reputation import rules

FeedbackPolicy = policy.section("feedback")(rules.FeedbackPolicy)


def numbers() -> rules.FeedbackPolicy:
    """The numbers in force."""
    return policy.of(FeedbackPolicy)


def numbers_in(unit: str) -> rules.FeedbackPolicy:
    """The numbers in force with their floor in a unit."""
    return replace(numbers(), public_floor_minor=taken().least_in(unit, numbers().public_floor_minor))
