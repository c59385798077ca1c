"""The numbers of payments as a table of policy.toml; their shape stands in rules.py, which stays pure."""

from hirehall.kernel import policy
from hirehall.money.payments import payout_rules, rules

PaymentsPolicy = policy.section("payments")(rules.PaymentsPolicy)
WithdrawalsPolicy = policy.section("withdrawals")(payout_rules.WithdrawalsPolicy)


def numbers() -> rules.PaymentsPolicy:
    """The numbers in force."""
    return policy.of(PaymentsPolicy)


def payout_numbers() -> payout_rules.WithdrawalsPolicy:
    """The numbers of withdrawals."""
    return policy.of(WithdrawalsPolicy)


def version() -> int:
    """The version in force, which a hold keeps."""
    return policy.version()
