"""An independent count of what every party has: from the events alone, with nothing of the ledger's own code.

Each event that moves a party's money stands in MOVES with what it does to which of the party's pots. The sums over all
events are compared with the balances that stand in the ledger's table; both are read in one statement, so that work
going on meanwhile cannot make them differ. A new movement is one entry here, and its event carries the figures.

Events of releases before this count lack figures. What they leave open is written down once, when such a market is brought
up to this release (actions/opening.py): from then on the count adds it, and every difference is a finding.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from hirehall.money.books.rules import Mismatch


@dataclass(frozen=True)
class Move:
    """What one event does to one pot: the fields with whose pot it is, what comes and goes, and in which unit."""

    pot: str
    party: str
    plus: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()
    where: tuple[str, str] | None = None
    unit: str = "unit"


MOVES: dict[str, list[Move]] = {
    # What was bought with it (Connects) or owed (a debt) leaves the party's money in the same moment; so does a bank
    # transfer for a debt (debt:transfer_recorded).
    "charge:settled": [Move("escrow", "party", plus=("amount",), where=("purpose", "escrow"))],
    "escrow:released": [Move("escrow", "client", minus=("amount",)), Move("pending", "freelancer", plus=("amount",), minus=("fee", "vat"))],
    "escrow:returned": [
        Move("escrow", "client", minus=("amount",)),
        Move("available", "client", plus=("amount", "client_fees"), minus=("to_cards",)),
        Move("refund", "client", plus=("to_cards",)),
    ],
    "release:refunded": [
        Move("available", "freelancer", minus=("from_available",)),
        Move("pending", "freelancer", minus=("from_pending",)),
        Move("available", "client", plus=("amount", "client_fees"), minus=("to_cards",)),
        Move("refund", "client", plus=("to_cards",)),
    ],
    "earnings:cleared": [Move("pending", "party", minus=("amount",)), Move("available", "party", plus=("amount",))],
    "refund:paid": [Move("refund", "party", minus=("amount",))],
    # A bank can turn back what it had taken: then the money comes from outside.
    "refund:failed": [Move("refund", "party", minus=("amount",), where=("was_paid", "no")), Move("available", "party", plus=("amount",))],
    "release:taken_back": [
        Move("available", "freelancer", minus=("net",)),
        Move("available", "client", plus=("net", "fee", "client_fees"), minus=("to_cards",)),
        Move("refund", "client", plus=("to_cards",)),
    ],
    # A bank disputes a charge: what of it lies in escrow is frozen, then comes back or is taken.
    "chargeback:frozen": [Move("escrow", "party", minus=("frozen",)), Move("contested", "party", plus=("frozen",))],
    "chargeback:won": [Move("contested", "party", minus=("frozen",)), Move("escrow", "party", plus=("frozen",))],
    # What was spent already the guarantee account has paid in (debt:opened); it goes on to the bank.
    "chargeback:lost": [Move("contested", "party", minus=("frozen",)), Move("available", "party", minus=("passed_on",))],
    "debt:opened": [
        Move("available", "goal_party", plus=("amount",), where=("goal", "available")),
        Move("escrow", "goal_party", plus=("amount",), where=("goal", "escrow")),
    ],
    "conversion:accepted": [
        Move("available", "party", minus=("from_minor",), unit="unit_from"),
        Move("available", "party", plus=("to_minor",), unit="unit_to"),
    ],
    "withdrawal:asked": [Move("available", "party", minus=("amount",)), Move("payout", "party", plus=("amount",), minus=("fee",))],
    "withdrawal:paid": [Move("payout", "party", plus=("fee",), minus=("amount",))],
    "withdrawal:failed": [Move("available", "party", plus=("amount",)), Move("payout", "party", plus=("fee",), minus=("amount",))],
    # What the bank sends back after it was paid comes from outside.
    "withdrawal:returned": [
        Move("available", "party", plus=("amount",)),
        Move("payout", "party", plus=("fee",), minus=("amount",), where=("was_paid", "no")),
    ],
    "withdrawal:undone": [Move("available", "party", plus=("amount",)), Move("payout", "party", plus=("fee",), minus=("amount",))],
    "withdrawal:refused": [Move("available", "party", plus=("amount",)), Move("payout", "party", plus=("fee",), minus=("amount",))],
    "adjustment:approved": [
        Move("available", "source_party", minus=("amount",), where=("source", "party")),
        Move("available", "target_party", plus=("amount",), where=("target", "party")),
    ],
}  # fmt: skip
POTS = ("available", "pending", "escrow", "contested", "payout", "refund")


# Both statements begin with these: what the events tell of each pot, and what the ledger holds in it.
TOLD_AND_HELD = """
    told AS (SELECT party, pot, unit, sum(amount)::bigint AS amount FROM ({told}) AS moves GROUP BY 1, 2, 3),
    held AS (SELECT CASE WHEN holder_id = '' THEN owner_id ELSE holder_id END AS party, kind AS pot, unit, sum(balance)::bigint AS amount
               FROM ledger_account WHERE kind = ANY(%s) AND unit <> 'CONNECT' GROUP BY 1, 2, 3)
"""


def told_and_held() -> tuple[str, list]:
    """The two as the beginning of a statement, and the values for it."""
    parts, values = [], []
    for name, moves in MOVES.items():
        for move in moves:
            sql, given = _sums(name, move)
            parts.append(sql)
            values += given
    return TOLD_AND_HELD.format(told=" UNION ALL ".join(parts)), [*values, list(POTS)]


def list_wrong_parties() -> Iterator[Mismatch]:
    """Parties that have something else than their opening and their events add up to, streamed."""
    begin, values = told_and_held()
    statement = f"""
        WITH {begin},
        due AS (SELECT party, pot, unit, sum(amount)::bigint AS amount
                  FROM (SELECT * FROM told UNION ALL SELECT party_id, pot, unit, held_minor - told_minor FROM books_opening) AS all_told
                 GROUP BY 1, 2, 3)
        SELECT coalesce(due.pot, held.pot) || ':' || coalesce(due.party, held.party), coalesce(due.unit, held.unit),
               coalesce(due.amount, 0), coalesce(held.amount, 0)
          FROM due FULL JOIN held ON due.party = held.party AND due.pot = held.pot AND due.unit = held.unit
         WHERE coalesce(due.amount, 0) <> coalesce(held.amount, 0) ORDER BY 1, 2
    """
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, values)
        for account, unit, due, held in cursor:
            yield Mismatch("events", "wrong_party", account, unit, str(due), str(held))


def _sums(name: str, move: Move) -> tuple[str, list[str]]:
    """What one move adds up to over all its events, by party and unit."""
    terms, values = [], []
    for sign, fields in (("+", move.plus), ("-", move.minus)):
        for field in fields:
            terms.append(f"{sign} coalesce((data->>%s)::bigint, 0)")
            values.append(field)
    condition = ""
    given = [move.party, move.pot, move.unit, *values, name]
    if move.where:
        condition = "AND data->>%s = %s"
        given += move.where
    sql = f"""SELECT party, pot, unit, sum(change) AS amount FROM (
        SELECT data->>%s AS party, %s::text AS pot, data->>%s AS unit, 0 {" ".join(terms)} AS change
          FROM kernel_event WHERE name = %s {condition}) AS one GROUP BY 1, 2, 3"""
    return sql, given
