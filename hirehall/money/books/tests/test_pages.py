"""The pages and the API of the books: for staff only, with their queries counted."""

import pytest
from django.urls import reverse

from hirehall.money.books import tasks
from hirehall.money.books.models import Adjustment, Finding
from hirehall.money.ledger.queries import balance
from tests.support.books import REASON, make_adjustment, make_busy_market, make_colleague, spoil_balance
from tests.support.cast import browse_as, call_as
from tests.support.jobs import pass_time

PAGES = ("overview", "balance", "income", "escrow", "ageing", "findings", "adjustments", "propose", "trail", "files", "openings", "guarantee")
FILES = ("journal_csv", "journal_beancount", "balance_csv", "income_csv", "escrow_csv", "ageing_csv")
# What the shell asks for on every page, and the page's own.
BUDGETS = {"overview": 20, "balance": 12, "income": 9, "escrow": 14, "ageing": 8, "findings": 9, "adjustments": 8, "trail": 8}


def text_of(answer) -> str:
    return b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()


def make_finding() -> Finding:
    spoil_balance("fee", 5)
    tasks.checks.run_check("totals")
    spoil_balance("fee", -5)
    return Finding.objects.get(check_name="totals")


@pytest.mark.parametrize("name", [*PAGES, *FILES])
def test_pages_open_for_staff_and_for_nobody_else(cast, name):
    address = reverse(f"books:{name}")
    assert browse_as(cast.sam).get(address).status_code == 200
    for other in (cast.ada, cast.cyd):
        assert browse_as(other).get(address).status_code == 404
    make_busy_market(cast)
    answer = browse_as(cast.sam).get(address)
    assert answer.status_code == 200
    assert len(text_of(answer)) > 30


@pytest.mark.parametrize(("name", "most"), BUDGETS.items())
def test_pages_keep_to_their_queries(cast, name, most, django_assert_max_num_queries):
    make_busy_market(cast)
    make_finding()
    for _ in range(3):
        make_adjustment(cast.sam, cast.ada.party_id)
    browser = browse_as(cast.sam)
    browser.get(reverse(f"books:{name}"))
    with django_assert_max_num_queries(most):
        browser.get(reverse(f"books:{name}"))


@pytest.mark.feature("PAY-09")
def test_the_overview_says_whether_the_books_are_right(cast):
    make_busy_market(cast)
    pass_time(days=1)
    browser = browse_as(cast.sam)
    page = browser.get(reverse("books:overview")).content.decode()
    assert "The books are right" in page
    assert "$550.00" in page
    make_finding()
    page = browser.get(reverse("books:overview")).content.decode()
    assert "1 finding is open" in page
    pass_time(days=3)
    assert "1 finding is open" not in browser.get(reverse("books:overview")).content.decode()


def test_a_check_that_did_not_run_is_told(cast):
    page = browse_as(cast.sam).get(reverse("books:overview")).content.decode()
    assert "Not everything was checked" in page
    assert page.count("missed") >= 8


@pytest.mark.feature("PAY-09")
def test_any_past_day_can_be_asked(cast):
    make_busy_market(cast)
    pass_time(days=3)
    browser = browse_as(cast.sam)
    for day, said in [("2026-03-10", "Escrow"), ("2026-03-01", "Nothing had moved by then"), ("nonsense", "not closed yet"), ("9999-01-01", "not closed yet")]:
        assert said in browser.get(reverse("books:balance"), {"day": day}).content.decode(), day
    rows = text_of(browser.get(reverse("books:balance_csv"), {"day": "2026-03-10"})).splitlines()
    assert rows[0].endswith("Day,Unit,Kind,Opening,In,Out,Closing")
    assert len(rows) > 4


