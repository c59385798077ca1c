"""The numbers of the books as a table of policy.toml; their shape stands in rules.py, which stays pure."""

from hirehall.kernel import policy
from hirehall.money.books import rules

BooksPolicy = policy.section("books")(rules.BooksPolicy)


def numbers() -> rules.BooksPolicy:
    """The numbers in force."""
    return policy.of(BooksPolicy)
