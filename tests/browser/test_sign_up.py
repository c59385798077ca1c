"""Joining, in a real browser: from the form by the mail to the first page."""

import re

import pytest


@pytest.mark.feature("ACC-01", "ACC-02")
@pytest.mark.parametrize(("kind", "address"), [("freelancer", "nia@people.example"), ("client", "olu@people.example")])
def test_a_stranger_joins_and_confirms_by_mail(market, open_page, kind, address):
    page = open_page("/account/signup/")
    page.get_by_label("Your name").fill("Nia Park")
    page.get_by_label("Email").fill(address)
    page.get_by_label("Password", exact=False).first.fill("plum-orchard-42")
    page.locator(f"input[name=kind][value={kind}]").check(force=True)
    page.get_by_role("button", name=re.compile("sign up|join|create", re.IGNORECASE)).last.click()
    page.wait_for_url("**/confirm-email/**")
    link = re.search(r"http\S+/confirm-email/\S+", market.mail_to(address))[0]
    page.goto(link)
    page.get_by_role("button", name=re.compile("confirm", re.IGNORECASE)).click()
    page.wait_for_url(lambda url: "confirm-email" not in url)
    assert page.request.get("/account/start/").ok
    assert page.problems == []