@pytest.mark.feature("PAY-09")
def test_a_finding_is_explained_with_a_reason_and_who(cast):
    make_busy_market(cast)
    finding = make_finding()
    browser, address = browse_as(cast.sam), reverse("books:finding", args=[finding.id])
    refused = browser.post(address, {"reason": "short"})
    assert (refused.status_code, "Say why, in 10 to 500 characters." in text_of(refused), "short" in text_of(refused)) == (422, True, True)
    assert browser.post(address, {"reason": REASON}).status_code == 303
    page = browser.get(reverse("books:findings"), {"state": "explained"}).content.decode()
    assert REASON in page
    assert "Sam Staff" in page
    assert "explained a finding" in browser.get(reverse("books:trail")).content.decode()
    Finding.objects.update(state="cleared", cleared_at=finding.found_at)
    refused = browser.post(address, {"reason": REASON})
    assert (refused.status_code, "nothing left to explain" in text_of(refused)) == (422, True)
    assert browse_as(cast.ada).post(address, {"reason": REASON}).status_code == 404


@pytest.mark.feature("PAY-09")
def test_an_adjustment_goes_through_two_people_on_their_pages(cast):
    tess = make_colleague()
    sam, other = browse_as(cast.sam), browse_as(tess)
    typed = {
        "source": "adjustment", "target": "party", "target_party": "ada@people.example", "amount": "12.345", "unit": "kwd",
        "reason": REASON, "evidence": "Letter of the bank, page 2.",
    }  # fmt: skip
    wrong = sam.post(reverse("books:propose"), {**typed, "target_party": "nobody", "amount": "1.2345"})
    assert wrong.status_code == 422
    for said in ("There is no such party.", "KWD has 3 decimals, not more.", "Letter of the bank, page 2."):
        assert said in text_of(wrong)
    answer = sam.post(reverse("books:propose"), typed)
    assert answer.status_code == 303
    adjustment = Adjustment.objects.get()
    assert (adjustment.amount_minor, adjustment.unit) == (12_345, "KWD")
    page = text_of(sam.get(answer["Location"]))
    assert "You proposed it; another person has to look at it." in page
    refused = sam.post(reverse("books:approve", args=[adjustment.id]))
    assert (refused.status_code, "another person has to look" in text_of(refused)) == (422, True)
    declined = other.post(reverse("books:decline", args=[adjustment.id]), {"reason": "no"})
    assert (declined.status_code, "Say why" in text_of(declined)) == (422, True)
    assert other.post(reverse("books:approve", args=[adjustment.id]), {"reason": "Seen."}).status_code == 303
    assert balance("available", cast.ada.party_id, "KWD") == 12_345
    assert "Tess Second" in text_of(other.get(reverse("books:trail")))
    assert "Approved by Tess Second" in text_of(other.get(answer["Location"]))


@pytest.mark.feature("OPS-03")
def test_what_a_person_does_a_program_can_do(cast, client):
    make_busy_market(cast)
    finding, tess = make_finding(), make_colleague()
    sam, other = call_as(cast.sam), call_as(tess)
    for path in ("balance", "owed", "income", "escrow", "ageing", "checks", "findings", "adjustments"):
        answer = client.get(f"/api/v1/books/{path}", headers=sam)
        assert answer.status_code == 200, path
        assert client.get(f"/api/v1/books/{path}", headers=call_as(cast.ada)).status_code == 404
        assert path == "adjustments" or answer.json() not in ([], {"items": [], "count": 0}), path
    given = {
        "source": {"account": "adjustment"}, "target": {"account": "party", "party_id": cast.ada.party_id}, "amount": 250,
        "unit": "JPY", "reason": REASON,
    }  # fmt: skip

    def send(path, headers, body=None):
        return client.post(f"/api/v1/books/{path}", body or {}, content_type="application/json", headers=headers)

    made = [send("adjustments", sam, given).json()["id"] for _ in range(3)]
    assert client.get(f"/api/v1/books/adjustments/{made[0]}", headers=other).json()["amount"] == 250
    assert send(f"adjustments/{made[0]}/approve", sam).json()["error"]["code"] == "adjustment:four_eyes"
    assert send(f"adjustments/{made[0]}/approve", other).json()["state"] == "approved"
    assert send(f"adjustments/{made[1]}/refuse", other, {"reason": REASON}).json()["state"] == "declined"
    assert send(f"adjustments/{made[2]}/withdraw", sam).json()["state"] == "withdrawn"
    assert balance("available", cast.ada.party_id, "JPY") == 250
    assert send(f"findings/{finding.id}/explanation", sam, {"reason": REASON}).json()["state"] == "explained"
