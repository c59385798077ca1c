"""A passkey from its making to a sign-in with nothing else, with an authenticator that Chromium plays."""

import re

import pytest

from tests.browser.walks import join

AUTHENTICATOR = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.mark.feature("ACC-11")
def test_a_passkey_is_made_and_opens_the_door(market, open_page):
    # Browsers bind passkeys to names, not to numbers.
    home = market.address.replace("127.0.0.1", "localhost")
    page = open_page("/healthz")
    page.goto(f"{home}/account/signup/")
    join(market, page, "freelancer", "key@people.example", "Kaya Stern", at=home)
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})

    page.goto(f"{home}/account/2fa/webauthn/add/")
    # A change of how one signs in asks for the password once more.
    page.get_by_label("Password").fill("amber-lantern-73")
    page.locator("main form button").first.click()
    page.get_by_label("Name").fill("My laptop")
    page.get_by_label(re.compile("passwordless", re.IGNORECASE)).check(force=True)
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(lambda url: "/add/" not in url)
    page.goto(f"{home}/account/2fa/webauthn/")
    assert page.get_by_text("My laptop").first.is_visible()
    assert "key" in market.mail_to("key@people.example", "security").lower()

    page.context.clear_cookies()
    page.goto(f"{home}/account/login/")
    page.locator("#passkey_login").click()
    page.wait_for_url(lambda url: "/login/" not in url)
    page.goto(f"{home}/")
    assert page.get_by_text("Hello, Kaya Stern").first.is_visible()
    assert page.problems == []
