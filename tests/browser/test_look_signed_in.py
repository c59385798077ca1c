"""The look of the pages behind the sign-in: no accessibility fault, no sideways scrolling, nothing in the console."""

import re
import secrets

import pytest

from tests.browser.walks import faults

SHARED = [
    "/", "/messages/", "/notices/", "/notices/settings/", "/money/", "/money/statement/", "/account/person/",
    "/account/start/", "/account/tokens/", "/account/email/", "/account/2fa/", "/account/sessions/",
    "/account/password/change/", "/find/work/", "/find/work/?q=bread&kind=fixed&level=entry", "/find/talent/",
]  # fmt: skip
PAGES = {
    "freelancer": [*SHARED, "/welcome/", "/profile/", "/connects/", "/connects/buy/", "/jobs/saved/"],
    "client": [*SHARED, "/account/company/", "/jobs/mine/", "/jobs/post/", "/money/methods/", "/money/methods/add/"],
}


def join(market, open_page, kind: str):
    """A page in which somebody new is signed in."""
    address = f"{kind}-{secrets.token_hex(4)}@people.example"
    page = open_page("/account/signup/", width=390)
    page.get_by_label("Your name").fill("Nia Park")
    page.get_by_label("Email").fill(address)
    page.get_by_label("Password", exact=False).first.fill("plum-orchard-42")
    page.locator(f"input[name=kind][value={kind}]").check(force=True)
    page.get_by_role("button", name=re.compile("sign up|join|create", re.IGNORECASE)).last.click()
    page.wait_for_url("**/confirm-email/**")
    page.goto(re.search(r"http\S+/confirm-email/\S+", market.mail_to(address))[0])
    page.get_by_role("button", name=re.compile("confirm", re.IGNORECASE)).click()
    page.wait_for_url(lambda url: "confirm-email" not in url)
    return page


@pytest.mark.parametrize("kind", PAGES)
def test_pages_of_either_role_have_no_faults(market, open_page, kind):
    page = join(market, open_page, kind)
    found = {}
    for path in PAGES[kind]:
        assert page.goto(path).status == 200, path
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        found[path, "light"] = faults(page)
        # Only colours differ in the other scheme.
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        found[path, "dark"] = faults(page, "color-contrast")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
    wrong = sorted({f"{where} {one}" for where, what in found.items() for one in what})
    assert not wrong, "\n".join(wrong)
    assert page.problems == []


def test_the_account_menu_and_the_bar_at_the_foot(market, open_page):
    page = join(market, open_page, "client")
    page.goto("/")
    assert page.get_by_role("navigation", name="Main, at the foot").is_visible()
    page.locator("summary[aria-label^='Account of']").click()
    assert page.get_by_text("Acting as").is_visible()
    assert faults(page) == []
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(lambda url: "logout" not in url)
    assert page.get_by_role("link", name="Join").first.is_visible()
