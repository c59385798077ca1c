"""Our charges, refunds and withdrawals, and their entries in the ledger, beside the gateway's own list of them.

The gateway's list streams into a table that only this comparison sees; the comparison is one statement for each kind
of finding, so memory does not grow with the number of movements. States may differ while messages are under way:
what is younger than the grace is not blamed for its state.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from django.db import connection

from hirehall.kernel.money import format_money
from hirehall.money.books.rules import Mismatch
from hirehall.money.payments.gateways.port import Movement

# Clocks differ, and an order may reach the gateway late: its list is read from a little before.
MARGIN = timedelta(days=1)
TABLE = "books_gateway_list"
AT_ONCE = 5_000
# Disputes by banks are in the list too; they have no row that was asked for.
KINDS = ("charge", "refund", "payout")
# A withdrawal that is held, waits, or was taken back before it left is none of the gateway's; one that the bank sent back
# is booked by what came back, and some companies list it as failed.
OURS = """
    SELECT 'charge:' || c.id AS key, 'charge' AS kind, c.amount_minor AS amount, c.unit, c.state, c.asked_at, m.gateway,
           'charge:' || c.id AS entry, c.state = 'settled' AS is_booked, true AS is_sent, '' AS undone_by
      FROM payments_charge c JOIN payments_method m ON m.id = c.method_id
    UNION ALL
    SELECT 'refund:' || r.id, 'refund', r.amount_minor, r.unit, r.state, r.asked_at, m.gateway, 'refund_paid:' || r.id, r.state = 'paid', true,
           'refund_failed:' || r.id
      FROM payments_refund r JOIN payments_charge c ON c.id = r.charge_id JOIN payments_method m ON m.id = c.method_id
    UNION ALL
    SELECT 'withdrawal:' || w.id, 'payout', w.amount_minor - w.fee_minor, w.unit, w.state, coalesce(w.sent_at, w.asked_at), m.gateway,
           CASE w.state WHEN 'returned' THEN 'back:' ELSE 'payout:' END || w.id, w.state IN ('paid', 'returned'),
           w.sent_at IS NOT NULL OR w.state IN ('processing', 'paid', 'failed', 'returned'), ''
      FROM payments_withdrawal w JOIN payments_payoutmethod m ON m.id = w.method_id
"""
THEIRS = f"SELECT key, min(kind) AS kind, max(amount) AS amount, min(unit) AS unit, max(state) AS state, count(*) AS times, sum(amount)::bigint AS total FROM {TABLE} GROUP BY key"
# (kind of finding, statement). Columns: key, unit, our amount, their amount, our unit or state, theirs, our state.
QUESTIONS = {
    "missing_here": f"""
        SELECT t.key, t.unit, 0, t.amount, '', t.state, '' FROM ({THEIRS}) t LEFT JOIN ({OURS}) o ON o.key = t.key AND o.gateway = %(gateway)s
         WHERE o.key IS NULL ORDER BY t.key""",
    "missing_there": f"""
        SELECT o.key, o.unit, o.amount, 0, o.state, '', o.state FROM ({OURS}) o LEFT JOIN ({THEIRS}) t ON t.key = o.key
         WHERE o.gateway = %(gateway)s AND o.asked_at >= %(since)s AND o.asked_at < %(until)s AND o.is_sent AND t.key IS NULL ORDER BY o.key""",
    "doubled": f"""
        SELECT t.key, t.unit, t.times, t.total, '', '', '' FROM ({THEIRS}) t WHERE t.times > 1 ORDER BY t.key""",
    "changed_amount": f"""
        SELECT o.key, o.unit, o.amount, t.amount, '', '', '' FROM ({OURS}) o JOIN ({THEIRS}) t ON t.key = o.key
         WHERE o.gateway = %(gateway)s AND t.times = 1 AND o.unit = t.unit AND o.amount <> t.amount ORDER BY o.key""",
    "changed_unit": f"""
        SELECT o.key, o.unit, o.amount, t.amount, o.unit, t.unit, '' FROM ({OURS}) o JOIN ({THEIRS}) t ON t.key = o.key
         WHERE o.gateway = %(gateway)s AND o.unit <> t.unit ORDER BY o.key""",
    "changed_state": f"""
        SELECT o.key, o.unit, o.amount, t.amount, o.state, t.state, '' FROM ({OURS}) o JOIN ({THEIRS}) t ON t.key = o.key
         WHERE o.gateway = %(gateway)s AND o.state <> t.state
           AND NOT (o.state = 'returned' AND t.state = 'failed') AND o.asked_at < %(until)s ORDER BY o.key""",
    "missing_entry": f"""
        SELECT o.entry, o.unit, o.amount, coalesce(l.amount, 0), o.key, '', o.state FROM ({OURS}) o LEFT JOIN ledger_transfer l ON l.ref = o.entry
         WHERE o.gateway = %(gateway)s AND o.asked_at >= %(since)s AND o.is_booked
           AND (l.id IS NULL OR l.amount <> o.amount OR l.unit <> o.unit) ORDER BY o.key""",
    "extra_entry": f"""
        SELECT o.entry, o.unit, 0, l.amount, o.key, '', o.state FROM ({OURS}) o JOIN ledger_transfer l ON l.ref = o.entry
         WHERE o.gateway = %(gateway)s AND o.asked_at >= %(since)s AND NOT o.is_booked AND NOT EXISTS (
               SELECT FROM ledger_transfer u JOIN ledger_account a ON a.id = u.source_id
                WHERE u.ref = o.undone_by AND a.kind = 'gateway') ORDER BY o.key""",
}  # fmt: skip


@dataclass(frozen=True)
class Span:
    """Which of our rows must be in the gateway's list: asked from `since` to before `until`."""

    since: datetime
    until: datetime

    @property
    def list_since(self) -> datetime:
        return self.since - MARGIN


