"""Pages and operations of documents: who sees what, filters, paging, and how often the database is asked."""

import pytest
from django.urls import reverse

from hirehall.money.documents import queries
from hirehall.money.documents.actions.issuing import issue_document
from hirehall.money.documents.models import Document, PartyDetails
from tests.support.cast import browse_as, call_as
from tests.support.documents import make_draft
from tests.support.jobs import run_jobs
from tests.support.money import make_earnings

GIVEN = {
    "legal_name": "Adaeze Obi",
    "address": "12 Marina Road\r\n\r\nLagos",
    "country": "NG",
    "tax_number": "12345678-0001",
}


@pytest.mark.feature("PAY-06")
def test_both_sides_read_an_invoice_and_nobody_else(cast):
    make_earnings(cast.ada, cast.cyd, wait=False)
    run_jobs()
    invoice = Document.objects.get(kind="invoice")
    for actor in (cast.ada, cast.cyd):
        browser = browse_as(actor)
        listed = browser.get(reverse("documents:list")).content.decode()
        assert invoice.label in listed
        page = browser.get(reverse("documents:document", args=[invoice.id])).content.decode()
        assert "$100.00" in page
        assert "Shop design" in page
        answer = browser.get(reverse("documents:document_pdf", args=[invoice.id]))
        assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
        assert invoice.label in answer["Content-Disposition"]
    for actor in (cast.ben, cast.dot, cast.sam):
        for name in ("document", "document_pdf"):
            assert browse_as(actor).get(reverse(f"documents:{name}", args=[invoice.id])).status_code == 404
        assert invoice.label not in browse_as(actor).get(reverse("documents:list")).content.decode()
    fee = Document.objects.get(kind="fee_invoice")
    assert browse_as(cast.cyd).get(reverse("documents:document", args=[fee.id])).status_code == 404


@pytest.mark.feature("PAY-06")
def test_the_list_is_filtered_paged_and_says_when_it_is_empty(cast):
    browser, address = browse_as(cast.cyd), reverse("documents:list")
    assert "No documents yet" in browser.get(address).content.decode()
    for place in range(23):
        issue_document(make_draft(cast.cyd.party_id, f"c{place}"))
    assert "HH-2026-000023" in browser.get(address).content.decode()
    second = browser.get(address, {"page": "2"}).content.decode()
    assert "HH-2026-000003" in second
    assert "HH-2026-000023" not in second
    assert "HH-2026-000023" in browser.get(address, {"kind": "receipt", "year": "2026"}).content.decode()
    assert "No such documents" in browser.get(address, {"kind": "invoice"}).content.decode()
    for nonsense in ({"kind": "?"}, {"year": "x"}, {"page": "-1"}):
        assert browser.get(address, nonsense).status_code == 200
    assert queries.list_years_for(cast.cyd) == [2026]


def test_details_are_kept_and_a_wrong_one_is_told_at_its_field(cast):
    browser, address = browse_as(cast.ada), reverse("documents:details")
    answer = browser.post(address, GIVEN | {"tax_number": "12"})
    assert answer.status_code == 422
    assert "not a tax number of that country" in answer.content.decode()
    assert "Adaeze Obi" in answer.content.decode()
    assert browser.post(address, GIVEN).status_code == 303
    kept = PartyDetails.objects.get()
    assert (kept.address, kept.tax_number) == (["12 Marina Road", "Lagos"], "123456780001")
    assert "12 Marina Road" in browser.get(address).content.decode()


@pytest.mark.parametrize(
    ("name", "most"), [("list", 17), ("details", 14), ("year", 17), ("certificates", 14), ("year_pdf", 11)]
)
def test_pages_ask_as_often_for_much_as_for_little(cast, name, most, django_assert_max_num_queries):
    for _ in range(4):
        make_earnings(cast.ada, cast.cyd, wait=False)
    run_jobs()
    browser = browse_as(cast.ada)
    browser.get(reverse(f"documents:{name}"))
    with django_assert_max_num_queries(most):
        assert browser.get(reverse(f"documents:{name}")).status_code == 200


@pytest.mark.feature("OPS-03")
def test_programs_read_and_write_the_same(cast, client):
    make_earnings(cast.ada, cast.cyd, wait=False)
    run_jobs()
    ada = call_as(cast.ada)

    def read(path):
        return client.get(f"/api/v1/documents{path}", headers=ada)

    assert [one["kind"] for one in read("").json()["items"]] == ["fee_invoice", "invoice"]
    invoice = read("?kind=invoice&year=2026").json()["items"][0]
    assert read(f"/{invoice['id']}").json()["facts"]["lines"][0]["amount"] == 10_000
    assert read(f"/{invoice['id']}/pdf")["Content-Type"] == "application/pdf"
    assert client.get(f"/api/v1/documents/{invoice['id']}", headers=call_as(cast.ben)).status_code == 404
    assert read("/details").json()["legal_name"] == ""
    given = {**GIVEN, "address": ["12 Marina Road", "Lagos"]}
    kept = client.put("/api/v1/documents/details", given, "application/json", headers=ada)
    assert kept.json()["tax_number"] == "123456780001"
    assert read("/details").json()["address"] == ["12 Marina Road", "Lagos"]
    wrong = client.put("/api/v1/documents/details", {**given, "country": "QQ"}, "application/json", headers=ada)
    assert wrong.json()["error"]["code"] == "details:country"
