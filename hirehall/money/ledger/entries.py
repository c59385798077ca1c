"""Reads of a holder's entries with the running balance, for statements and histories.

The running balance is over everything that the holder has in the unit, so money that only moves between the
holder's own pots (pending becomes available) changes nothing in it. Filters choose lines; they never change
the balance that a line shows.

A page reads what lies on it, not the history: the lines' ids come from each account's index, from whichever end is
nearer, and the balance is counted from that end: back from what the accounts hold now, or forward from zero.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

_MINE = "mine AS MATERIALIZED (SELECT id, kind, balance FROM ledger_account WHERE holder_id = %(holder)s AND unit = %(unit)s)"
_IDS = "ARRAY(SELECT id FROM mine)"
_BY_SOURCE, _BY_TARGET = f"t.source_id = ANY({_IDS})", f"t.target_id = ANY({_IDS})"
# The words of an entry that a search looks at: titles, names, the way of payment, the reason.
_SEARCHED = ("contract_title", "milestone", "client_name", "freelancer_name", "method", "reason", "title")

_COUNT = f"""
WITH {_MINE}
SELECT (SELECT count(*) FROM ledger_transfer t WHERE {_BY_SOURCE}{{where}})
     + (SELECT count(*) FROM ledger_transfer t WHERE {_BY_TARGET}{{where}}
           AND NOT EXISTS (SELECT FROM mine WHERE mine.id = t.source_id))
"""
_PICK = f"""
WITH {_MINE}
SELECT DISTINCT found.id FROM mine CROSS JOIN LATERAL (
    (SELECT t.id FROM ledger_transfer t WHERE t.source_id = mine.id{{where}} ORDER BY t.id {{order}} LIMIT %(reach)s)
    UNION ALL
    (SELECT t.id FROM ledger_transfer t WHERE t.target_id = mine.id{{where}} ORDER BY t.id {{order}} LIMIT %(reach)s)
) found ORDER BY id {{order}} LIMIT %(limit)s OFFSET %(offset)s
"""
_READ = f"""
WITH {_MINE}
SELECT t.id, t.at, t.code, t.amount, t.unit, t.ref, t.memo, s.kind, g.kind,
       CASE WHEN g.id IS NULL THEN 0 ELSE t.amount END - CASE WHEN s.id IS NULL THEN 0 ELSE t.amount END
  FROM ledger_transfer t LEFT JOIN mine s ON s.id = t.source_id LEFT JOIN mine g ON g.id = t.target_id
 WHERE t.id = ANY(%(ids)s) ORDER BY t.id
"""
# What came and went between the lines of a page: the sum of changes from each line to the next. One statement, so
# that what the accounts hold and what moved are of one moment.
_BETWEEN = f"""
WITH {_MINE}, moves AS (
    SELECT t.id, -t.amount AS change FROM ledger_transfer t WHERE {_BY_SOURCE}{{bound}}
    UNION ALL SELECT t.id, t.amount FROM ledger_transfer t WHERE {_BY_TARGET}{{bound}}
)
SELECT width_bucket(id, %(ids)s::bigint[]), sum(change)::bigint FROM moves GROUP BY 1
UNION ALL SELECT -1, coalesce(sum(balance), 0)::bigint FROM mine
"""
_SINCE = f"""
WITH {_MINE}
SELECT (SELECT coalesce(sum(balance), 0) FROM mine)::bigint
     - (SELECT coalesce(sum(amount), 0) FROM ledger_transfer t WHERE {_BY_TARGET} AND at >= %(moment)s)::bigint
     + (SELECT coalesce(sum(amount), 0) FROM ledger_transfer t WHERE {_BY_SOURCE} AND at >= %(moment)s)::bigint
"""
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
    """Which lines are wanted; nothing chosen means all. `party` is the other side's name, `text` any words in it."""

    codes: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    contract_id: str = ""
    party: str = ""
    text: str = ""


