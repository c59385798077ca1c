"""The numbers of payments as a table of policy.toml; their shape stands in rules.py, which stays pure."""

from hirehall.kernel import policy
from hirehall.money.payments import rules

PaymentsPolicy = policy.section("payments")(rules.PaymentsPolicy)


def numbers() -> rules.PaymentsPolicy:
    """The numbers in force."""
    return policy.of(PaymentsPolicy)


def version() -> int:
    """The version in force, which a hold keeps."""
    return policy.version()
