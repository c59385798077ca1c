"""Truths that must hold for a whole market, whatever happened in it. Each checker returns what is wrong, in words."""

from collections.abc import Callable

from hirehall.money.connects.queries import list_wrong_lots
from hirehall.money.ledger.queries import list_wrong_balances, trial_balance
from hirehall.money.payments.queries import list_wrong_pending


def books_balance() -> list[str]:
    """All accounts of a unit add up to nothing."""
    return [f"{books} does not add up to zero" for books in trial_balance() if books.total]


def balances_follow_from_transfers() -> list[str]:
    """Every balance is the sum of its transfers, and none that may not is below zero."""
    return [f"balance of {wrong}" for wrong in list_wrong_balances()]


def security_days_are_backed() -> list[str]:
    """What waits for its security days is what the ledger holds as pending."""
    return [f"pending of {wrong}" for wrong in list_wrong_pending()]


def wallets_are_their_lots() -> list[str]:
    """Every Connects wallet holds what its lots have left."""
    return [f"wallet of {wrong}" for wrong in list_wrong_lots()]


CHECKERS: tuple[Callable[[], list[str]], ...] = (
    books_balance,
    balances_follow_from_transfers,
    security_days_are_backed,
    wallets_are_their_lots,
)


def check_market() -> list[str]:
    """Everything that is wrong; nothing in a sound market."""
    return [f"{checker.__name__}: {wrong}" for checker in CHECKERS for wrong in checker()]
