"""The one write of the ledger. Only the payments and connects rooms call it.

>>> post([Entry(Address("escrow", escrow_id), Address("pending", party_id), 10_000, "USD", "release", "release:1")])
1
>>> post([Entry(Address("escrow", escrow_id), Address("pending", party_id), 10_000, "USD", "release", "release:1")])
0
"""

import json
from collections.abc import Sequence
from typing import Any

from django.db import DatabaseError, connection

from hirehall.kernel import clock
from hirehall.kernel.atomic import action
from hirehall.kernel.errors import Refused, refuse
from hirehall.money.ledger import rules
from hirehall.money.ledger.chart import KINDS, Address, part_of
from hirehall.money.ledger.policy import numbers
from hirehall.money.ledger.rules import Entry

REF_REUSED = "LG001"


@action
def post(entries: Sequence[Entry]) -> int:
    """Post entries, all or none; returns how many are new. A repeated entry changes nothing.

    Refuses ledger:too_little when an account would fall below its floor, and ledger:ref_reused when a reference
    was posted with other content. Post everything of one action in one call: the accounts are locked in one order.
    """
    refuse(rules.why_not_post(entries, numbers().batch_max))
    if not entries:
        return 0
    given = json.dumps([_as_row(entry) for entry in entries])
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT ledger_post(%s::jsonb, %s)", [given, clock.now()])
            return int(cursor.fetchone()[0])
    except DatabaseError as error:
        raise _refusal_of(error) from error


def _as_row(entry: Entry) -> dict[str, Any]:
    return {
        **_side("s", entry.source, entry.ref),
        **_side("t", entry.target, entry.ref),
        "amount": entry.amount,
        "unit": entry.unit,
        "code": entry.code,
        "ref": entry.ref,
        "memo": entry.memo,
    }


def _side(prefix: str, address: Address, ref: str) -> dict[str, Any]:
    return {
        f"{prefix}_kind": address.kind,
        f"{prefix}_owner": address.owner_id,
        f"{prefix}_holder": address.holder,
        f"{prefix}_part": part_of(address, ref),
        f"{prefix}_floor": KINDS[address.kind].floor,
    }


def _refusal_of(error: DatabaseError) -> Exception:
    """The refusal behind what the database said, or the error itself when it is none that we expect."""
    cause: Any = error.__cause__
    if getattr(cause, "sqlstate", None) == REF_REUSED:
        return Refused("ledger:ref_reused", "This reference was used before for something else.")
    if cause is not None and cause.diag.constraint_name == "account_floor":
        return Refused("ledger:too_little", "There is not enough in the account for this.")
    return error
