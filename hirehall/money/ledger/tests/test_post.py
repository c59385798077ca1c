"""Posting: all or nothing, once, never below a floor, and nobody can change what was posted."""

from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from hirehall.kernel.errors import Refused
from hirehall.kernel.units import CONNECT
from hirehall.money.ledger import queries
from hirehall.money.ledger.actions import post
from hirehall.money.ledger.chart import HOT_PARTS, KINDS, Address, part_of
from hirehall.money.ledger.entries import EntryList, Filter
from hirehall.money.ledger.models import Account, Transfer
from hirehall.money.ledger.policy import numbers
from hirehall.money.ledger.rules import Entry, why_not_post
from tests.support.at_once import at_once

GUARDS = Path(__file__).resolve().parents[1] / "sql" / "guards.sql"
ADA, BEN = "a" * 26, "b" * 26
WORLD = Address("gateway")
pytestmark = pytest.mark.django_db


def free(owner: str) -> Address:
    return Address("available", owner)


def give(amount: int, ref: str, owner: str = ADA, **more) -> int:
    return post([Entry(WORLD, free(owner), amount, "USD", "charge", ref, **more)])


def held(owner: str = ADA) -> int:
    return queries.balance("available", owner, "USD")


@pytest.mark.feature("PAY-01")
def test_a_transfer_takes_from_the_source_and_gives_to_the_target():
    assert give(10_000, "one") == 1
    post([Entry(free(ADA), free(BEN), 2_500, "USD", "move", "two")])
    assert (held(ADA), held(BEN), queries.balance("gateway", "", "USD")) == (7_500, 2_500, -10_000)
    assert queries.balances("available", [ADA, BEN], "USD") == {ADA: 7_500, BEN: 2_500}
    assert [(books.unit, books.total) for books in queries.trial_balance()] == [("USD", 0)]
    assert queries.list_wrong_balances() == []


@pytest.mark.feature("PAY-01")
def test_the_same_reference_with_the_same_content_changes_nothing():
    assert give(10_000, "one") == 1
    assert give(10_000, "one") == 0
    assert held() == 10_000
    assert Transfer.objects.count() == 1


@pytest.mark.feature("PAY-01")
@pytest.mark.parametrize(
    "other",
    [
        Entry(WORLD, free(ADA), 9_999, "USD", "charge", "one"),
        Entry(WORLD, free(BEN), 10_000, "USD", "charge", "one"),
        Entry(WORLD, free(ADA), 10_000, "EUR", "charge", "one"),
        Entry(WORLD, free(ADA), 10_000, "USD", "gift", "one"),
    ],
)
def test_the_same_reference_with_other_content_is_refused(other):
    give(10_000, "one")
    with pytest.raises(Refused) as caught:
        post([other, Entry(WORLD, free(ADA), 5, "USD", "charge", "two")])
    assert caught.value.code == "ledger:ref_reused"
    assert held() == 10_000
    assert Transfer.objects.count() == 1


def test_a_repetition_inside_a_batch_counts_once():
    entry = Entry(WORLD, free(ADA), 100, "USD", "charge", "one")
    assert post([entry, entry]) == 1
    assert held() == 100


@pytest.mark.feature("PAY-01")
def test_nothing_goes_below_its_floor_and_the_whole_batch_falls():
    give(100, "one")
    with pytest.raises(Refused) as caught:
        post(
            [
                Entry(WORLD, free(BEN), 5, "USD", "charge", "two"),
                Entry(free(ADA), free(BEN), 101, "USD", "move", "three"),
            ]
        )
    assert caught.value.code == "ledger:too_little"
    assert (held(ADA), held(BEN)) == (100, 0)


def test_a_batch_may_use_what_it_brings():
    post([Entry(WORLD, free(ADA), 100, "USD", "charge", "in"), Entry(free(ADA), free(BEN), 100, "USD", "move", "out")])
    assert (held(ADA), held(BEN)) == (0, 100)