@contextmanager
def gateway_list(movements: Iterable[Movement]) -> Iterator[int]:
    """The gateway's list in a table of its own while it is compared; yields how many lines it has."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")
        cursor.execute(f"CREATE TEMPORARY TABLE {TABLE} (key text, kind text, amount bigint, unit text, state text)")
    try:
        count, left = 0, (one for one in movements if one.kind in KINDS)
        # Batch by batch: the list may come from this same database, which takes nothing else during a COPY.
        while batch := list(islice(left, AT_ONCE)):
            with connection.cursor() as cursor, cursor.copy(f"COPY {TABLE} FROM STDIN") as copy:
                for one in batch:
                    copy.write_row((one.key or one.ref, one.kind, one.amount, one.unit, one.state))
            count += len(batch)
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {TABLE}")
        yield count
    finally:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")


def list_differences(gateway: str, span: Span) -> Iterator[Mismatch]:
    """Everything in which our rows and the list that was just loaded differ, streamed."""
    for kind, sql in QUESTIONS.items():
        with connection.chunked_cursor() as cursor:
            cursor.execute(sql, {"gateway": gateway, "since": span.since, "until": span.until})
            for row in cursor:
                yield _finding(gateway, kind, *row)


def _finding(gateway: str, kind: str, key: str, unit: str, ours: int, theirs: int, here: str, there: str, state: str) -> Mismatch:
    """The finding with its figures and a sentence that a person understands."""
    name = f"gateway {gateway}"

    def told(expected: str, found: str, sentence: str) -> Mismatch:
        return Mismatch(name, kind, key, unit, expected, found, sentence)

    mine, their = _amount(ours, unit), _amount(theirs, unit)
    if kind == "missing_here":
        return told("nothing", str(theirs), f"{gateway} has {key} of {their} ({there}); we have no such row.")
    if kind == "missing_there":
        return told(str(ours), "nothing", f"We asked for {key} of {mine} ({here}); {gateway} does not know it.")
    if kind == "doubled":
        return told("1 time", f"{ours} times", f"{gateway} has {key} {ours} times, {their} together.")
    if kind == "changed_amount":
        return told(str(ours), str(theirs), f"{key} is {mine} here and {their} at {gateway}.")
    if kind == "changed_unit":
        return told(here, there, f"{key} is in {here} here and in {there} at {gateway}.")
    if kind == "changed_state":
        return told(here, there, f"{key} is {here} here and {there} at {gateway}.")
    if kind == "missing_entry":
        has = f"has {their}" if theirs else "has no entry for it"
        return told(str(ours), str(theirs), f"{here} of {mine} is {state}; the ledger {has}.")
    return told("0", str(theirs), f"{here} is {state}, yet the ledger has {their} for it.")


def _amount(amount: int, unit: str) -> str:
    """A gateway may name a unit that we do not know; the figure must be told all the same."""
    try:
        return format_money(amount, unit)
    except ValueError:
        return f"{amount} {unit}"
