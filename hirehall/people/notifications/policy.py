"""The numbers of the notices as a table of policy.toml; their shape stands in rules.py, which stays pure."""

from hirehall.kernel import policy
from hirehall.people.notifications import rules

NotificationsPolicy = policy.section("notifications")(rules.NotificationsPolicy)


def numbers() -> rules.NotificationsPolicy:
    """The numbers in force."""
    return policy.of(NotificationsPolicy)