def test_nothing_to_post_is_fine():
    assert post([]) == 0


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (Entry(WORLD, free(ADA), 0, "USD", "c", "r"), "ledger:amount"),
        (Entry(WORLD, free(ADA), -1, "USD", "c", "r"), "ledger:amount"),
        (Entry(WORLD, free(ADA), 10**13 + 1, "USD", "c", "r"), "ledger:amount"),
        (Entry(WORLD, free(ADA), 1, "XXY", "c", "r"), "ledger:unit"),
        (Entry(WORLD, WORLD, 1, "USD", "c", "r"), "ledger:sides"),
        (Entry(WORLD, free(ADA), 1, "USD", "c", ""), "ledger:ref"),
        (Entry(WORLD, free(ADA), 1, "USD", "c", "r" * 121), "ledger:ref"),
        (Entry(WORLD, free(ADA), 1, "USD", "", "r"), "ledger:ref"),
    ],
)
def test_entries_without_sense_are_refused_before_the_database(entry, code):
    with pytest.raises(Refused) as caught:
        post([entry])
    assert caught.value.code == code
    assert not Account.objects.exists()


def test_a_batch_has_an_end():
    entries = [Entry(WORLD, free(ADA), 1, "USD", "c", str(n)) for n in range(3)]
    assert why_not_post(entries, 2).code == "ledger:batch"
    assert numbers().batch_max == 5_000


def test_another_error_of_the_database_is_not_dressed_up():
    with pytest.raises(DatabaseError), transaction.atomic():
        post([Entry(WORLD, Address("available", "x" * 27), 1, "USD", "c", "r")])


@pytest.mark.feature("PAY-01")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_transfer SET amount = 1",
        "DELETE FROM ledger_transfer",
        "INSERT INTO ledger_transfer (source_id, target_id, amount, unit, code, ref, memo, at)"
        " SELECT source_id, target_id, 0, unit, code, 'x', memo, at FROM ledger_transfer",
        "INSERT INTO ledger_transfer (source_id, target_id, amount, unit, code, ref, memo, at)"
        " SELECT source_id, source_id, 1, unit, code, 'x', memo, at FROM ledger_transfer",
        "INSERT INTO ledger_transfer (source_id, target_id, amount, unit, code, ref, memo, at)"
        " SELECT source_id, target_id, 1, 'EUR', code, 'x', memo, at FROM ledger_transfer",
        "INSERT INTO ledger_transfer (source_id, target_id, amount, unit, code, ref, memo, at)"
        " SELECT source_id, target_id, 1, unit, code, ref, memo, at FROM ledger_transfer",
        "UPDATE ledger_account SET balance = -1 WHERE floor = 0",
        "UPDATE ledger_account SET floor = NULL",
        "UPDATE ledger_account SET owner_id = 'x'",
        "DELETE FROM ledger_account",
        "ALTER TABLE ledger_transfer ENABLE TRIGGER ledger_transfer_no_truncate; TRUNCATE ledger_transfer CASCADE",
    ],
)
def test_the_database_refuses_what_would_falsify_the_books(statement):
    give(100, "one")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert held() == 100


def test_a_balance_that_does_not_follow_from_transfers_is_found():
    give(100, "one")
    account = Account.objects.get(kind="available")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_account SET balance = 101 WHERE id = %s", [account.id])
    assert queries.list_wrong_balances() == [(account.id, 101, 100)]
    assert queries.trial_balance()[0].total == 1


def guards() -> set[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 'trigger', tgname::text, pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname LIKE 'ledger%'"
            " UNION ALL SELECT 'function', proname::text, pg_get_functiondef(oid) FROM pg_proc WHERE proname LIKE 'ledger%'"
            " UNION ALL SELECT 'constraint', conname::text, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conname IN ('transfer_source_unit', 'transfer_target_unit')"
        )
        return set(cursor.fetchall())


