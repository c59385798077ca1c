"""One client: `python -m bench.ledger.work <what> <number> <seconds>`. Says ready, waits for the word, tells what it did.

Parties are many and chosen by chance, as in a market; a client's references are its own.
"""

import json
import os
import random
import sys
import time
from collections.abc import Callable

import django
import psutil

django.setup()

PARTIES = 20_000
MUCH = 10**12


def party(number: int) -> str:
    return f"{number:026d}"


def single(rng: random.Random, number: int) -> Callable[[int], int]:
    """One transfer between two parties' accounts in each call of the ledger's public action."""
    from hirehall.money.ledger.actions import post

    return lambda turn: post([_entry(rng, f"s:{number}:{os.getpid()}:{turn}")])


def batch(rng: random.Random, number: int) -> Callable[[int], int]:
    """A thousand transfers in each call."""
    from hirehall.money.ledger.actions import post

    return lambda turn: post([_entry(rng, f"b:{number}:{os.getpid()}:{turn}:{place}") for place in range(1_000)])


def _entry(rng: random.Random, ref: str):
    from hirehall.money.ledger.chart import Address
    from hirehall.money.ledger.rules import Entry

    source, target = rng.sample(range(PARTIES), 2)
    return Entry(Address("available", party(source)), Address("available", party(target)), 1, "USD", "bench", ref, {"contract": ref})


def release(rng: random.Random, number: int) -> Callable[[int], int]:
    """The action of payments: two transfers, the hold's row, the event with its jobs, and the message to open pages."""
    from hirehall.money.payments.actions.escrow import release_escrow

    parties = _real_parties()

    def one(turn: int) -> int:
        client, freelancer = rng.sample(parties, 2)
        given = {"escrow_id": party(client[1]), "contract_id": party(turn), "client_id": client[0], "freelancer_id": freelancer[0]}
        release_escrow(**given, amount=1_000, unit="USD", fee_basis_points=1_000, ref=f"r:{number}:{os.getpid()}:{turn}", memo={})
        return 2

    return one


def _real_parties() -> list[tuple[str, int]]:
    from hirehall.people.accounts.models import Party

    return [(pk, place) for place, pk in enumerate(Party.objects.order_by("pk").values_list("pk", flat=True))]


def hot(rng: random.Random, number: int) -> Callable[[int], int]:
    """A payment to the account that everybody pays into; it has 16 parts."""
    return _payment(rng, number, "fee", "")


def cold(rng: random.Random, number: int) -> Callable[[int], int]:
    """The same payment to an account that nobody else pays into."""
    return _payment(rng, number, "available", party(PARTIES + number))


def _payment(rng: random.Random, number: int, kind: str, owner: str) -> Callable[[int], int]:
    from hirehall.money.ledger.actions import post
    from hirehall.money.ledger.chart import Address
    from hirehall.money.ledger.rules import Entry

    def one(turn: int) -> int:
        ref = f"{kind}:{number}:{os.getpid()}:{turn}"
        source = Address("available", party(rng.randrange(PARTIES)))
        return post([Entry(source, Address(kind, owner), 1, "USD", "bench", ref)])

    return one


def hordak(rng: random.Random, number: int) -> Callable[[int], int]:
    """The same double entry with django-hordak: its own shortcut, in a transaction."""
    from django.db import transaction
    from hordak.models import Account
    from moneyed import Money

    accounts, one_dollar = list(Account.objects.all()), Money(1, "USD")

    def one(turn: int) -> int:
        source, target = rng.sample(accounts, 2)
        with transaction.atomic():
            source.transfer_to(target, one_dollar, description=f"{number}:{turn}")
        return 1

    return one


def main(what: str, number: int, seconds: float) -> None:
    run = globals()[what](random.Random(number), number)
    run(-1)
    process = psutil.Process()
    print("ready", flush=True)
    sys.stdin.readline()
    before, done, turn, began = process.memory_info().rss, 0, 0, time.perf_counter()
    while time.perf_counter() - began < seconds:
        done += run(turn)
        turn += 1
    told = {"done": done, "seconds": time.perf_counter() - began, "before_mb": before / 1024**2, "after_mb": process.memory_info().rss / 1024**2}
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]))
