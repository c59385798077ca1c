"""A page of a long history reads what lies on it, not the history."""

import json

import pytest
from django.db import connection

from hirehall.kernel import clock
from hirehall.money.ledger import entries
from hirehall.money.ledger.actions import post
from hirehall.money.ledger.chart import Address
from hirehall.money.ledger.entries import EntryList, Filter, balance_before
from hirehall.money.ledger.rules import Entry

LINES, PAGE = 4_000, 30


def rows_read(plan: dict) -> int:
    """How many transfers a plan looked at, also those that a filter threw away."""
    here = plan.get("Relation Name") == "ledger_transfer" or "ledger_transfer" in plan.get("Index Name", "")
    looked = (plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)) * plan["Actual Loops"] if here else 0
    return int(looked) + sum(rows_read(part) for part in plan.get("Plans", []))


@pytest.fixture
def reads(db, monkeypatch):
    """A long history of one holder, and the number of transfers that each question looked at."""
    free, out = Address("available", "F" * 26), Address("gateway")
    post([Entry(out, free, 100, "USD", "charge" if n % 2 else "release", f"n:{n}", {}) for n in range(LINES)])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE ledger_transfer, ledger_account")
        # A table of this size is read whole as quickly; a real one is not.
        cursor.execute("SET LOCAL enable_seqscan = off")
    asked, real = [], entries._ask

    def ask(sql, given):
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", given)
            told = cursor.fetchone()[0]
        asked.append(rows_read((json.loads(told) if isinstance(told, str) else told)[0]["Plan"]))
        return real(sql, given)

    monkeypatch.setattr(entries, "_ask", ask)
    return asked


@pytest.mark.feature("PAY-06")
def test_the_first_and_the_last_page_read_some_lines(reads):
    listed = EntryList("F" * 26, "USD")
    assert listed[0:PAGE][0].balance_after == LINES * 100
    assert sum(reads) <= 6 * PAGE
    assert len(listed) == LINES
    reads.clear()
    last = listed[LINES - PAGE : LINES]
    assert [line.balance_after for line in last] == [100 * n for n in range(PAGE, 0, -1)]
    assert sum(reads) <= 6 * PAGE


@pytest.mark.feature("PAY-06")
def test_a_choice_reads_as_far_as_it_must(reads):
    chosen = EntryList("F" * 26, "USD", Filter(codes=("charge",)))
    assert len(chosen[0:PAGE]) == PAGE
    assert sum(reads) <= 10 * PAGE


def test_nobody_has_nothing(db):
    assert EntryList("N" * 26, "USD")[0:PAGE] == []
    assert list(EntryList("N" * 26, "USD").oldest_first()) == []
    assert EntryList("N" * 26, "USD")[5:5] == []
    assert balance_before("N" * 26, "USD", clock.now()) == 0
