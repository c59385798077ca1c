"""What is bought here comes with a receipt that names it: Connects and plans."""

import pytest

from hirehall.money.connects.actions import buy_connects
from hirehall.money.connects.queries import connects_held
from hirehall.money.documents.models import Document
from hirehall.money.memberships.actions import choose_plan
from tests.support.cast import browse_as
from tests.support.jobs import run_jobs
from tests.support.money import NO_MONEY, make_card


def receipts(party_id: str) -> list[Document]:
    run_jobs()
    return list(Document.objects.filter(kind="receipt", recipient_id=party_id).order_by("id"))


@pytest.mark.feature("CON-03")
def test_bought_connects_are_there_at_once_with_a_receipt(cast):
    make_card(cast.ada)
    run_jobs()
    before = connects_held(cast.ada.party_id)
    buy_connects(cast.ada, 40)
    (receipt,) = receipts(cast.ada.party_id)
    assert connects_held(cast.ada.party_id) == before + 40
    assert (receipt.total_minor, receipt.unit) == (600, "USD")
    page = browse_as(cast.ada).get(f"/money/documents/{receipt.pk}/").content.decode()
    assert all(words in page for words in (receipt.label, "Bought 40 Connects", "$6.00"))
    assert browse_as(cast.eve).get(f"/money/documents/{receipt.pk}/").status_code == 404


@pytest.mark.feature("ACC-08")
def test_each_month_of_a_plan_comes_with_a_receipt(cast):
    make_card(cast.ada)
    choose_plan(cast.ada, "freelancer-plus")
    (receipt,) = receipts(cast.ada.party_id)
    assert receipt.total_minor == 1_999
    assert "Freelancer Plus" in str(receipt.facts["lines"])


@pytest.mark.feature("CON-03")
def test_what_was_not_paid_has_no_receipt(cast):
    make_card(cast.ada, NO_MONEY)
    buy_connects(cast.ada, 10)
    assert receipts(cast.ada.party_id) == []