def test_the_database_holds_the_guards_of_the_one_file():
    built = guards()
    assert len(built) == 10
    with connection.cursor() as cursor:
        cursor.execute(GUARDS.read_text())
    assert guards() == built


def test_a_hot_account_has_parts_and_a_reference_always_finds_its_own():
    for n in range(40):
        give(1, f"ref {n}")
    parts = Account.objects.filter(kind="gateway").count()
    assert 8 < parts <= HOT_PARTS
    assert part_of(WORLD, "x") == part_of(WORLD, "x")
    assert queries.balance("gateway", "", "USD") == -40


def test_units_do_not_mix_and_each_has_its_own_books():
    give(100, "one")
    post([Entry(Address("issue"), Address("connects", ADA), 50, CONNECT, "grant", "two")])
    assert [(books.unit, books.total) for books in queries.trial_balance()] == [(CONNECT, 0), ("USD", 0)]
    assert queries.held_by_kind(ADA, CONNECT) == {"connects": 50}
    assert queries.balances_of_kind("connects") == {(ADA, CONNECT): 50}
    assert queries.has_transfer("two")
    assert set(KINDS) >= {"gateway", "available", "escrow"}


@pytest.mark.feature("PAY-06")
def test_lines_show_the_balance_after_them_whatever_is_filtered():
    give(100, "one", memo={"contract": "c1"})
    post([Entry(free(ADA), Address("escrow", BEN, ADA), 60, "USD", "escrow_payment", "two", {"contract": "c2"})])
    post([Entry(Address("escrow", BEN, ADA), free("c" * 26), 60, "USD", "release", "three")])
    lines = EntryList(ADA, "USD")
    assert len(lines) == 3
    assert [(line.code, line.change, line.balance_after) for line in lines[0:10]] == [
        ("release", -60, 40),
        ("escrow_payment", 0, 100),
        ("charge", 100, 100),
    ]
    assert [line.code for line in lines[1:2]] == ["escrow_payment"]
    assert [line.code for line in lines[0:]] == [line.code for line in lines[0:10]]
    assert [line.ref for line in lines.oldest_first()] == ["one", "two", "three"]
    assert [line.balance_after for line in EntryList(ADA, "USD", Filter(codes=("release",)))[0:10]] == [40]
    assert [line.ref for line in EntryList(ADA, "USD", Filter(contract_id="c2"))[0:10]] == ["two"]


def test_a_long_history_is_read_in_batches(monkeypatch):
    monkeypatch.setattr("hirehall.money.ledger.entries._BATCH", 3)
    for n in range(7):
        give(1, f"ref {n}")
    assert [line.ref for line in EntryList(ADA, "USD").oldest_first()] == [f"ref {n}" for n in range(7)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.feature("PAY-01")
def test_twenty_at_once_never_take_more_than_there_is():
    give(1_000, "start")

    def take(n: int):
        return lambda: post([Entry(free(ADA), free(BEN), 100, "USD", "move", f"take {n}")])

    answers = at_once([take(n) for n in range(20)])
    assert answers.count(1) == 10
    assert {a.code for a in answers if a != 1} == {"ledger:too_little"}
    assert (held(ADA), held(BEN)) == (0, 1_000)
    assert queries.list_wrong_balances() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.feature("PAY-01")
def test_one_reference_at_once_is_posted_once_and_crossing_ways_do_not_lock():
    give(1_000, "a")
    give(1_000, "b", BEN)
    same = [lambda: post([Entry(free(ADA), free(BEN), 10, "USD", "move", "same")])] * 6
    there = [lambda n=n: post([Entry(free(ADA), free(BEN), 1, "USD", "move", f"there {n}")]) for n in range(6)]
    back = [lambda n=n: post([Entry(free(BEN), free(ADA), 1, "USD", "move", f"back {n}")]) for n in range(6)]
    answers = at_once(same + there + back)
    assert sorted(answers) == [0] * 5 + [1] * 13
    assert (held(ADA), held(BEN)) == (990, 1_010)
