"""What a client of django-hordak does, and what its database begins with."""

import random
from collections.abc import Callable

from django.core.management import call_command
from django.db import transaction
from hordak.models import Account
from moneyed import Money

ACCOUNTS = 200


def fill() -> None:
    """Accounts without a tree, so that hordak has no balance of parents to think of."""
    call_command("migrate", interactive=False, verbosity=0)
    for number in range(ACCOUNTS):
        Account.objects.create(name=f"Account {number}", code=f"{number:03d}", type="IN", currencies=["USD"])


def hordak(rng: random.Random, number: int) -> Callable[[int], int]:
    """The same double entry with django-hordak: its own shortcut, in a transaction."""
    accounts, one_dollar = list(Account.objects.all()), Money(1, "USD")

    def one(turn: int) -> int:
        source, target = rng.sample(accounts, 2)
        with transaction.atomic():
            source.transfer_to(target, one_dollar, description=f"{number}:{turn}")
        return 1

    return one
