"""The pages and the API of withdrawals: what they show, to whom, and with how many queries."""

import pytest
from django.urls import reverse

from hirehall.money.payments.actions import payouts
from hirehall.money.payments.actions.schedules import choose_schedule
from hirehall.money.payments.gateways.registry import gateway
from hirehall.money.payments.models import PayoutMethod, PayoutSchedule, Withdrawal
from tests.support.cast import browse_as
from tests.support.jobs import pass_time, run_jobs
from tests.support.money import CLOSED_IBAN, IBAN, make_earnings, make_payout_method

FORM = {"name": "Ada Obi", "country": "NG", "number": "12345678-0001", "agrees": "on"}


def address(name: str, *args) -> str:
    return reverse(f"payments:{name}", args=args)


def shown(browser, name: str, *args) -> str:
    return browser.get(address(name, *args)).content.decode()


@pytest.mark.feature("PAY-05")
def test_a_local_account_is_typed_in_the_fields_of_its_country(cast):
    browser = browse_as(cast.ben)
    page = browser.get(address("add_payout")).content.decode()
    assert "Routing number" in page, "Ben lives in Bangladesh."
    assert "IFSC code" in browser.get(address("add_payout") + "?kind=bank&country=IN").content.decode()
    assert "IBAN" in browser.get(address("add_payout") + "?kind=bank&country=PK").content.decode()
    given = {"kind": "bank", "country": "BD", "routing": "060260003", "account": "1101234567001", "holder_name": "Roy, Ben"}
    refused = browser.post(address("add_payout"), {**given, "routing": "06026000"})
    assert (refused.status_code, "Check the digits" in refused.content.decode()) == (422, True)
    assert "1101234567001" in refused.content.decode()
    other = browser.post(address("add_payout"), {**given, "holder_name": "Ada Obi"})
    assert (other.status_code, "your name here is Ben Roy" in other.content.decode()) == (422, True)
    assert browser.post(address("add_payout"), given).status_code == 303
    assert str(PayoutMethod.objects.get()) == "Bank BD 7001"
    for kind, account in (("card", "4242 4242 4242 4242"), ("wallet", "ben@wallet.example")):
        assert browser.post(address("add_payout"), {"kind": kind, "account": account, "holder_name": "Ben Roy"}).status_code == 303


@pytest.mark.feature("PAY-05")
def test_one_look_shows_what_there_is_what_comes_what_it_costs_and_what_is_missing(cast):
    make_earnings(cast.ada, cast.cyd)
    payouts.add_payout_method(cast.ada, "card", gateway().keep_account("card", "4242424242424242", "Ada Obi"), "Ada Obi")
    make_earnings(cast.ada, cast.cyd, wait=False)
    browser = browse_as(cast.ada)
    page = shown(browser, "withdraw")
    for told in ("$90.00 is available now", "Your tax form is not signed", "is new and still waits", "You send money by hand"):
        assert told in page
    assert browser.post(address("tax_form"), {**FORM, "agrees": ""}).status_code == 422
    assert browser.post(address("tax_form"), FORM)["Location"] == address("withdraw")
    assert "0001" in shown(browser, "tax_form")
    pass_time(days=3)
    page = shown(browser, "withdraw")
    assert "fee $0.90, $89.10 arrives in about 1 day" in page
    assert "Your tax form is signed" in page
    answer = browser.post(address("schedule"), {"rhythm": "nightly", "method": PayoutMethod.objects.get().id, "least": "1"})
    assert (answer.status_code, "at least $5.00" in answer.content.decode()) == (422, True)
    browser.post(address("schedule"), {"rhythm": "nightly", "method": PayoutMethod.objects.get().id, "least": "20"})
    assert PayoutSchedule.objects.get().least_minor == 2_000
    assert "Every night" in shown(browser, "withdraw")


@pytest.mark.feature("PAY-05")
def test_without_money_the_page_says_when_some_comes_and_shows_no_form(cast):
    method = make_payout_method(cast.ada)
    browser = browse_as(cast.ada)
    page = shown(browser, "withdraw")
    assert "becomes available 5 days later" in page
    assert 'name="amount"' not in page
    make_earnings(cast.ada, cast.cyd, wait=False)
    page = shown(browser, "withdraw")
    assert "$90.00 becomes available. You can withdraw from $5.00 on." in page
    assert 'name="amount"' not in page
    # Whoever sends the form of an older page reads why nothing leaves, with what they typed.
    refused = browser.post(address("withdraw"), {"method": method.id, "amount": "7.50"})
    assert refused.status_code == 422
    assert 'value="7.50"' in refused.content.decode()
    pass_time(days=5)
    assert 'name="amount"' in shown(browser, "withdraw")
    payouts.withdraw(cast.ada, method.id, 8_700)
    page = shown(browser, "withdraw")
    assert "$3.00 is available, and the smallest withdrawal is $5.00" in page
    assert 'name="amount"' not in page


