"""The numbers and names of documents as a table of policy.toml; their shape stands in rules.py, which stays pure."""

from hirehall.kernel import policy
from hirehall.money.documents import rules

DocumentsPolicy = policy.section("documents")(rules.DocumentsPolicy)


def numbers() -> rules.DocumentsPolicy:
    """What is in force."""
    return policy.of(DocumentsPolicy)
