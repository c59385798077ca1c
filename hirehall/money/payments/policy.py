"""The numbers of payments as a table of policy.toml; their shape stands in rules.py, which stays pure."""

from hirehall.kernel import policy
from hirehall.money.payments import fees, rules

PaymentsPolicy = policy.section("payments")(rules.PaymentsPolicy)
FeesPolicy = policy.section("fees")(fees.FeesPolicy)
VatPolicy = policy.section("vat")(fees.VatPolicy)


def numbers() -> rules.PaymentsPolicy:
    """The numbers in force."""
    return policy.of(PaymentsPolicy)


def fee_numbers() -> fees.FeesPolicy:
    """The fees in force, beside the flat rate of the freelancer."""
    return policy.of(FeesPolicy)


def vat_numbers() -> fees.VatPolicy:
    """The VAT rules in force."""
    return policy.of(VatPolicy)


def version() -> int:
    """The version in force, which a hold keeps."""
    return policy.version()
