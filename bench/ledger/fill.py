"""What the measured databases begin with: parties, and accounts that hold enough for everything."""

import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402


def ours() -> None:
    from bench.ledger.work import MUCH, PARTIES, party
    from hirehall.kernel import clock
    from hirehall.kernel.ids import new_id
    from hirehall.money.ledger.actions import post
    from hirehall.money.ledger.chart import Address
    from hirehall.money.ledger.rules import Entry
    from hirehall.people.accounts.models import Party

    call_command("migrate", interactive=False, verbosity=0)
    call_command("remember_policy")
    if Party.objects.exists():
        return
    now = clock.now()
    Party.objects.bulk_create(
        Party(id=new_id(), kind="client", name=f"Party {n}", country="DE", opened_at=now, last_active_at=now) for n in range(PARTIES)
    )
    holders = [(Address("available", party(n)), Address("escrow", party(n), party(n))) for n in range(PARTIES)]
    for place in range(0, PARTIES, 1_000):
        post([
            Entry(Address("gateway"), address, MUCH, "USD", "charge", f"{address.kind}:{address.owner_id}")
            for pair in holders[place : place + 1_000] for address in pair
        ])  # fmt: skip


def peer() -> None:
    from hordak.models import Account

    call_command("migrate", interactive=False, verbosity=0)
    if not Account.objects.exists():
        for number in range(200):
            Account.objects.create(name=f"Account {number}", code=f"{number:03d}", type="IN", currencies=["USD"])


if __name__ == "__main__":
    ours() if sys.argv[1] == "ours" else peer()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
