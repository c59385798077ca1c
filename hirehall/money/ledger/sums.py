"""Sums of what came to a holder and what went, by month, code and other side: the stuff of yearly summaries."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

_SUMS = """
WITH mine AS MATERIALIZED (SELECT id FROM ledger_account WHERE holder_id = %(holder)s AND unit = %(unit)s),
moves AS (
    SELECT t.*, g.id IS NOT NULL AS comes
      FROM ledger_transfer t LEFT JOIN mine s ON s.id = t.source_id LEFT JOIN mine g ON g.id = t.target_id
     WHERE (s.id IS NULL) <> (g.id IS NULL) AND t.unit = %(unit)s AND t.at >= %(since)s AND t.at < %(until)s
)
SELECT extract(year FROM at AT TIME ZONE %(zone)s)::int, extract(month FROM at AT TIME ZONE %(zone)s)::int, code, comes,
       coalesce(memo->>'client_name', ''), coalesce(memo->>'freelancer_name', ''), coalesce(memo->>'contract', ''),
       sum(amount)::bigint, count(*)
  FROM moves GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 1, 2, 3, 4, 5, 6, 7
"""


@dataclass(frozen=True)
class Sum:
    """What came (or went) in one month under one code with one other side in one contract."""

    year: int
    month: int
    code: str
    comes: bool
    client_name: str
    freelancer_name: str
    contract_id: str
    amount: int
    count: int

    @property
    def change(self) -> int:
        return self.amount if self.comes else -self.amount


def sum_changes(holder_id: str, unit: str, since: datetime, until: datetime, zone: str) -> list[Sum]:
    """Every change of what a holder has from a moment to before another; months are those of a time zone."""
    given = {"holder": holder_id, "unit": unit, "since": since, "until": until, "zone": zone}
    with connection.cursor() as cursor:
        cursor.execute(_SUMS, given)
        return [Sum(*row) for row in cursor.fetchall()]