_CONDITIONS = {
    "codes": "t.code = ANY(%(codes)s)",
    "since": "t.at >= %(since)s",
    "until": "t.at < %(until)s",
    "contract": "t.memo->>'contract' = %(contract)s",
    "party": "%(party)s IN (t.memo->>'client_name', t.memo->>'freelancer_name')",
    "text": "concat_ws(' ', t.ref, " + ", ".join(f"t.memo->>'{word}'" for word in _SEARCHED) + ") ILIKE %(text)s",
}


def balance_before(holder_id: str, unit: str, moment: datetime) -> int:
    """What a holder had just before a moment; only what moved since is read."""
    return int(_ask(_SINCE, {"holder": holder_id, "unit": unit, "moment": moment})[0][0])


class EntryList:
    """A holder's entries, newest first; reads only the slice that is asked for, so a paginator can take it."""

    def __init__(self, holder_id: str, unit: str, wanted: Filter = Filter()):
        self._given = {"holder": holder_id, "unit": unit} | {
            name: value
            for name, value in {
                "codes": list(wanted.codes),
                "since": wanted.since,
                "until": wanted.until,
                "contract": wanted.contract_id,
                "party": wanted.party,
                "text": _pattern(wanted.text),
            }.items()
            if value
        }
        self._where = "".join(f" AND {sql}" for name, sql in _CONDITIONS.items() if name in self._given)
        self._length: int | None = None

    def __len__(self) -> int:
        if self._length is None:
            self._length = int(_ask(_COUNT.format(where=self._where), self._given)[0][0])
        return self._length

    def __getitem__(self, wanted: slice) -> list[Line]:
        start = wanted.start or 0
        limit = (len(self) if wanted.stop is None else wanted.stop) - start
        if limit <= 0:
            return []
        # Without a count the newest end is taken: that is where the first page lies.
        from_newest = self._length is None or start <= self._length // 2
        if not from_newest:
            limit = min(limit, self._length - start)
            start = self._length - start - limit
        ids = self._pick(start, limit, "DESC" if from_newest else "ASC")
        return self._read(ids, from_newest)[::-1]

    def oldest_first(self) -> Iterator[Line]:
        """Every line in the order it happened, in batches, for files of any length."""
        last = balance = 0
        while True:
            ids = self._pick(0, _BATCH, "ASC", " AND t.id > %(last)s", last=last)
            if not ids:
                return
            lines = self._read(ids, False, since=last, balance=balance)
            yield from lines
            last, balance = lines[-1].id, lines[-1].balance_after

    def _pick(self, start: int, limit: int, order: str, more: str = "", **given: Any) -> list[int]:
        """The ids of some lines, oldest first."""
        reach = {"reach": start + limit, "limit": limit, "offset": start}
        found = _ask(_PICK.format(where=self._where + more, order=order), {**self._given, **given, **reach})
        return sorted(row[0] for row in found)

    def _read(self, ids: list[int], from_newest: bool, since: int = 0, balance: int = 0) -> list[Line]:
        """Lines by id, oldest first, with the balance counted from the nearer end.

        Counting forward can go on from a line and its balance that were read before.
        """
        if not ids:
            return []
        # Raw cursors give JSON as text.
        rows = [(*row[:6], json.loads(row[6]), *row[7:]) for row in _ask(_READ, {**self._given, "ids": ids})]
        bound = " AND t.id >= %(first)s" if from_newest else " AND t.id > %(since)s AND t.id <= %(last)s"
        given = {**self._given, "ids": ids, "first": ids[0], "since": since, "last": ids[-1]}
        sums = dict(_ask(_BETWEEN.format(bound=bound), given))
        running = balance + sums.get(0, 0)
        if from_newest:
            running = sums[-1] - sum(change for place, change in sums.items() if place >= 0)
        lines = []
        for place, row in enumerate(rows, 1):
            lines.append(Line(*row, balance_after=running + row[-1]))
            running += sums.get(place, 0)
        return lines


def _pattern(text: str) -> str:
    """Typed words for a search: their signs stand for themselves."""
    words = text.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{words}%" if words else ""


def _ask(sql: str, given: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.fetchall()
