"""Ways that several browser tests go: joining, the onboarding, a card, and a hard look at what is open."""

import os
import re
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe

from tests.support.profiles import OVERVIEW, picture

# With HIREHALL_PICTURES=folder every look is kept there, for people to judge.
PICTURES = os.environ.get("HIREHALL_PICTURES")


AXE = Axe().axe_script


def faults(page, *rules: str) -> list[str]:
    """What axe finds in what is open now; by all of its rules, or only by some."""
    if page.evaluate("typeof window.axe") == "undefined":
        page.evaluate(AXE)
    asked = {"resultTypes": ["violations"], **({"runOnly": rules} if rules else {})}
    found = page.evaluate("asked => axe.run(asked).then(all => all.violations)", asked)
    return [f"{v['id']}: {[n['html'][:200] + ' ' + n['failureSummary'] for n in v['nodes'][:3]]}" for v in found]


def violations(page) -> list[str]:
    """The same; looked at again while something may still be on its way."""
    for _ in range(4):
        if not (told := faults(page)):
            break
        page.wait_for_timeout(200)
    return told


def look(page, name: str) -> None:
    """No axe violation in what is open now, in both schemes and both widths, and nothing wider than the screen."""
    for width, height in ((1280, 900), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        # All four looks when pictures are wanted; else the two that differ most, for time.
        for scheme in ("light", "dark") if PICTURES else ({1280: "light", 390: "dark"}[width],):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            told = violations(page)
            assert not told, f"{name} at {width}, {scheme}: {told}"
            if PICTURES:
                page.screenshot(path=Path(PICTURES) / f"{name}-{width}-{scheme}.png", full_page=True)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{name} is {wide} pixels too wide at {width}"
    page.set_viewport_size({"width": 1280, "height": 900})


def join(market, page, kind: str, address: str, name: str = "Nia Mensah", at: str = "") -> None:
    """From the sign-up page to the first page after the mail was confirmed; `at` is the origin if not the market's."""
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Email").fill(address)
    page.get_by_label("Password").fill("amber-lantern-73")
    page.locator(f"input[name=kind][value={kind}]").check(force=True)
    page.locator("form[action='/account/signup/'] button").last.click()
    page.wait_for_url("**/confirm-email/**")
    link = re.search(r"http\S+/confirm-email/\S+", market.mail_to(address))[0]
    page.goto(link.replace(market.address, at) if at else link)
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


def add_card(page, number: str = "4242 4242 4242 4242") -> None:
    """Fill the form that is open and wait for the list of cards."""
    page.get_by_label("Card number").fill(number)
    page.get_by_label("Valid until").fill("12/31")
    page.get_by_label("Security code").fill("123")
    page.get_by_role("button", name="Add and verify").click()
