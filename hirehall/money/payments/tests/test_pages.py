"""The pages of money: what they show, to whom, and with how many queries."""

import pytest
from django.urls import reverse

from hirehall.money.payments import queries
from hirehall.money.payments.gateways.models import SandboxToken
from hirehall.money.payments.models import Method, PayoutMethod, Withdrawal
from tests.support.cast import browse_as
from tests.support.jobs import pass_time, run_jobs
from tests.support.money import (
    IBAN,
    MUST_CONFIRM,
    WORKS,
    make_card,
    make_earnings,
    make_escrow,
    make_payout_method,
    make_tax_form,
)

CARD = {"number": "4242 4242 4242 4242", "expires": "12/31", "code": "123"}


@pytest.mark.feature("PAY-03")
def test_a_card_is_added_verified_and_its_number_is_nowhere(cast):
    browser = browse_as(cast.cyd)
    assert browser.post(reverse("payments:add_method"), CARD).status_code == 303
    assert "being verified" in browser.get(reverse("payments:methods")).content.decode()
    run_jobs()
    page = browser.get(reverse("payments:methods")).content.decode()
    assert "Verified" in page
    assert "4242" in page
    for row in [*Method.objects.values(), *SandboxToken.objects.values()]:
        assert WORKS not in str(row)


def test_a_card_that_must_be_confirmed_waits_for_its_owner(cast):
    browser = browse_as(cast.cyd)
    method = make_card(cast.cyd, MUST_CONFIRM)
    assert "Yes, it is my card" in browser.get(reverse("payments:methods")).content.decode()
    browser.post(reverse("payments:confirm_method", args=[method.id]))
    run_jobs()
    assert queries.has_verified_method(cast.cyd.party_id)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"number": "4242 4242 4242 4241"}, "This is not a card number"),
        ({"expires": "13/31"}, "Type month and year"),
        ({"expires": "01/20"}, "This card has expired"),
        ({"code": "12"}, "three or four digits"),
    ],
)
def test_a_wrong_card_is_told_and_what_was_typed_stays(cast, wrong, told):
    answer = browse_as(cast.cyd).post(reverse("payments:add_method"), {**CARD, **wrong})
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert next(iter(wrong.values())) in answer.content.decode()
    assert not Method.objects.exists()


def test_after_a_card_the_reader_can_go_on_but_only_inside_the_site(cast):
    browser = browse_as(cast.cyd)
    answer = browser.post(reverse("payments:add_method"), {**CARD, "next": "/jobs/"})
    run_jobs()
    assert "Go on where you were" in browser.get(answer["Location"]).content.decode()
    answer = browser.post(reverse("payments:add_method"), {**CARD, "next": "https://evil.example/"})
    assert "evil" not in answer["Location"]


@pytest.mark.feature("PAY-05")
def test_a_bank_account_is_added_and_money_goes_there(cast):
    browser = browse_as(cast.ada)
    given = {"kind": "bank", "account": "DE89 3704 0044 0532 0130 00", "holder_name": "Ada Obi"}
    assert browser.post(reverse("payments:add_payout"), given).status_code == 303
    payout = PayoutMethod.objects.get()
    assert payout.last4 == "3000"
    assert IBAN not in str(PayoutMethod.objects.values())
    make_earnings(cast.ada, cast.cyd)
    answer = browser.post(reverse("payments:withdraw"), {"method": payout.id, "amount": "50.00"})
    assert answer.status_code == 303
    make_tax_form(cast.ada)
    pass_time(minutes=10)
    assert Withdrawal.objects.get().state == "paid"
    assert "paid" in browser.get(reverse("payments:overview")).content.decode()


def test_a_wrong_withdrawal_is_told_in_words(cast):
    make_earnings(cast.ada, cast.cyd)
    payout = make_payout_method(cast.ada)
    browser = browse_as(cast.ada)
    for typed, told in [("90.01", "You have $90.00 available"), ("abc", "Type an amount"), ("4.99", "smallest")]:
        answer = browser.post(reverse("payments:withdraw"), {"method": payout.id, "amount": typed})
        assert answer.status_code == 422
        assert told in answer.content.decode()
        assert typed in answer.content.decode()
    assert not Withdrawal.objects.exists()


@pytest.mark.parametrize("name", ["overview", "methods", "add_method", "add_payout", "withdraw", "statement", "schedule", "tax_form", "withdrawals"])
def test_every_page_opens_empty_and_full(cast, name):
    for actor in (cast.ada, cast.cyd):
        assert browse_as(actor).get(reverse(f"payments:{name}")).status_code == 200
    make_earnings(cast.ada, cast.cyd)
    make_escrow(cast.cyd)
    make_payout_method(cast.ada, wait=False)
    for actor in (cast.ada, cast.cyd):
        assert browse_as(actor).get(reverse(f"payments:{name}")).status_code == 200
    assert browse_as(None).get(reverse(f"payments:{name}")).status_code == 302


def test_cards_and_accounts_are_removed_and_a_refusal_is_told_on_the_page(cast):
    browser = browse_as(cast.cyd)
    waits, payout = make_card(cast.cyd, MUST_CONFIRM), make_payout_method(cast.cyd, wait=False)
    answer = browser.post(reverse("payments:choose_method", args=[waits.id]))
    assert (answer.status_code, "This card is not verified yet." in answer.content.decode()) == (422, True)
    for address in (
        reverse("payments:remove_method", args=[waits.id]),
        reverse("payments:remove_payout", args=[payout.id]),
    ):
        assert browser.post(address).status_code == 303
        assert browser.post(address).status_code == 404
    refused = browser.post(reverse("payments:add_payout"), {"kind": "bank", "account": "DE1", "holder_name": "Cyd"})
    assert (refused.status_code, "This is not an IBAN" in refused.content.decode()) == (422, True)


@pytest.mark.parametrize("verb", ["confirm_method", "choose_method", "remove_method"])
def test_nobody_touches_the_card_of_another(cast, verb):
    method = make_card(cast.cyd)
    for other in (cast.dot, cast.ada, cast.sam):
        assert browse_as(other).post(reverse(f"payments:{verb}", args=[method.id])).status_code == 404
    method.refresh_from_db()
    assert method.removed_at is None


@pytest.mark.parametrize(("name", "most"), [("overview", 22), ("statement", 17), ("methods", 16)])
def test_pages_ask_the_database_as_often_for_much_as_for_little(cast, name, most, django_assert_max_num_queries):
    make_earnings(cast.ada, cast.cyd)
    for _ in range(4):
        make_earnings(cast.ada, cast.cyd, wait=False)
    pass_time(days=1)
    browser = browse_as(cast.ada)
    browser.get(reverse(f"payments:{name}"))
    with django_assert_max_num_queries(most):
        browser.get(reverse(f"payments:{name}"))
