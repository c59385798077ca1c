"""What a person can do with withdrawals, a program can too."""

import pytest

from hirehall.money.payments.actions import payouts
from hirehall.money.payments.gateways.registry import gateway
from hirehall.money.payments.models import TaxForm
from hirehall.money.payments.queries import balances_for
from tests.support.cast import call_as
from tests.support.jobs import pass_time, run_jobs
from tests.support.money import CLOSED_IBAN, make_earnings, make_payout_method

pytestmark = [pytest.mark.django_db, pytest.mark.feature("PAY-05", "OPS-03")]
PARTS = {"bank_code": "01", "branch_code": "094", "account": "1234567890"}


@pytest.fixture
def call(cast, client):
    """Asks as Ada, or with other headers; returns the answer."""
    mine = call_as(cast.ada)

    def ask(method: str, path: str, headers=mine, **body):
        sent = {"data": body, "content_type": "application/json"} if method != "get" else {}
        return getattr(client, method)(f"/api/v1/money{path}", headers=headers, **sent)

    return ask


def test_where_and_how_often_money_goes_and_the_tax_form(cast, call):
    assert [part["name"] for part in call("get", "/bank-forms/ke").json()["parts"]] == ["bank_code", "branch_code", "account"]
    assert call("get", "/bank-forms/DE").json()["iban"]
    assert call("get", "/bank-forms/1").status_code == 404
    local = call("post", "/payout-methods", kind="bank", country="ke", parts=PARTS, holder_name="Ada Obi").json()
    assert local["label"] == "Bank KE"
    assert call("get", "/tax-form").status_code == 404
    conditions = {each["code"]: each["met"] for each in call("get", f"/withdrawals/conditions?method_id={local['id']}").json()}
    assert (conditions["tax_form"], conditions["waiting"], conditions["name"]) == (False, False, True)
    signed = call("post", "/tax-form", name="Ada Obi", country="US", number="123-45-6789", agrees=True).json()
    assert (signed["kind"], call("get", "/tax-form").json()["number_last4"]) == ("W-9", "6789")
    assert "123456789" not in str(TaxForm.objects.values())
    chosen = call("post", "/schedules", rhythm="quarterly", method_id=local["id"], least=2_000).json()
    assert call("get", "/schedules").json() == [chosen]
    assert (chosen["least"], chosen["next_on"]) == (2_000, "2026-04-01")
    assert call("post", "/schedules", rhythm="by_hand").json()["next_on"] is None
    refused = call("post", "/schedules", rhythm="nightly", method_id=local["id"], unit="ZZZ")
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "schedule:unit")


def test_asked_taken_back_and_tried_again(cast, call):
    make_earnings(cast.ada, cast.cyd)
    method, closed = make_payout_method(cast.ada), make_payout_method(cast.ada, CLOSED_IBAN)
    asked = call("post", "/withdrawals", method_id=method.id, amount=1_000, undo=True).json()
    assert call("post", f"/withdrawals/{asked['id']}/take-back").json()["state"] == "undone"
    assert call("get", f"/withdrawals/{asked['id']}").json()["state"] == "undone"
    assert call("get", f"/withdrawals/{asked['id']}/hold").status_code == 404
    failed = call("post", "/withdrawals", method_id=closed.id, amount=1_000).json()
    run_jobs()
    again = call("post", f"/withdrawals/{failed['id']}/retry", method_id=method.id).json()
    assert (again["state"], again["amount"]) == ("asked", 1_000)
    assert [each["id"] for each in call("get", "/withdrawals").json()["items"]] == [again["id"], failed["id"], asked["id"]]


def test_held_answered_and_decided(cast, call):
    make_earnings(cast.ada, cast.cyd, 300_000)
    kept = gateway().keep_account("bank", "DE89370400440532013000", "Ada Obi")
    method, staff = payouts.add_payout_method(cast.ada, "bank", kept, "Ada Obi"), call_as(cast.sam)
    pass_time(days=3)
    held = call("post", "/withdrawals", method_id=method.id, amount=200_000).json()
    told = call("get", f"/withdrawals/{held['id']}/hold").json()
    assert (told["rule"], told["words"][0]) == ("large_after_change", "The withdrawal is of $2,000.00.")
    appealed = call("post", f"/withdrawals/{held['id']}/appeal", text="It is my own new bank account.").json()
    assert call("get", "/holds").status_code == 404
    assert [each["id"] for each in call("get", "/holds", staff).json()["items"]] == [appealed["id"]]
    reason = "It is not the account of the same person."
    assert call("post", f"/holds/{appealed['id']}/decide", release=False, reason=reason).status_code == 404
    assert call("post", f"/holds/{appealed['id']}/decide", staff, release=False, reason=reason).json()["outcome"] == "refused"
    assert balances_for(cast.ada).available == 270_000
    free = call("post", "/withdrawals", method_id=method.id, amount=1_000, undo=True).json()
    assert call("post", f"/withdrawals/{free['id']}/hold", reason="Let me decide this.").status_code == 404
    assert call("post", f"/withdrawals/{free['id']}/hold", staff, reason="Somebody else claims it.").json()["outcome"] == "open"