@pytest.mark.feature("PAY-05")
def test_the_receipt_lets_its_owner_take_back_try_again_and_answer(cast):
    make_earnings(cast.ada, cast.cyd, 300_000)
    good, closed = make_payout_method(cast.ada), make_payout_method(cast.ada, CLOSED_IBAN)
    browser = browse_as(cast.ada)
    answer = browser.post(address("withdraw"), {"method": good.id, "amount": "10"})
    first = Withdrawal.objects.get()
    assert answer["Location"] == address("withdrawal", first.id)
    assert "Take it back" in shown(browser, "withdrawal", first.id)
    assert browser.post(address("take_back", first.id)).status_code == 303
    assert "Amount and fee are back" in shown(browser, "withdrawal", first.id)
    failed = payouts.withdraw(cast.ada, closed.id, 1_000)
    run_jobs()
    page = shown(browser, "withdrawal", failed.id)
    assert "Send it again to IBAN DE 0000" in page
    assert "Send it to IBAN DE 3000" in page
    again = browser.post(address("retry", failed.id), {"method": good.id})
    assert again["Location"] == address("withdrawal", Withdrawal.objects.get(retry_of=failed).id)
    refused = browser.post(address("retry", failed.id))
    assert (refused.status_code, "tried again already" in refused.content.decode()) == (422, True)
    held = payouts.withdraw(cast.ada, good.id, 200_000)
    assert "What led to it" in shown(browser, "withdrawal", held.id)
    short = browser.post(address("appeal", held.id), {"text": "Please"})
    assert (short.status_code, "Write a sentence" in short.content.decode()) == (422, True)
    assert browser.post(address("appeal", held.id), {"text": "I moved to another bank."}).status_code == 303
    assert "I moved to another bank." in shown(browser, "withdrawal", held.id)
    desk = browse_as(cast.sam)
    assert "I moved to another bank." in shown(desk, "holds")
    hold = held.hold
    assert desk.post(address("decide_hold", hold.id), {"verdict": "release", "reason": ""}).status_code == 422
    assert desk.post(address("decide_hold", hold.id), {"verdict": "release", "reason": "no"}).status_code == 422
    done = desk.post(address("decide_hold", hold.id), {"verdict": "release", "reason": "The bank confirms it."})
    assert done.status_code == 303
    assert "The bank confirms it." in shown(desk, "holds")
    assert "The bank confirms it." in shown(browser, "withdrawal", held.id)


@pytest.mark.feature("PAY-05")
def test_staff_holds_what_leaves_next_and_nobody_else_sees_the_desk(cast):
    make_earnings(cast.ada, cast.cyd)
    asked = payouts.withdraw(cast.ada, make_payout_method(cast.ada).id, 1_000, undo=True)
    desk = browse_as(cast.sam)
    assert "What leaves next" in shown(desk, "holds")
    assert desk.post(address("hold", asked.id), {"reason": "?"}).status_code == 422
    assert desk.post(address("hold", asked.id), {"reason": "Somebody else claims this money."}).status_code == 303
    asked.refresh_from_db()
    assert asked.state == "held"
    for other in (cast.ada, cast.cyd):
        browser = browse_as(other)
        assert browser.get(address("holds")).status_code == 404
        assert browser.post(address("hold", asked.id), {"reason": "Let me decide this."}).status_code == 404
        assert browser.post(address("decide_hold", asked.hold.id), {"reason": "Let me decide this."}).status_code == 404
    for name in ("withdrawal", "take_back", "retry", "appeal"):
        for other in (cast.ben, cast.cyd, cast.sam):
            assert browse_as(other).post(address(name, asked.id), {"text": "It is mine, I say."}).status_code == 404


@pytest.mark.parametrize(("name", "most"), [("withdraw", 30), ("withdrawals", 14), ("schedule", 14), ("holds", 14)])
def test_pages_ask_the_database_as_often_for_much_as_for_little(cast, name, most, django_assert_max_num_queries):
    make_earnings(cast.ada, cast.cyd)
    methods = [make_payout_method(cast.ada) for _ in range(3)]
    for method in methods * 3:
        payouts.withdraw(cast.ada, method.id, 600, undo=True)
    choose_schedule(cast.ada, "nightly", methods[0].id)
    browser = browse_as(cast.sam if name == "holds" else cast.ada)
    shown(browser, name)
    with django_assert_max_num_queries(most):
        assert browser.get(address(name)).status_code == 200


def test_an_iban_from_elsewhere_can_still_be_typed(cast):
    browser = browse_as(cast.ada)
    assert "Bank code" in shown(browser, "add_payout"), "Ada lives in Nigeria."
    given = {"kind": "bank", "country": "DE", "account": IBAN, "holder_name": "Ada Obi"}
    assert browser.post(address("add_payout"), given).status_code == 303
