"""Buying Connects: the card is charged, the Connects come; pages and API of the room."""

import pytest
from django.urls import reverse

from hirehall.kernel.errors import NotFound, Refused
from hirehall.money.connects import actions, queries
from hirehall.money.connects.models import Purchase
from hirehall.money.ledger import queries as ledger
from hirehall.money.payments import statement
from tests.support.cast import browse_as, call_as
from tests.support.jobs import run_jobs
from tests.support.money import NO_MONEY, UNIT, check_books, make_card


@pytest.mark.feature("CON-03")
def test_a_bundle_comes_when_the_card_is_charged(cast):
    make_card(cast.ada)
    purchase = actions.buy_connects(cast.ada, 40)
    assert (queries.connects_held(cast.ada.party_id), purchase.state) == (50, "asked")
    run_jobs()
    assert queries.connects_held(cast.ada.party_id) == 90
    assert ledger.balance("sales", "", UNIT) == 600
    titles = [(row.title, row.change) for row in statement.list_rows_for(cast.ada)[0:5]]
    assert titles == [("Bought 40 Connects", -600), ("Paid with Visa 4242", 600)]
    check_books()


@pytest.mark.feature("CON-03")
def test_a_declined_card_brings_nothing_and_says_why(cast):
    make_card(cast.ada, NO_MONEY)
    purchase = actions.buy_connects(cast.ada, 10)
    run_jobs()
    purchase.refresh_from_db()
    assert (purchase.state, purchase.reason) == ("failed", "insufficient_funds")
    page = browse_as(cast.ada).get(reverse("connects:history")).content.decode()
    assert "10 Connects were not bought: there is not enough money on the card." in page
    assert queries.connects_held(cast.ada.party_id) == 50


def test_a_purchase_is_settled_once(cast):
    make_card(cast.ada)
    purchase = actions.buy_connects(cast.ada, 10)
    run_jobs()
    actions.settle_purchase(purchase.id, paid=True)
    actions.settle_purchase(purchase.id, paid=False)
    assert queries.connects_held(cast.ada.party_id) == 60


@pytest.mark.parametrize(("who", "bundle", "code"), [("ada", 11, "connects:bundle"), ("ada", 150, "connects:bundle"),
                                                     ("cyd", 10, "connects:not_for_clients"), ("ada", 10, "payment:no_method")])  # fmt: skip
def test_what_cannot_be_bought_is_refused(cast, who, bundle, code):
    with pytest.raises(Refused) as caught:
        actions.buy_connects(getattr(cast, who), bundle)
    assert caught.value.code == code
    assert not Purchase.objects.exists()


@pytest.mark.feature("CON-03")
def test_the_page_sells_and_the_same_form_twice_charges_once(cast):
    browser = browse_as(cast.ada)
    assert "Add a card first" in browser.get(reverse("connects:buy")).content.decode()
    refused = browser.post(reverse("connects:buy"), {"bundle": "20"})
    assert (refused.status_code, "Add a payment method first" in refused.content.decode()) == (422, True)
    assert browser.post(reverse("connects:buy"), {}).status_code == 422
    make_card(cast.ada)
    for _ in range(2):
        assert browser.post(reverse("connects:buy"), {"bundle": "20", "once": "same"}).status_code == 303
    assert "20 Connects are being paid for" in browser.get(reverse("connects:history")).content.decode()
    run_jobs()
    assert queries.connects_held(cast.ada.party_id) == 70


def test_the_pages_are_for_those_who_propose(cast, django_assert_max_num_queries):
    for name in ("connects:history", "connects:buy"):
        assert browse_as(cast.cyd).get(reverse(name)).status_code == 404
        assert browse_as(None).get(reverse(name)).status_code == 302
    run_jobs()
    browser = browse_as(cast.ada)
    browser.get(reverse("connects:history"))
    with django_assert_max_num_queries(20):
        assert "welcome to a new account" in browser.get(reverse("connects:history")).content.decode()


@pytest.mark.feature("OPS-03")
def test_programs_can_do_the_same(cast, client):
    make_card(cast.ada)
    ada, cyd, eve = call_as(cast.ada), call_as(cast.cyd), call_as(cast.eve)
    bought = client.post("/api/v1/connects/purchases", {"bundle": 10}, "application/json", headers=ada)
    assert (bought.status_code, bought.json()["state"], bought.json()["amount"]) == (200, "asked", 150)
    run_jobs()
    shown = client.get("/api/v1/connects", headers=ada).json()
    assert (shown["held"], shown["bundles"][0]) == (60, {"connects": 10, "amount": 150, "unit": "USD"})
    assert client.get("/api/v1/connects/history", headers=ada).json()["items"][0]["why"] == "bought, for $1.50"
    address = f"/api/v1/connects/purchases/{bought.json()['id']}"
    assert client.get(address, headers=ada).json()["state"] == "paid"
    assert client.get(address, headers=eve).status_code == 404
    assert client.get("/api/v1/connects", headers=cyd).status_code == 404
    assert client.post("/api/v1/connects/purchases", {"bundle": 11}, "application/json", headers=ada).status_code == 422
    with pytest.raises(NotFound):
        queries.get_purchase_for(cast.eve, bought.json()["id"])
