"""The statement explains every cent; its file is safe for spreadsheets; programs read the same."""

import csv
import io

import pytest
from django.urls import reverse

from hirehall.money.payments import causes, statement
from hirehall.money.payments.actions import escrow, payouts
from hirehall.money.payments.models import Hold
from tests.support.cast import browse_as, call_as
from tests.support.jobs import run_jobs
from tests.support.money import (
    CLOSED_IBAN,
    IBAN,
    UNIT,
    check_books,
    make_card,
    make_earnings,
    make_escrow,
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
def test_a_freelancer_reads_where_every_cent_came_from_and_went(cast, story):
    assert rows_of(cast.ada) == [
        ("Withdrawn to IBAN DE 3000", -4_000, 0, 5_000),
        ("Withdrawal to IBAN DE 0000 failed, money returned", 5_000, 0, 9_000),
        ("Withdrawn to IBAN DE 0000", -5_000, 0, 4_000),
        ("Became available", 0, 9_000, 9_000),
        ("Service fee of 10 %", -1_000, 0, 9_000),
        ("Earned", 10_000, 0, 10_000),
    ]
    why = [row.why for row in statement.list_rows_for(cast.ada)[4:6]]
    assert why[0].startswith("of $100.00 earned; the fee that the contract was made under, milestone “First draft”")
    assert why[0].endswith("contract “Shop design”, with Cyd Works")
    assert why[1] == "milestone “First draft”, contract “Shop design”, with Cyd Works"
    check_books()


@pytest.mark.feature("PAY-06")
def test_a_client_reads_what_was_paid_and_what_came_back(cast):
    escrow_id = make_escrow(cast.cyd, 10_000)
    escrow.return_escrow(
        escrow_id=escrow_id, contract_id="c" * 26, client_id=cast.cyd.party_id, amount=2_500, unit=UNIT, ref="r"
    )
    run_jobs()
    escrow.release_escrow(
        escrow_id=escrow_id,
        contract_id="c" * 26,
        freelancer_id=cast.ada.party_id,
        client_id=cast.cyd.party_id,
        amount=7_500,
        unit=UNIT,
        fee_basis_points=1_000,
        ref="rel",
    )
    assert rows_of(cast.cyd) == [
        ("Paid to the freelancer", -7_500, 0, 0),
        ("Sent back to Visa 4242", -2_500, 0, 7_500),
        ("Returned from escrow", 0, 2_500, 10_000),
        ("Put into escrow", 0, 10_000, 10_000),
        ("Paid with Visa 4242", 10_000, 0, 10_000),
    ]


@pytest.mark.feature("PAY-06")
def test_it_is_filtered_by_kind_period_and_contract_and_paged(cast, story):
    browser, address = browse_as(cast.ada), reverse("payments:statement")
    page = browser.get(address, {"kind": "fees"}).content.decode()
    assert "Service fee of 10 %" in page
    assert "Withdrawn to" not in page
    contract = Hold.objects.get().contract_id
    page = browser.get(address, {"contract": contract}).content.decode()
    assert "Earned" in page
    assert "Withdrawn to" not in page
    assert "No such entries" in browser.get(address, {"since": "2026-04-01"}).content.decode()
    assert "No such entries" in browser.get(address, {"until": "2026-03-01"}).content.decode()
    assert "Earned" in browser.get(address, {"since": "2026-03-10", "until": "2026-03-10"}).content.decode()
    for nonsense in ({"since": "x", "page": "99"}, {"until": "9999-12-31"}, {"kind": "?"}, {"contract": "'"}):
        assert browser.get(address, nonsense).status_code == 200


@pytest.mark.feature("PAY-06")
def test_the_file_holds_every_entry_in_order_and_no_formula(cast):
    make_card(cast.cyd)
    for n in range(3):
        escrow_id = make_escrow(cast.cyd, 1_000 + n)
        escrow.release_escrow(
            escrow_id=escrow_id,
            contract_id="c" * 26,
            freelancer_id=cast.ada.party_id,
            client_id=cast.cyd.party_id,
            amount=1_000 + n,
            unit=UNIT,
            fee_basis_points=1_000,
            ref=f"rel {n}",
            memo={"contract_title": "=HYPERLINK(1)", "milestone": ""},
        )
    answer = browse_as(cast.ada).get(reverse("payments:statement_csv"))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert answer["Content-Disposition"].startswith("attachment")
    found = list(csv.DictReader(io.StringIO(text)))
    assert [row["Amount"] for row in found] == ["10.00", "-1.00", "10.01", "-1.00", "10.02", "-1.00"]
    assert found[-1]["Balance"] == "27.03"
    assert not any(cell.startswith(("=", "+", "@")) for row in found for cell in row.values())
    for bad in ("=1", "+1", "-1", "@x", "\tx", "\rx"):
        assert statement.harmless(bad) == f"'{bad}"


def test_an_entry_without_a_sentence_shows_its_code_and_odd_rates_are_written_out(cast):
    assert causes.percent(1_000) == "10"
    assert causes.percent(1_050) == "10.5"
    assert causes.percent(1) == "0.01"


@pytest.mark.feature("OPS-03")
def test_programs_do_and_read_the_same(cast, client):
    make_earnings(cast.ada, cast.cyd)
    ada, ben = call_as(cast.ada), call_as(cast.ben)

    def call(method, path, headers=ada, **body):
        return getattr(client, method)(f"/api/v1/money{path}", body or None, "application/json", headers=headers)

    def read(path, headers=ada):
        return client.get(f"/api/v1/money{path}", headers=headers).json()

    assert read("") == {"unit": "USD", "available": 9_000, "pending": 0, "escrow": 0, "on_the_way": 0}
    assert [row["title"] for row in read("/statement?kind=fees")["items"]] == ["Service fee of 10 %"]
    assert read("/statement", ben)["count"] == 0
    card = call("post", "/methods", number="4242424242424242", expires_on="2031-12-31", code="123")
    assert card.json()["state"] == "verifying"
    run_jobs()
    assert [(m["last4"], m["state"]) for m in read("/methods")] == [("4242", "verified")]
    card_id = card.json()["id"]
    assert call("post", f"/methods/{card_id}/default").status_code == 200
    assert call("post", f"/methods/{card_id}/confirm").status_code == 200
    assert call("post", f"/methods/{card_id}/default", ben).status_code == 404
    assert client.delete(f"/api/v1/money/methods/{card_id}", headers=ben).status_code == 404
    assert client.delete(f"/api/v1/money/methods/{card_id}", headers=ada).status_code == 204
    wrong = call("post", "/methods", number="1", expires_on="2031-12-31", code="123")
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (422, "card:number")
    payout = call("post", "/payout-methods", kind="bank", account=IBAN, holder_name="Ada Obi").json()
    refused = call("post", "/withdrawals", method_id=payout["id"], amount=500)
    assert refused.json()["error"]["code"] == "withdrawal:method_waits"
    ready = make_payout_method(cast.ada)
    assert call("post", "/withdrawals", method_id=ready.id, amount=500).json()["state"] == "asked"
    assert call("post", "/withdrawals", ben, method_id=ready.id, amount=500).status_code == 404
    run_jobs()
    assert read("/withdrawals")["items"][0]["state"] == "paid"
    assert len(read("/payout-methods")) == 2
    assert client.delete(f"/api/v1/money/payout-methods/{payout['id']}", headers=ada).status_code == 204
    make_earnings(cast.ada, cast.cyd, wait=False)
    assert read("/pending")["items"][0]["net"] == 9_000
    assert read("/charges", call_as(cast.cyd))["items"][0]["state"] == "settled"
    assert call("post", "/withdrawals", call_as(cast.ada, ["read"]), method_id=ready.id).status_code == 403
    check_books()
