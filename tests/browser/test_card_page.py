"""A card is entered at localstripe by a real browser, with 3-D Secure, and a payment confirmed at the bank."""

import os
import shutil

import pytest

from tests.browser.test_money import PEOPLE, sign_in
from tests.browser.walks import PICTURES, look
from tests.support.cast import PASSWORD
from tests.support.database import VAR
from tests.support.market import RunningMarket
from tests.support.stripe import PUBLIC, SECRET, SIGNING


@pytest.fixture(scope="module")
def market(localstripe_address):
    """A market that is joined to localstripe."""
    name = f"browser_test_card_page_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    folder = VAR / "tests" / name
    shutil.rmtree(folder, ignore_errors=True)
    running = RunningMarket(folder, name)
    running.environment |= {
        "HIREHALL_STRIPE_KEY": SECRET,
        "HIREHALL_STRIPE_PUBLIC_KEY": PUBLIC,
        "HIREHALL_STRIPE_WEBHOOK_SECRET": SIGNING,
        "HIREHALL_STRIPE_API_BASE": localstripe_address,
    }
    running.prepare()
    running.start()
    yield running
    running.drop()


FUND = """
from hirehall.people.accounts.models import User
from hirehall.people.accounts.queries import find_actor
from hirehall.money.payments.actions import escrow
cyd = find_actor(User.objects.get(email="cyd@people.example"), None)
escrow.fund_escrow(
    cyd, escrow_id="e" * 26, contract_id="c" * 26, client_id=cyd.party_id, amount=40_000, unit="USD", ref="fund",
    memo={"contract_title": "Shop design"},
)
"""
SECURE = "4000002760003184"


def enter(page, number: str) -> None:
    """Type a card into the stand-in of Stripe's own field, which has five boxes."""
    for box, text in (("number", number), ("exp_month", "12"), ("exp_year", "31"), ("cvc", "123"), ("postal_code", "10115")):
        page.get_by_placeholder(box, exact=True).fill(text)
    page.get_by_role("button", name="Add and verify").click()


def card_state(market) -> list[tuple[str, str]]:
    with market.connect() as connection:
        rows = connection.execute("SELECT last4, state FROM payments_method WHERE removed_at IS NULL ORDER BY id")
        return rows.fetchall()


def confirm_a_payment(market, page) -> None:
    """A payment that the bank wants confirmed."""
    market.manage("shell", "-c", FUND)
    market.wait_for_jobs()
    page.goto("/money/methods/")
    look(page, "methods-unconfirmed")
    page.get_by_role("link", name="Confirm it").click()
    page.get_by_role("button", name="Confirm at your bank").wait_for()
    look(page, "confirm-charge")
    page.get_by_role("button", name="Confirm at your bank").click()
    page.get_by_role("button", name="Complete authentication").click()
    page.get_by_text("The payment went through.").wait_for()


@pytest.mark.feature("PAY-03", "ACC-07")
def test_a_card_is_declined_confirmed_replaced_and_pays(market, open_page):
    market.manage("shell", "-c", PEOPLE)
    market.wait_for_jobs()
    page = sign_in(open_page, "cyd")
    page.goto("/money/methods/add/")
    page.get_by_placeholder("number", exact=True).wait_for()
    page.get_by_text("Adding a card needs JavaScript").wait_for(state="hidden")
    # The boxes inside the field are the stand-in's; axe would find fault with them.
    page.screenshot(path=f"{PICTURES}/enter-card.png", full_page=True) if PICTURES else None
    # A declined card is told beside the field, and nothing of it comes here.
    enter(page, "4000000000000002")
    page.locator("#card-problem").get_by_text("Your card was declined.").wait_for()
    assert card_state(market) == []
    page.problems.clear()
    # Cancelled at the bank, then confirmed.
    enter(page, SECURE)
    page.get_by_role("button", name="Fail authentication").click()
    page.locator("#card-problem").get_by_text("authentication failed").wait_for()
    enter(page, SECURE)
    page.get_by_role("button", name="Complete authentication").click()
    page.wait_for_url("**/money/methods/")
    page.get_by_text("Verified", exact=True).first.wait_for()
    assert card_state(market) == [("3184", "verified")]
    confirm_a_payment(market, page)
    # A new card takes the place of the old one.
    page.goto("/money/methods/")
    page.get_by_role("link", name="Replace").click()
    page.get_by_text("The new card takes the place of Visa").wait_for()
    enter(page, "4242424242424242")
    page.wait_for_url("**/money/methods/")
    page.get_by_text("4242").first.wait_for()
    page.get_by_text("3184").first.wait_for(state="detached")
    assert card_state(market) == [("4242", "verified")]
    assert page.problems == []


def test_without_javascript_the_page_says_what_is_missing(market, open_page):
    market.manage("shell", "-c", PEOPLE.replace("Ada Obi", "Fay Lind").replace("Cyd Works", "Gus Lane"))
    market.wait_for_jobs()
    page = open_page("/account/login/", javascript=False, width=390)
    page.get_by_label("Email").fill("gus@people.example")
    page.get_by_label("Password").first.fill(PASSWORD)
    page.locator("form[action='/account/login/'] button").last.click()
    page.goto("/money/methods/add/")
    assert page.get_by_text("Adding a card needs JavaScript").is_visible()
