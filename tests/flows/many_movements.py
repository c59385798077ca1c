"""Fills a market with movements of one party, set-based, and reads them in every way that has no end of its own; run as a module.

`python -m tests.flows.many_movements 200000` prints, as JSON, how much memory each way took at most beyond what the
process had before, in kilobytes, and how many lines came out. A file is read so far that lines which pile up would show.
"""

import json
import re
import sys
from collections.abc import Callable, Iterable
from datetime import timedelta
from itertools import islice
from pathlib import Path

import django

django.setup()

from django.db import connection, transaction  # noqa: E402

from hirehall.kernel import clock  # noqa: E402
from hirehall.money.books import balances, checks, journal  # noqa: E402
from hirehall.money.books.actions.days import close_days  # noqa: E402
from hirehall.money.books.recount import list_wrong_parties  # noqa: E402
from hirehall.money.ledger.queries import balance  # noqa: E402
from hirehall.money.payments import statement  # noqa: E402
from hirehall.people.accounts.actors import Actor  # noqa: E402
from tests.support.cast import sign_up  # noqa: E402

DAYS, READ = 100, 60_000
# One cent for each movement, put right by hand: a transfer and the event of which the count by events knows.
FILL = """
INSERT INTO ledger_account (kind, owner_id, holder_id, unit, part, floor, balance)
VALUES ('adjustment', '', '', 'USD', 0, NULL, -%(count)s), ('available', %(party)s, %(party)s, 'USD', 0, 0, %(count)s);
INSERT INTO ledger_transfer (source_id, target_id, amount, unit, code, ref, memo, at)
SELECT s.id, t.id, 1, 'USD', 'adjustment', 'many:' || n, jsonb_build_object('reason', 'The bank took a fee twice, ticket ' || n),
       %(until)s - make_interval(secs => (%(count)s - n) * %(step)s)
  FROM generate_series(1, %(count)s) n, ledger_account s, ledger_account t WHERE s.kind = 'adjustment' AND t.owner_id = %(party)s
   AND t.kind = 'available' AND t.unit = 'USD';
INSERT INTO kernel_event (id, name, subject_id, data, at)
SELECT to_char(n, 'FM00000000000000000000000000'), 'adjustment:approved', to_char(n, 'FM00000000000000000000000000'),
       jsonb_build_object('source', 'adjustment', 'target', 'party', 'target_party', %(party)s::text, 'amount', 1, 'unit', 'USD'), %(until)s
  FROM generate_series(1, %(count)s) n;
ANALYZE ledger_account, ledger_transfer, kernel_event;
"""


def fill(actor: Actor, count: int) -> None:
    given = {"count": count, "party": actor.party_id, "until": clock.now(), "step": DAYS * 86_400 / count}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(FILL, given)


def ways_of(actor: Actor) -> dict[str, Callable[[], Iterable]]:
    """Everything that reads all movements, as its page, its job or its command does."""
    today = clock.now().date()
    since = today - timedelta(days=DAYS + 1)

    def rows():
        return statement.list_rows_for(actor, unit="USD").oldest_first()

    return {
        "statement as CSV": lambda: statement.csv_lines(rows()),
        "statement as JSON": lambda: statement.json_pieces(rows(), statement.span_for(actor, None, None, "USD")),
        "journal as CSV": lambda: journal.csv_lines(since, today),
        "journal as beancount": lambda: journal.beancount_lines(since, today),
        "count by events": list_wrong_parties,
        "closing the days": lambda: [close_days()],
        "checks of the books": lambda: [one for name in checks.names() for one in checks.look(name)],
        "trial balance": lambda: balances.trial_balance_on(today),
    }


def measure(way: Callable[[], Iterable]) -> tuple[int, int]:
    """(kilobytes at most beyond what was there, lines that came out)."""
    Path("/proc/self/clear_refs").write_text("5")
    before = _kilobytes("VmRSS")
    with transaction.atomic():
        lines = sum(1 for _ in islice(way(), READ))
    return _kilobytes("VmHWM") - before, lines


def _kilobytes(name: str) -> int:
    return int(re.search(rf"{name}:\s+(\d+)", Path("/proc/self/status").read_text())[1])


def main(count: int) -> dict[str, tuple[int, int]]:
    actor = sign_up("Ada Obi", "freelancer", country="NG")
    fill(actor, count)
    assert balance("available", str(actor.party_id), "USD") == count
    assert list(list_wrong_parties()) == []
    ways = ways_of(actor)
    # What every process holds after a first look is no growth.
    for way in ways.values():
        next(iter(way()), None)
    return {name: measure(way) for name, way in ways.items()}


if __name__ == "__main__":
    sys.stdout.write("\n" + json.dumps(main(int(sys.argv[1]))))
