"""A freelancer's way from joining to a complete profile, in a real browser, with and without JavaScript."""

import os
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.support.profiles import OVERVIEW, picture

# With HIREHALL_PICTURES=folder every look is kept there, for people to judge.
PICTURES = os.environ.get("HIREHALL_PICTURES")


def violations(page) -> list[str]:
    """What axe finds; looked at again while the colours of another scheme may still be on their way."""
    told = []
    for _ in range(4):
        page.wait_for_timeout(200)
        found = Axe().run(page).response["violations"]
        told = [f"{v['id']}: {[n['html'][:200] for n in v['nodes'][:3]]}" for v in found]
        if not told:
            break
    return told


def look(page, name: str) -> None:
    """No axe violation in what is open now, in both schemes and both widths, and nothing wider than the screen."""
    for width, height in ((1280, 900), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        # All four looks when pictures are wanted; else the two that differ most, for time.
        for scheme in ("light", "dark") if PICTURES else ({1280: "light", 390: "dark"}[width],):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            told = violations(page)
            assert told == [], f"{name} at {width}, {scheme}"
            if PICTURES:
                page.screenshot(path=Path(PICTURES) / f"{name}-{width}-{scheme}.png", full_page=True)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{name} is {wide} pixels too wide at {width}"
    page.set_viewport_size({"width": 1280, "height": 900})


def join(market, page, kind: str, address: str) -> None:
    page.get_by_label("Your name").fill("Nia Mensah")
    page.get_by_label("Email").fill(address)
    page.get_by_label("Password").fill("amber-lantern-73")
    page.locator(f"input[name=kind][value={kind}]").check(force=True)
    page.locator("form[action='/account/signup/'] button").last.click()
    page.wait_for_url("**/confirm-email/**")
    page.goto(re.search(r"http\S+/confirm-email/\S+", market.mail_to(address))[0])
    page.get_by_role("button", name=re.compile("confirm", re.IGNORECASE)).click()
    page.wait_for_url(lambda url: "confirm-email" not in url)


def fill_way(page, is_looked_at: bool) -> None:
    """The ten steps of the onboarding."""

    def step(name: str) -> None:
        page.wait_for_url(f"**/profile/setup/{name}/")
        if is_looked_at:
            look(page, f"setup-{name}")

    def go_on() -> None:
        page.get_by_role("button", name="Keep and go on").click()

    step("category")
    page.get_by_label("Web development").check(force=True)
    go_on()
    step("place")
    page.get_by_label("Country").select_option("GH")
    if is_looked_at:
        assert page.get_by_label("Time zone").input_value(), "The browser's guess stands there."
    page.get_by_label("Time zone").fill("Africa/Accra")
    go_on()
    step("skills")
    page.get_by_label("Add a skill").fill("Django, Python")
    page.get_by_role("button", name="Add", exact=True).click()
    page.locator("[data-skill=django]").wait_for()
    page.get_by_role("link", name="Go on").click()
    step("title")
    page.get_by_label("Title").fill("Booking systems in Django for clinics")
    go_on()
    step("experience")
    page.get_by_label("Company").fill("Kano Labs")
    page.get_by_label("Your position").fill("Developer")
    page.get_by_label("Month").first.select_option("3")
    page.get_by_label("Year").first.fill("2019")
    go_on()
    step("english")
    page.get_by_label(re.compile("^Fluent")).check(force=True)
    go_on()
    step("overview")
    page.get_by_label("Overview").fill(OVERVIEW + " Mail me: nia@mensah.example")
    go_on()
    page.get_by_text("Take out").first.wait_for()
    page.get_by_label("Overview").fill(OVERVIEW)
    go_on()
    step("rate")
    page.get_by_label("Hourly rate").fill("45")
    if is_looked_at:
        page.get_by_text("40.50").wait_for()
    go_on()
    step("hours")
    page.get_by_label("More than 30 hours").check(force=True)
    go_on()
    step("photo")
    shot = picture(900, 700)
    page.get_by_label("Photo").set_input_files({"name": "me.png", "mimeType": "image/png", "buffer": shot.read()})
    if is_looked_at:
        page.locator("[data-crop-canvas]").focus()
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("-")
        assert page.locator("[data-crop-size]").input_value() == "665"
        look(page, "setup-photo-crop")
    go_on()
    page.wait_for_url("**/profile/setup/done/")


def add(page, kind: str, **fields: str) -> None:
    """Add an entry in place, as the editor offers it."""
    page.locator(f"#{kind}").get_by_role("link", name=re.compile("^Add a")).click()
    form = page.locator(f"#{kind}-form")
    for name, value in fields.items():
        control = form.locator(f"[name={name}]")
        control.select_option(value) if control.evaluate("e => e.tagName") == "SELECT" else control.fill(value)
    form.get_by_role("button", name="Keep").click()
    form.locator("form").wait_for(state="detached")


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
