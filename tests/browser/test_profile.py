"""A freelancer's way from joining to a complete profile, in a real browser, with and without JavaScript."""

import re

import pytest

from tests.browser.walks import add, fill_way, join, look


@pytest.mark.feature("ACC-01", "PRO-01", "PRO-02", "PRO-14")
def test_from_joining_to_one_hundred_percent(market, open_page):
    page = open_page("/account/signup/")
    look(page, "sign-up")
    join(market, page, "freelancer", "nia@people.example")
    page.wait_for_url("**/welcome/")
    look(page, "welcome")
    page.get_by_role("link", name="Begin").click()
    fill_way(page, is_looked_at=True)
    look(page, "setup-done")
    page.get_by_role("button", name="Publish my profile").click()
    page.wait_for_url(re.compile("/profile/$"))
    assert page.locator("#meter").get_by_text("50").first.is_visible()
    add(page, "employment", company="Lagos Soft", role="Tester", starts_on_0="1", starts_on_1="2016")
    add(page, "employment", company="Accra Net", role="Intern", starts_on_0="1", starts_on_1="2015")
    add(page, "piece", title="Booking for twelve clinics", description="Patients book by phone or web.", skills="Django")
    add(page, "education", school="University of Ghana", degree="BSc", area="Computer science", from_year="2011")
    add(page, "link", url="https://github.com/nia-mensah")
    add(page, "experience", subject="Site of a sports club", description="Built over two summers.")
    assert page.locator("#meter").get_by_text("100").first.is_visible()
    add(page, "language", code="tw", level="native")
    add(page, "certification", name="Cloud Developer", issuer="Cloud School", issued_on_0="5", issued_on_1="2023")
    page.locator("#link").get_by_role("link", name=re.compile("^Add a")).click()
    page.locator("#link-form [name=url]").fill("https://facebook.com/nia")
    page.locator("#link-form").get_by_role("button", name="Keep").click()
    page.locator("#link-form").get_by_text("not shown here").first.wait_for()
    look(page, "editor")
    page.locator("#link-form").get_by_role("link", name="Cancel").click()
    page.locator("#link-form form").wait_for(state="detached")
    second = page.locator("#employment li").nth(1)
    moved = second.locator("p").first.inner_text()
    second.get_by_role("button", name=re.compile("Move up")).focus()
    page.keyboard.press("Enter")
    page.wait_for_function("told => document.querySelector('#employment li p').innerText === told", arg=moved)
    page.get_by_role("link", name="See it as clients do").click()
    page.wait_for_url("**/talent/preview/")
    look(page, "preview")
    page.goto("/profile/specialised/")
    look(page, "specialised")
    for path, name in (("/account/person/", "person"), ("/account/tokens/", "tokens"), ("/account/2fa/", "two-steps"),
                       ("/account/sessions/", "sessions"), ("/account/start/", "start"), ("/account/email/", "email")):
        page.goto(path)
        look(page, name)
    # A refused form is answered with 422, which the browser notes by itself.
    assert [told for told in page.problems if "422" not in told] == []


@pytest.mark.feature("ACC-01")
def test_the_way_needs_no_javascript(market, open_page):
    page = open_page("/account/signup/", javascript=False)
    join(market, page, "freelancer", "ola@people.example")
    page.get_by_role("link", name="Begin").click()
    fill_way(page, is_looked_at=False)
    page.get_by_role("button", name="Publish my profile").click()
    page.wait_for_url(re.compile("/profile/$"))
    assert page.get_by_text("Your profile is public").count()


@pytest.mark.feature("ACC-02")
def test_client_reaches_the_first_post_in_a_few_steps(market, open_page):
    page = open_page("/account/signup/")
    join(market, page, "client", "dee@people.example")
    page.wait_for_url("**/account/company/**")
    look(page, "company")
    page.get_by_label("I hire for myself").check(force=True)
    page.get_by_label("Country").select_option("GH")
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url(lambda url: "company" not in url)
    assert page.problems == []
