"""Certificates of earnings: frozen figures, and a code that says no more than the paper."""

from datetime import date

import pytest
from django.urls import reverse

from hirehall.kernel.errors import Refused
from hirehall.money.documents import queries
from hirehall.money.documents.actions.certificates import make_certificate
from hirehall.money.documents.models import Certificate
from hirehall.money.documents.rules import code_text
from tests.support.cast import browse_as, call_as
from tests.support.documents import make_release, text_of
from tests.support.money import make_earnings

TODAY = date(2026, 3, 10)


@pytest.mark.feature("PAY-06")
def test_a_certificate_says_what_was_earned_and_can_be_checked_by_anybody(cast, client):
    make_earnings(cast.ada, cast.cyd, wait=False)
    make_release(cast.ada, cast.cyd, 5_000, 500, "JPY")
    browser = browse_as(cast.ada)
    address = reverse("documents:certificates")
    assert browser.post(address, {"since": "2026-01-01", "until": "2026-03-10"}).status_code == 303
    made = Certificate.objects.get()
    assert made.facts["earned"] == [
        {"unit": "USD", "gross": 10_000, "fees": 1_000, "returned": 0, "net": 9_000},
        {"unit": "JPY", "gross": 5_000, "fees": 500, "returned": 0, "net": 4_500},
    ]
    assert made.facts["contracts"] == 2
    said = text_of(browser.get(reverse("documents:certificate_pdf", args=[made.id])).content)
    for words in ("Ada Obi", "$100.00", "¥5,000", code_text(made.code)):
        assert words in said
    make_earnings(cast.ada, cast.cyd, wait=False)
    assert text_of(browser.get(reverse("documents:certificate_pdf", args=[made.id])).content) == said

    def check(**typed):
        return client.get(reverse("documents:verify"), typed).content.decode()

    page = check(code=code_text(made.code).lower())
    assert "The certificate is genuine" in page
    assert "Ada Obi" not in page
    assert "100.00" not in page
    assert "is the one that was certified" in check(code=made.code, amount="$100.00")
    assert "The amount does not fit" in check(code=made.code, amount="$900.00")
    assert "The amount does not fit" in check(code=made.code, amount="lots")
    assert "There is no such certificate" in check(code="0" * 16)
    assert client.get(reverse("documents:verify"), {"code": "\0"}).status_code == 200


def test_refusals_and_who_may_not(cast, client):
    for since, until, code in [
        (date(2026, 3, 2), date(2026, 3, 1), "certificate:order"),
        (date(2026, 3, 1), date(2026, 3, 12), "certificate:future"),
    ]:
        with pytest.raises(Refused) as caught:
            make_certificate(cast.ada, since, until)
        assert caught.value.code == code
    answer = browse_as(cast.ada).post(reverse("documents:certificates"), {"since": "2026-03-02", "until": "2026-03-01"})
    assert answer.status_code == 422
    assert "2026-03-02" in answer.content.decode()
    for _ in range(20):
        made = make_certificate(cast.ada, date(2026, 1, 1), TODAY)
    with pytest.raises(Refused) as caught:
        make_certificate(cast.ada, date(2026, 1, 1), TODAY)
    assert caught.value.code == "certificate:too_many"
    assert browse_as(cast.ben).get(reverse("documents:certificate_pdf", args=[made.id])).status_code == 404
    assert browse_as(cast.cyd).get(reverse("documents:certificates")).status_code == 404
    assert queries.find_certificate(made.code).id == made.id


@pytest.mark.feature("OPS-03")
def test_programs_make_and_read_them_too(cast, client):
    make_earnings(cast.ada, cast.cyd, wait=False)
    ada = call_as(cast.ada)
    given = {"since": "2026-01-01", "until": "2026-03-10"}
    made = client.post("/api/v1/documents/certificates", given, "application/json", headers=ada).json()
    assert made["facts"]["earned"][0]["gross"] == 10_000
    assert client.get("/api/v1/documents/certificates", headers=ada).json()["count"] == 1
    path = f"/api/v1/documents/certificates/{made['id']}/pdf"
    assert client.get(path, headers=ada)["Content-Type"] == "application/pdf"
    assert client.get(path, headers=call_as(cast.ben)).status_code == 404
