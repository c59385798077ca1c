"""What of a statement is shown: periods, other sides, words, balances, and every page alike."""


import json
import random
from datetime import date

import pytest
from django.urls import reverse

from hirehall.money.ledger.actions import post
from hirehall.money.ledger.chart import Address
from hirehall.money.ledger.entries import EntryList, Filter
from hirehall.money.ledger.rules import Entry
from hirehall.money.payments import periods, statement
from hirehall.money.payments.actions import payouts
from tests.support.cast import browse_as, call_as
from tests.support.jobs import run_jobs
from tests.support.money import (
    CLOSED_IBAN,
    UNIT,
    make_earnings,
    make_payout_method,
)


def rows_of(actor):
    return [(row.title, row.change, row.moved, row.balance_after) for row in statement.list_rows_for(actor)[0:50]]


@pytest.fixture
def story(cast):
    """Cyd pays 100.00 to Ada, who withdraws 50.00 in vain and 40.00 for good."""
    make_earnings(cast.ada, cast.cyd)
    closed, good = make_payout_method(cast.ada, CLOSED_IBAN), make_payout_method(cast.ada)
    payouts.withdraw(cast.ada, closed.id, 5_000)
    run_jobs()
    payouts.withdraw(cast.ada, good.id, 4_000)
    run_jobs()


@pytest.mark.feature("PAY-06")
def test_it_is_chosen_by_named_periods_other_side_and_words_and_pages_through(cast, story):
    browser, address = browse_as(cast.ada), reverse("payments:statement")

    def page(**given):
        return browser.get(address, given).content.decode()

    # The story is of March 2026, which is also "now".
    for period in ("this_month", "this_year"):
        assert "Earned" in page(period=period)
    for period in ("last_month", "last_year"):
        assert "No such entries" in page(period=period)
    assert "Withdrawn to" not in page(party="Cyd Works").split("<table")[1]
    assert "No such entries" in page(party="Dot Studio")
    for text in ("shop des", "FIRST DRAFT", "cyd works", "release:", "3000"):
        assert "No such entries" not in page(text=text), text
    for text in ("100%", "_", "\\", "nothing like it"):
        assert "No such entries" in page(text=text), text
    assert "No such entries" in page(unit="JPY")
    assert 'value="Cyd Works"' in page()
    assert ">Shop design</option>" in page()
    for nonsense in ({"period": "x"}, {"text": "\0"}, {"unit": "?"}, {"party": "x" * 200}):
        assert browser.get(address, nonsense).status_code == 200


@pytest.mark.feature("PAY-06")
def test_a_period_begins_and_ends_with_a_balance(cast, story):
    whole = statement.span_for(cast.ada, None, None)
    assert (whole.opening, whole.closing) == (0, 5_000)
    for row in statement.list_rows_for(cast.ada)[0:50]:
        before = statement.span_for(cast.ada, row.at, None)
        assert before.opening + before.change == 5_000
    days = [row.at for row in statement.list_rows_for(cast.ada)[0:50]]
    middle = statement.span_for(cast.ada, max(days), None)
    moved = sum(row.change for row in statement.list_rows_for(cast.ada)[0:50] if row.at >= max(days))
    assert middle.change == moved
    empty = statement.span_for(cast.ada, min(days), min(days))
    assert (empty.opening, empty.closing) == (0, 0)


@pytest.mark.feature("PAY-06")
def test_the_json_file_holds_the_period_and_every_line(cast, story):
    answer = browse_as(cast.ada).get(reverse("payments:statement_json"), {"kind": "withdrawals"})
    told = json.loads(b"".join(answer.streaming_content))
    assert (told["opening"], told["closing"], told["unit"]) == (0, 5_000, "USD")
    assert [line["change"] for line in told["lines"]] == [-5_000, 5_000, -4_000]
    assert told["lines"][-1]["balance_after"] == 5_000
    empty = browse_as(cast.ben).get(reverse("payments:statement_json"))
    assert json.loads(b"".join(empty.streaming_content))["lines"] == []


@pytest.mark.feature("PAY-06")
def test_every_page_and_every_choice_shows_the_same_balances(cast):
    """Read from either end, in pages of any size and through any filter, a line has one balance."""
    party, chance = cast.ada.party_id, random.Random(5)
    pots = {"free": Address("available", party), "waits": Address("pending", party), "out": Address("gateway")}
    entries = []
    for place in range(60):
        source, target = chance.choice([("out", "free"), ("out", "waits"), ("waits", "free"), ("free", "out")])
        if target == "out" or source == "waits":
            source = "out" if place < 20 else source
            target = "free" if source == "out" else target
        code = chance.choice(["release", "withdrawal", "odd_code"])
        amount = chance.randint(1, 9) if source != "out" else chance.randint(50, 99)
        entries.append(
            Entry(pots[source], pots[target], amount, UNIT, code, f"x:{place}", {"client_name": f"C{place % 3}"})
        )
    post(entries)
    held, wanted = 0, []
    for entry in entries:
        held += (entry.target.kind != "gateway") * entry.amount - (entry.source.kind != "gateway") * entry.amount
        wanted.append((entry.ref, held))
    for given in (Filter(), Filter(codes=("odd_code",)), Filter(party="C1"), Filter(text="x:1")):
        chosen = [(e.ref, b) for e, (_, b) in zip(entries, wanted, strict=True) if fits(e, given)]
        listed = EntryList(party, UNIT, given)
        assert len(listed) == len(chosen)
        for size in (1, 7, 30, 100):
            pages = [line for start in range(0, len(chosen), size) for line in listed[start : start + size]]
            assert [(line.ref, line.balance_after) for line in pages] == chosen[::-1]
        assert [(line.ref, line.balance_after) for line in listed.oldest_first()] == chosen
        assert [(line.ref, line.balance_after) for line in EntryList(party, UNIT, given)[0:5]] == chosen[::-1][:5]


def fits(entry, given):
    return (
        (not given.codes or entry.code in given.codes)
        and (not given.party or entry.memo["client_name"] == given.party)
        and (not given.text or given.text in entry.ref)
    )


def test_an_unknown_code_is_a_line_like_others(cast):
    post(
        [
            Entry(
                Address("adjustment"),
                Address("available", cast.ada.party_id),
                7,
                UNIT,
                "never_heard_of",
                "n:1",
                {"reason": "a test"},
            )
        ]
    )
    row = statement.list_rows_for(cast.ada)[0:1][0]
    assert (row.title, row.why, row.change) == ("Never heard of", "a test", 7)


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("this_month", (date(2026, 1, 1), date(2026, 1, 31))),
        ("last_month", (date(2025, 12, 1), date(2025, 12, 31))),
        ("this_year", (date(2026, 1, 1), date(2026, 12, 31))),
        ("last_year", (date(2025, 1, 1), date(2025, 12, 31))),
        ("own", None),
    ],
)
def test_named_periods_are_whole_months_and_years(name, days):
    assert periods.days_of(name, date(2026, 1, 31)) == days


@pytest.mark.feature("OPS-03")
def test_programs_read_balances_and_choose_alike(cast, client, story):
    def read(path):
        return client.get(f"/api/v1/money/statement{path}", headers=call_as(cast.ada)).json()

    assert read("/balances")["closing"] == 5_000
    assert read("?party=Cyd Works&kind=earnings")["count"] == 2
    assert read("?text=shop&unit=USD")["count"] == 3
    assert read("?unit=JPY")["count"] == 0
