"""The numbers of the ledger as a table of policy.toml; their shape stands in rules.py, which stays pure."""

from hirehall.kernel import policy
from hirehall.money.ledger import rules

LedgerPolicy = policy.section("ledger")(rules.LedgerPolicy)


def numbers() -> rules.LedgerPolicy:
    """The numbers in force."""
    return policy.of(LedgerPolicy)
