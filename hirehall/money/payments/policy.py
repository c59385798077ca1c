"""The numbers of payments as a table of policy.toml; their shape stands in rules.py, which stays pure."""

from hirehall.kernel import policy
from hirehall.money.payments import method_rules, recovery_rules, rules

PaymentsPolicy = policy.section("payments")(rules.PaymentsPolicy)


def numbers() -> rules.PaymentsPolicy:
    """The numbers in force."""
    return policy.of(PaymentsPolicy)


MethodsPolicy = policy.section("methods")(method_rules.MethodsPolicy)


def method_numbers() -> method_rules.MethodsPolicy:
    """The numbers of cards in force."""
    return policy.of(MethodsPolicy)


RecoveryPolicy = policy.section("recovery")(recovery_rules.RecoveryPolicy)


def recovery_numbers() -> recovery_rules.RecoveryPolicy:
    """The numbers of recovery in force."""
    return policy.of(RecoveryPolicy)


def version() -> int:
    """The version in force, which a hold keeps."""
    return policy.version()
