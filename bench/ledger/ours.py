"""What a client of ours does, through the public actions, and what our database begins with.

Parties are many and chosen by chance, as in a market; a client's references are its own.
"""

import os
import random
from collections.abc import Callable

from django.core.management import call_command

from hirehall.kernel import clock
from hirehall.kernel.ids import new_id
from hirehall.money.ledger.actions import post
from hirehall.money.ledger.chart import Address
from hirehall.money.ledger.rules import Entry
from hirehall.money.payments.actions.escrow import release_escrow
from hirehall.people.accounts.models import Party

PARTIES = 20_000
MUCH = 10**12
AT_ONCE = 1_000


def fill() -> None:
    """Parties, each with an account and an escrow that hold enough for everything."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("remember_policy")
    now = clock.now()
    Party.objects.bulk_create(
        [Party(id=new_id(), kind="client", name=f"Party {n}", country="DE", opened_at=now, last_active_at=now) for n in range(PARTIES)], 2_000
    )
    holders = [(Address("available", party(n)), Address("escrow", party(n), party(n))) for n in range(PARTIES)]
    for place in range(0, PARTIES, AT_ONCE):
        addresses = [address for pair in holders[place : place + AT_ONCE] for address in pair]
        post([Entry(Address("gateway"), one, MUCH, "USD", "charge", f"{one.kind}:{one.owner_id}") for one in addresses])


def party(number: int) -> str:
    return f"{number:026d}"


def single(rng: random.Random, number: int) -> Callable[[int], int]:
    """One transfer between two parties' accounts in each call of the ledger's public action."""
    return lambda turn: post([_entry(rng, f"s:{number}:{os.getpid()}:{turn}")])


def batch(rng: random.Random, number: int) -> Callable[[int], int]:
    """A thousand transfers in each call."""
    return lambda turn: post([_entry(rng, f"b:{number}:{os.getpid()}:{turn}:{place}") for place in range(1_000)])


def _entry(rng: random.Random, ref: str) -> Entry:
    source, target = rng.sample(range(PARTIES), 2)
    return Entry(Address("available", party(source)), Address("available", party(target)), 1, "USD", "bench", ref, {"contract": ref})


def release(rng: random.Random, number: int) -> Callable[[int], int]:
    """The action of payments: two transfers, the hold's row, the event with its jobs, and the message to open pages."""
    parties = _real_parties()

    def one(turn: int) -> int:
        client, freelancer = rng.sample(parties, 2)
        given = {"escrow_id": party(client[1]), "contract_id": party(turn), "client_id": client[0], "freelancer_id": freelancer[0]}
        release_escrow(**given, amount=1_000, unit="USD", fee_basis_points=1_000, ref=f"r:{number}:{os.getpid()}:{turn}", memo={})
        return 2

    return one


def _real_parties() -> list[tuple[str, int]]:
    return [(pk, place) for place, pk in enumerate(Party.objects.order_by("pk").values_list("pk", flat=True))]


def hot(rng: random.Random, number: int) -> Callable[[int], int]:
    """A payment to the account that everybody pays into; it has 16 parts."""
    return _payment(rng, number, "fee", "")


def cold(rng: random.Random, number: int) -> Callable[[int], int]:
    """The same payment to an account that nobody else pays into."""
    return _payment(rng, number, "available", party(PARTIES + number))


def _payment(rng: random.Random, number: int, kind: str, owner: str) -> Callable[[int], int]:
    def one(turn: int) -> int:
        ref = f"{kind}:{number}:{os.getpid()}:{turn}"
        source = Address("available", party(rng.randrange(PARTIES)))
        return post([Entry(source, Address(kind, owner), 1, "USD", "bench", ref)])

    return one
