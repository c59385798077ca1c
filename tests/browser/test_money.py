"""Money in a real browser: a card verified without reload, earnings, a withdrawal, and Connects bought."""

import pytest

from tests.browser.walks import look
from tests.support.cast import PASSWORD

PEOPLE = """
from tests.support.cast import sign_up
sign_up("Ada Obi", "freelancer", country="NG"); sign_up("Cyd Works", "client", country="US")
"""
PARTIES = """
from hirehall.people.accounts.models import User
from hirehall.people.accounts.queries import find_actor
from hirehall.money.payments.actions import escrow
ada, cyd = (find_actor(User.objects.get(email=f"{n}@people.example"), None) for n in ("ada", "cyd"))
common = dict(escrow_id="e" * 26, contract_id="c" * 26, client_id=cyd.party_id, amount=40_000, unit="USD")
memo = {"contract_title": "Shop design", "milestone": "First draft", "client_name": cyd.name, "freelancer_name": ada.name}
"""
FUND = PARTIES + "escrow.fund_escrow(cyd, ref='fund', memo=memo, **common)"
RELEASE = (
    PARTIES
    + "escrow.release_escrow(freelancer_id=ada.party_id, fee_basis_points=1000, ref='rel', memo=memo, **common)"
)


def sign_in(open_page, name: str):
    page = open_page("/account/login/")
    page.get_by_label("Email").fill(f"{name}@people.example")
    page.get_by_label("Password").first.fill(PASSWORD)
    page.locator("form[action='/account/login/'] button").last.click()
    page.wait_for_url(lambda url: "/login/" not in url)
    return page


def add_card(page, number: str) -> None:
    page.goto("/money/methods/add/")
    page.get_by_label("Card number").fill(number)
    page.get_by_label("Valid until").fill("12/31")
    page.get_by_label("Security code").fill("123")
    page.get_by_role("button", name="Add and verify").click()
    page.wait_for_url("**/money/methods/")


def add_account(freelancer) -> None:
    freelancer.goto("/money/payouts/add/?kind=bank&country=DE")
    freelancer.get_by_label("IBAN").fill("DE89 3704 0044 0532 0130 00")
    look(freelancer, "payout-add")
    freelancer.get_by_role("button", name="Add the account").click()
    freelancer.wait_for_url("**/money/methods/")
    look(freelancer, "methods")


def sign_tax_form(freelancer) -> None:
    """What a first withdrawal waits for."""
    freelancer.get_by_text("It leaves as soon as your tax form is signed.").wait_for()
    look(freelancer, "withdrawal-waits")
    freelancer.get_by_role("link", name="Sign the tax form").click()
    freelancer.get_by_label("Country in which you pay taxes").select_option("NG")
    freelancer.get_by_label("Tax number").fill("12345678-0001")
    freelancer.get_by_label("I declare that").check()
    look(freelancer, "tax-form")
    freelancer.get_by_role("button", name="Sign", exact=True).click()
    freelancer.wait_for_url("**/money/withdraw/")
    look(freelancer, "withdraw")


@pytest.mark.feature("PAY-03", "PAY-05", "PAY-06", "CON-03")
def test_from_a_card_to_money_in_the_bank(market, open_page):
    market.manage("shell", "-c", PEOPLE)
    market.wait_for_jobs()
    client = sign_in(open_page, "cyd")
    client.goto("/money/")
    look(client, "money-empty")
    client.goto("/money/methods/add/")
    client.get_by_role("button", name="Add and verify").click()
    look(client, "card-errors")
    add_card(client, "4242 4242 4242 4242")
    client.get_by_text("Verified", exact=True).first.wait_for()
    market.manage("shell", "-c", FUND)
    market.wait_for_jobs()
    client.goto("/money/")
    assert client.get_by_text("$400.00").first.is_visible()
    look(client, "money-client")
    market.manage("shell", "-c", RELEASE)

    freelancer = sign_in(open_page, "ada")
    freelancer.goto("/money/")
    look(freelancer, "money-pending")
    freelancer.goto("/money/withdraw/")
    look(freelancer, "withdraw-nowhere")
    add_account(freelancer)
    market.pass_time(days=5)
    freelancer.goto("/money/withdraw/")
    freelancer.get_by_label("Amount").fill("400")
    freelancer.get_by_role("button", name="Withdraw", exact=True).click()
    freelancer.get_by_text("You have $360.00 available now.").first.wait_for()
    look(freelancer, "withdraw-refused")
    freelancer.get_by_label("Amount").fill("160.50")
    freelancer.get_by_role("button", name="Withdraw", exact=True).click()
    sign_tax_form(freelancer)
    market.pass_time(minutes=10)
    freelancer.goto("/money/")
    freelancer.get_by_text("paid", exact=True).first.wait_for()
    look(freelancer, "money")
    freelancer.goto("/money/statement/")
    look(freelancer, "statement")
    add_card(freelancer, "4000 0025 0000 3155")
    freelancer.get_by_role("button", name="Yes, it is my card").click()
    freelancer.get_by_text("Verified", exact=True).first.wait_for()
    freelancer.goto("/connects/buy/")
    look(freelancer, "connects-buy")
    freelancer.get_by_label("40 Connects").check()
    freelancer.get_by_role("button", name="Buy", exact=True).click()
    freelancer.wait_for_url("**/connects/")
    freelancer.get_by_text("bought, for $6.00").first.wait_for()
    look(freelancer, "connects")
