"""Withdrawals in a real browser, seen by a freelancer and by staff: every page of them in each of its states."""

import pytest

from tests.browser.test_money import FUND, RELEASE, add_card, sign_in
from tests.browser.walks import look

NONSENSE = "½ '\"><script>alert(1)</script> \u202e; DROP"
PEOPLE = """
from hirehall.people.accounts.models import User
from tests.support.cast import sign_up
sign_up("Ada Obi", "freelancer", country="NG"); sign_up("Cyd Works", "client", country="US")
sam = sign_up("Sam Staff", "client", country="US")
User.objects.filter(pk=sam.user_id).update(is_staff=True)
"""
RETURN = """
from hirehall.money.payments.gateways.port import News
from hirehall.money.payments.models import Withdrawal
from hirehall.money.payments.settlement import take_news
paid = Withdrawal.objects.get(state="paid")
take_news("sandbox", News("back", "payout", f"withdrawal:{paid.id}", "returned", "account_not_found"))
"""


def fill_all(page, text: str) -> None:
    """The same text in every field that a person can type into."""
    for field in page.locator("main form[method=post] :is(input[type=text], textarea)").all():
        field.fill(text[: int(field.get_attribute("maxlength") or 1_000)])


def press(page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def add_accounts(page) -> None:
    page.goto("/money/payouts/add/?kind=bank&country=NG")
    look(page, "payout-add-local")
    fill_all(page, NONSENSE)
    press(page, "Add the account")
    page.get_by_text("check the digits").first.wait_for()
    look(page, "payout-add-nonsense")
    page.get_by_label("Bank code").fill("058")
    page.get_by_label("Account number").fill("0123456789")
    page.get_by_label("Held in the name of").fill("Somebody Else")
    press(page, "Add the account")
    page.get_by_text("your name here is Ada Obi").first.wait_for()
    look(page, "payout-add-name")
    page.get_by_label("Held in the name of").fill("Obi, Ada")
    press(page, "Add the account")
    page.wait_for_url("**/money/methods/")
    page.goto("/money/payouts/add/?kind=card")
    look(page, "payout-add-card")
    page.get_by_label("Card number").fill("4111 1111 1111 1111")
    press(page, "Add the account")
    page.wait_for_url("**/money/methods/")


def sign_form(page) -> None:
    page.goto("/money/tax-form/")
    fill_all(page, NONSENSE)
    press(page, "Sign")
    page.get_by_text("Sign with your own name").first.wait_for()
    look(page, "tax-form-nonsense")
    page.get_by_label("Your full name").fill("Ada Obi")
    page.get_by_label("Country in which you pay taxes").select_option("NG")
    page.get_by_label("Tax number").fill("12345678-0001")
    page.get_by_label("I declare that").check()
    press(page, "Sign")
    page.wait_for_url("**/money/withdraw/")
    page.goto("/money/tax-form/")
    look(page, "tax-form-signed")


def set_schedule(page) -> None:
    page.goto("/money/schedule/")
    look(page, "schedule")
    page.get_by_label("Once a quarter").check(force=True)
    fill_all(page, NONSENSE)
    press(page, "Save")
    page.get_by_text("is not an amount").or_(page.get_by_text("amount like")).or_(page.locator(".text-error")).first.wait_for()
    look(page, "schedule-nonsense")
    page.get_by_label("Only when there is at least").fill("20")
    press(page, "Save")
    page.wait_for_url("**/money/withdraw/**")
    page.get_by_text("Once a quarter").first.wait_for()


def earn(market, client) -> None:
    """3,600.00 for Ada, which wait for the security days."""
    add_card(client, "4242 4242 4242 4242")
    market.wait_for_jobs()
    client.goto("/money/methods/")
    client.get_by_text("Verified", exact=True).first.wait_for()
    for step in (FUND, RELEASE):
        market.manage("shell", "-c", step.replace("40_000", "400_000"))
        market.wait_for_jobs()


def ask(page, amount: str, account: str) -> None:
    page.goto("/money/withdraw/")
    page.get_by_label("Amount").fill(amount)
    page.locator("label.choice", has_text=account).click()
    press(page, "Withdraw")


@pytest.mark.feature("PAY-05")
def test_every_page_of_withdrawals_as_freelancer_and_as_staff(market, open_page):
    market.manage("shell", "-c", PEOPLE)
    market.wait_for_jobs()
    ada = sign_in(open_page, "ada")
    add_accounts(ada)
    ada.goto("/money/withdraw/")
    ada.get_by_text("Nothing to withdraw yet").wait_for()
    look(ada, "withdraw-nothing")
    earn(market, sign_in(open_page, "cyd"))
    ada.goto("/money/withdraw/")
    ada.get_by_text("becomes available").first.wait_for()
    look(ada, "withdraw-coming")
    market.pass_time(days=5)
    ada.goto("/money/withdraw/")
    look(ada, "withdraw-unsigned")
    sign_form(ada)
    set_schedule(ada)
    ask(ada, NONSENSE[:20], "Bank NG")
    ada.locator("main .text-error").first.wait_for()
    look(ada, "withdraw-nonsense")
    ask(ada, "10", "Visa")
    look(ada, "withdrawal-leaves-soon")
    press(ada, "Take it back")
    ada.get_by_text("Taken back").first.wait_for()
    look(ada, "withdrawal-taken-back")
    sent_back(market, ada)
    held(market, ada, sign_in(open_page, "sam"))
    ada.goto("/money/withdrawals/")
    look(ada, "withdrawals")


def sent_back(market, ada) -> None:
    """The bank turns it back after it was paid, and it is sent again to another account."""
    ask(ada, "20", "Visa")
    address = ada.url
    market.pass_time(minutes=11)
    market.wait_for_jobs()
    ada.goto(address)
    ada.get_by_text("paid", exact=True).first.wait_for()
    look(ada, "withdrawal-paid")
    market.manage("shell", "-c", RETURN)
    ada.goto(address)
    ada.get_by_text("sent back", exact=True).first.wait_for()
    look(ada, "withdrawal-sent-back")
    ada.get_by_role("button", name="Send it to Bank NG").click()
    ada.get_by_text("tried again").first.wait_for()
    market.pass_time(minutes=11)


def held(market, ada, sam) -> None:
    """A large one after a new account: the facts, nonsense as answer, an answer, the desk, and the decision."""
    ada.goto("/money/payouts/add/?kind=wallet")
    ada.get_by_label("Mail address of the wallet").fill("ada@wallet.example")
    press(ada, "Add the account")
    ada.wait_for_url("**/money/methods/")
    market.pass_time(days=3)
    ask(ada, "2100", "Wallet")
    address = ada.url
    ada.get_by_text("What led to it").wait_for()
    look(ada, "withdrawal-held")
    ada.get_by_label("Why this withdrawal is right").fill("½")
    press(ada, "Send your answer")
    ada.get_by_text("Write a sentence").first.wait_for()
    look(ada, "withdrawal-held-nonsense")
    ada.get_by_label("Why this withdrawal is right").fill("The wallet is my own, " + NONSENSE)
    press(ada, "Send your answer")
    ada.get_by_text("Your answer").first.wait_for()
    sam.goto("/money/holds/")
    sam.get_by_text("The wallet is my own").wait_for()
    look(sam, "holds")
    sam.get_by_label("Reason, as the owner will read it").first.fill("½")
    press(sam, "Let it go")
    sam.get_by_text("Write a sentence").first.wait_for()
    look(sam, "holds-nonsense")
    sam.get_by_label("Reason, as the owner will read it").first.fill("The wallet bears the same name.")
    press(sam, "Refuse: the money goes back")
    sam.get_by_text("Nothing is held").wait_for()
    look(sam, "holds-decided")
    ada.goto(address)
    ada.get_by_text("The wallet bears the same name.").first.wait_for()
    look(ada, "withdrawal-refused")
