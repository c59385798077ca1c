"""The numbers of payments as a table of policy.toml; their shape stands in rules.py, which stays pure."""

from dataclasses import replace

from hirehall.kernel import policy
from hirehall.money.payments import currencies, fees, method_rules, payout_rules, recovery_rules, rules

PaymentsPolicy = policy.section("payments")(rules.PaymentsPolicy)
CurrenciesPolicy = policy.section("currencies")(currencies.CurrenciesPolicy)
MethodsPolicy = policy.section("methods")(method_rules.MethodsPolicy)
WithdrawalsPolicy = policy.section("withdrawals")(payout_rules.WithdrawalsPolicy)
FeesPolicy = policy.section("fees")(fees.FeesPolicy)
VatPolicy = policy.section("vat")(fees.VatPolicy)
RecoveryPolicy = policy.section("recovery")(recovery_rules.RecoveryPolicy)


def numbers() -> rules.PaymentsPolicy:
    """The numbers in force."""
    return policy.of(PaymentsPolicy)


def taken() -> currencies.CurrenciesPolicy:
    """The units that the market takes."""
    return policy.of(CurrenciesPolicy)


def main_unit() -> str:
    """The unit in which policy.toml states its amounts, Connects are sold and profiles show rates."""
    return taken().main


def numbers_in(unit: str) -> rules.PaymentsPolicy:
    """The numbers in force with their limits in a unit."""
    given, units = numbers(), taken()
    return replace(
        given,
        unit=unit,
        charge_floor_minor=units.least_in(unit, given.charge_floor_minor),
        charge_ceiling_minor=units.most_in(unit, given.charge_ceiling_minor),
        withdrawal_floor_minor=units.least_in(unit, given.withdrawal_floor_minor),
        bank_fee_minor=units.most_in(unit, given.bank_fee_minor),
        wallet_fee_minor=units.most_in(unit, given.wallet_fee_minor),
    )


def check_main(table: str, unit: str) -> None:
    """At start: a table with amounts of its own names the main unit."""
    if unit != main_unit():
        raise policy.BadPolicy(f"policy.toml: {table}.unit: must be {main_unit()}, the main unit of [currencies].")


def method_numbers() -> method_rules.MethodsPolicy:
    """The numbers of cards in force."""
    return policy.of(MethodsPolicy)


def payout_numbers() -> payout_rules.WithdrawalsPolicy:
    """The numbers of withdrawals."""
    return policy.of(WithdrawalsPolicy)


def payout_numbers_in(unit: str) -> payout_rules.WithdrawalsPolicy:
    """The numbers of withdrawals with their limits in a unit."""
    given, units = payout_numbers(), taken()
    return replace(
        given, large_minor=units.most_in(unit, given.large_minor), all_minor=units.most_in(unit, given.all_minor)
    )


def fee_numbers() -> fees.FeesPolicy:
    """The fees in force, beside the flat rate of the freelancer."""
    return policy.of(FeesPolicy)


def vat_numbers() -> fees.VatPolicy:
    """The VAT rules in force."""
    return policy.of(VatPolicy)


def recovery_numbers() -> recovery_rules.RecoveryPolicy:
    """The numbers of recovery in force."""
    return policy.of(RecoveryPolicy)


def version() -> int:
    """The version in force, which a hold keeps."""
    return policy.version()
