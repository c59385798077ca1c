"""Reads of a holder's entries with the running balance, for statements and histories.

The running balance is over everything that the holder has in the unit, so money that only moves between the
holder's own pots (pending becomes available) changes nothing in it. Filters choose lines; they never change
the balance that a line shows.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

_LINES = """
WITH mine AS (SELECT id, kind FROM ledger_account WHERE holder_id = %(holder)s AND unit = %(unit)s),
touched AS (
    SELECT t.id FROM mine JOIN ledger_transfer t ON t.source_id = mine.id
    UNION SELECT t.id FROM mine JOIN ledger_transfer t ON t.target_id = mine.id
),
lines AS (
    SELECT t.id, t.at, t.code, t.amount, t.unit, t.ref, t.memo, s.kind AS source, g.kind AS target,
           CASE WHEN g.id IS NULL THEN 0 ELSE t.amount END - CASE WHEN s.id IS NULL THEN 0 ELSE t.amount END AS change
      FROM touched JOIN ledger_transfer t USING (id)
      LEFT JOIN mine s ON s.id = t.source_id LEFT JOIN mine g ON g.id = t.target_id
),
numbered AS (SELECT lines.*, (sum(change) OVER (ORDER BY id))::bigint AS balance_after FROM lines)
SELECT {what} FROM numbered
 WHERE (%(codes)s::text[] IS NULL OR code = ANY(%(codes)s))
   AND (%(since)s::timestamptz IS NULL OR at >= %(since)s)
   AND (%(until)s::timestamptz IS NULL OR at < %(until)s)
   AND (%(contract)s = '' OR memo->>'contract' = %(contract)s)
"""
_COLUMNS = "id, at, code, amount, unit, ref, memo, source, target, change, balance_after"
_BATCH = 500


@dataclass(frozen=True)
class Line:
    """One entry as its holder sees it; `source` and `target` name the holder's own pot, or None for others'."""

    id: int
    at: datetime
    code: str
    amount: int
    unit: str
    ref: str
    memo: dict[str, Any]
    source: str | None
    target: str | None
    change: int
    balance_after: int


@dataclass(frozen=True)
class Filter:
    """Which lines are wanted; nothing chosen means all."""

    codes: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    contract_id: str = ""


class EntryList:
    """A holder's entries, newest first; reads only the slice that is asked for, so a paginator can take it."""

    def __init__(self, holder_id: str, unit: str, wanted: Filter = Filter()):
        self._given = {
            "holder": holder_id,
            "unit": unit,
            "codes": list(wanted.codes) or None,
            "since": wanted.since,
            "until": wanted.until,
            "contract": wanted.contract_id,
        }

    def __len__(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute(_LINES.format(what="count(*)"), self._given)
            return int(cursor.fetchone()[0])

    def __getitem__(self, wanted: slice) -> list[Line]:
        start = wanted.start or 0
        limit = None if wanted.stop is None else max(0, wanted.stop - start)
        return self._read("ORDER BY id DESC LIMIT %(limit)s OFFSET %(offset)s", limit=limit, offset=start)

    def oldest_first(self) -> Iterator[Line]:
        """Every line in the order it happened, in batches, for files of any length."""
        last = 0
        while True:
            lines = self._read("AND id > %(last)s ORDER BY id LIMIT %(limit)s", last=last, limit=_BATCH)
            yield from lines
            if len(lines) < _BATCH:
                return
            last = lines[-1].id

    def _read(self, tail: str, **more: Any) -> list[Line]:
        with connection.cursor() as cursor:
            cursor.execute(_LINES.format(what=_COLUMNS) + tail, {**self._given, **more})
            return [_line(row) for row in cursor.fetchall()]


def _line(row: tuple[Any, ...]) -> Line:
    # A raw cursor gives JSON as text.
    return Line(*row[:6], json.loads(row[6]), *row[7:])
