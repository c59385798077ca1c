"""Takes the pictures of README and TOUR from a running demo market: `make up` in one terminal, `make pictures` in another."""

import json
import subprocess
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from hirehall.project.settings import VAR
from tests.browser.conftest import CHROMIUM, FLAGS

OUT = Path(__file__).resolve().parents[2] / "docs" / "pictures"
SIZES = {390: 844, 1280: 860}
PASSWORD_LINE = "with the password "
FREELANCER, CLIENT, STAFF = "tomas@hirehall.example", "clara@hirehall.example", "sam@hirehall.example"


def sign_in(page: Page, mail: str, password: str) -> None:
    page.goto("/account/login/")
    page.get_by_label("Email").fill(mail)
    page.get_by_label("Password").first.fill(password)
    page.locator("form[action='/account/login/'] button").last.click()
    page.wait_for_url(lambda url: "/login/" not in url)


def follow(page: Page, path: str, link: str) -> None:
    """Open a page and then the first thing on it."""
    page.goto(path)
    page.goto(page.locator(link).first.get_attribute("href") or path)


def find_decided(page: Page) -> None:
    """A dispute that went all the way: heard, mediated, and decided with reasons."""
    page.goto("/disputes/queue/?tab=ended")
    for path in [link.get_attribute("href") for link in page.locator("li a.stretched").all()]:
        page.goto(path)
        if page.get_by_text("The mediator's proposal").count() and page.get_by_role("heading", name="Reasons").count():
            return


PICTURES = {
    FREELANCER: {
        "home": lambda page: page.goto("/"),
        "find-work": lambda page: page.goto("/find/work/?q=website"),
        "job": lambda page: follow(page, "/find/work/?q=website", "article a.stretched"),
        "contract": lambda page: follow(page, "/contracts/", "li.sheet a.stretched"),
        "money": lambda page: page.goto("/money/"),
        "statement": lambda page: page.goto("/money/statement/"),
        "profile": lambda page: page.goto("/profile/"),
    },
    CLIENT: {
        "find-talent": lambda page: page.goto("/find/talent/?q=django"),
        "talent": lambda page: follow(page, "/find/talent/?q=django", "article a.stretched"),
        "proposals": lambda page: (
            page.goto("/jobs/mine/"),
            follow(page, "/jobs/mine/", "article a.stretched"),
            page.get_by_role("link", name="See the proposals").click(),
        ),
    },
    STAFF: {
        "dispute": find_decided,
        "books": lambda page: page.goto("/money/books/"),
    },
}  # fmt: skip


def take_invoice(page: Page) -> None:
    """The upper half of an invoice's PDF, drawn by poppler; left out where that is not installed."""
    page.goto("/money/documents/?kind=invoice")
    sheet = page.request.get(page.locator("a[href$='/pdf/']").first.get_attribute("href")).body()
    drawn = ["pdftoppm", "-jpeg", "-jpegopt", "quality=82", "-r", "80", "-H", "480", "-singlefile", "-", str(OUT / "invoice")]
    try:
        subprocess.run(drawn, input=sheet, check=True)
        print("  invoice.jpg")
    except FileNotFoundError:
        print("  invoice.jpg is as before: pdftoppm is missing (poppler-utils)")


def take(browser: Browser, address: str, password: str) -> None:
    for mail, pictures in PICTURES.items():
        for width, height in SIZES.items():
            context = browser.new_context(
                base_url=address, viewport={"width": width, "height": height}, locale="en-US", reduced_motion="reduce"
            )
            page = context.new_page()
            sign_in(page, mail, password)
            for name, go in pictures.items():
                go(page)
                page.wait_for_load_state("load")
                page.wait_for_timeout(300)
                page.screenshot(path=OUT / f"{name}-{width}.jpg", type="jpeg", quality=82)
                print(f"  {name}-{width}.jpg")
            if mail == FREELANCER and width == max(SIZES):
                take_invoice(page)
            context.close()


def main() -> None:
    OUT.mkdir(exist_ok=True)
    address = json.loads((VAR / "up.json").read_text())["address"]
    told = (VAR / "demo_sign_ins.txt").read_text()
    password = told.split(PASSWORD_LINE)[1].split()[0]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        take(browser, address, password)
        browser.close()


if __name__ == "__main__":
    main()
