"""A year's figures: every change in one column, and together the change of the balance."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from hirehall.kernel import clock
from hirehall.money.documents import summaries
from hirehall.money.documents.papers import paper_of_year
from hirehall.money.documents.pdf import set_paper
from hirehall.money.ledger.queries import held_by_kind
from hirehall.money.payments.actions import payouts
from tests.support.books import post_unheard
from tests.support.cast import browse_as, call_as
from tests.support.documents import make_release, text_of
from tests.support.jobs import run_jobs
from tests.support.money import make_earnings, make_payout_method


@pytest.fixture
def year(cast):
    """Ada earns from Cyd in March and from Dot in May, in dollars and yen, with VAT, and withdraws."""
    make_earnings(cast.ada, cast.cyd)
    clock.freeze(datetime(2026, 5, 4, 12, tzinfo=UTC))
    make_release(cast.ada, cast.dot, 20_000, 2_000, "USD", vat=380)
    make_release(cast.ada, cast.dot, 5_000, 500, "JPY")
    payouts.withdraw(cast.ada, make_payout_method(cast.ada).id, 4_000)
    run_jobs()
    post_unheard(cast.ada.party_id, 7)
    return summaries.year_for(cast.ada, 2026)


@pytest.mark.feature("PAY-06")
def test_every_change_stands_in_one_column(cast, year):
    dollars, yen = year
    assert (yen.unit, yen.totals["earned"], yen.totals["fees"]) == ("JPY", 5_000, -500)
    wanted = {"earned": 30_000, "fees": -3_000, "tax": -380, "withdrawals": -4_000, "other": 7}
    assert {name: value for name, value in dollars.totals.items() if value} == wanted
    for one in year:
        assert one.change == sum(held_by_kind(cast.ada.party_id, one.unit).values())
        assert {name: sum(month[name] for month in one.months.values()) for name in one.totals} == one.totals
    assert dollars.by_other("earned") == [("Dot Studio", 20_000), ("Cyd Works", 10_000)]
    assert dollars.months[(2026, 3)]["earned"] == 10_000
    assert dollars.months[(2026, 5)]["earned"] == 20_000
    assert summaries.year_for(cast.ada, 2025) == []


@pytest.mark.feature("PAY-06")
def test_a_client_reads_what_was_paid(cast, year):
    found = {one.unit: one for one in summaries.year_for(cast.cyd, 2026)}["USD"]
    assert (found.totals["payments"], found.totals["paid"], found.change) == (10_000, -10_000, 0)


def test_the_days_are_those_of_the_partys_zone(cast):
    # 31 December, 23:30 UTC is the new year in Lagos.
    clock.freeze(datetime(2026, 12, 31, 23, 30, tzinfo=UTC))
    make_release(cast.ada, cast.cyd, 1_000, 100, "USD")
    utc = summaries.summaries_of(cast.ada.party_id, date(2026, 1, 1), date(2026, 12, 31), "UTC")
    lagos = summaries.summaries_of(cast.ada.party_id, date(2026, 1, 1), date(2026, 12, 31), "Africa/Lagos")
    assert [one.totals["earned"] for one in utc] == [1_000]
    assert lagos == []


def test_very_many_clients_are_put_together(cast):
    one = summaries.Summary("USD")
    for place in range(20):
        one.others[f"Client {place:02d}"]["earned"] = 100 + place
    found = one.by_other("earned")
    assert len(found) == summaries.OTHERS_SHOWN + 1
    assert found[0] == ("Client 19", 119)
    assert sum(amount for _, amount in found) == sum(100 + place for place in range(20))


@pytest.mark.feature("PAY-06")
def test_page_pdf_csv_and_program_read_the_same(cast, year, client):
    browser = browse_as(cast.ada)
    page = browser.get(reverse("documents:year"), {"year": "2026"}).content.decode()
    assert "$300.00" in page
    assert "¥5,000" in page
    assert "Earned by client" in page
    said = text_of(browser.get(reverse("documents:year_pdf"), {"year": "2026"}).content)
    assert "$300.00" in said
    table = browser.get(reverse("documents:year_csv"), {"year": "2026"}).content.decode("utf-8-sig")
    total = [row for row in csv.DictReader(io.StringIO(table)) if row["By"] == "total"]
    assert [(row["Unit"], row["Earned"], row["Tax"]) for row in total] == [
        ("USD", "300.00", "-3.80"),
        ("JPY", "5000", "0"),
    ]
    told = client.get("/api/v1/documents/summary?year=2026", headers=call_as(cast.ada)).json()
    assert told[0]["totals"]["earned"] == 30_000
    assert told[0]["months"]["2026-05"]["tax"] == -380
    for nonsense in ("x", "1", "99999", "2099", "²²²²"):
        assert browser.get(reverse("documents:year"), {"year": nonsense}).status_code == 200
    assert "Nothing moved" in browser.get(reverse("documents:year"), {"year": "2024"}).content.decode()


def test_a_year_in_which_nothing_moved_is_a_paper_too(cast):
    assert "Nothing moved" in text_of(set_paper(paper_of_year("Ada", 2020, []), clock.now()))
