"""The books in a real browser: every page with money in it, narrow and wide, light and dark, without faults."""

import os
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import sync_playwright

from hirehall.money.books import tasks
from hirehall.money.books.actions.adjustments import approve_adjustment
from hirehall.money.books.actions.findings import explain_finding
from hirehall.money.books.models import Finding
from hirehall.money.payments.gateways.models import SandboxObject
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.walks import faults
from tests.support.books import REASON, make_adjustment, make_busy_market, make_colleague
from tests.support.cast import browse_as, make_cast
from tests.support.jobs import pass_time

PAGES = ("overview", "balance", "income", "escrow", "ageing", "findings", "adjustments", "propose", "trail", "files")
# Where pictures are wanted, a folder.
PICTURES = os.environ.get("HIREHALL_PICTURES")


def prepare() -> tuple[object, list[str]]:
    """A busy market with two findings and two adjustments; returns who looks, and the addresses."""
    cast = make_cast()
    make_busy_market(cast)
    tess = make_colleague()
    approve_adjustment(tess, make_adjustment(cast.sam, cast.ada.party_id, 1_250).id, "Seen on the bank's letter.")
    waiting = make_adjustment(tess, cast.ben.party_id, 12_345, unit="KWD", evidence="Letter of the bank, page 2.")
    pass_time(days=1)
    for row in SandboxObject.objects.filter(kind="charge").order_by("id")[:2]:
        SandboxObject.objects.filter(pk=row.pk).update(amount_minor=row.amount_minor + 100)
    tasks.compare_with("sandbox")
    first, second = Finding.objects.filter(check_name="gateway sandbox", state="open").order_by("id")[:2]
    explain_finding(cast.sam, first.id, REASON)
    addresses = [reverse(f"books:{name}") for name in PAGES]
    addresses += [reverse("books:adjustment", args=[waiting.id]), reverse("books:finding", args=[second.id])]
    return cast.sam, addresses


@pytest.mark.browser
@pytest.mark.feature("PAY-09")
def test_the_books_have_no_faults_at_any_width(live_server):
    # Everything of the database first: beside Playwright's loop Django refuses to be called.
    actor, addresses = prepare()
    cookie = browse_as(actor).cookies["sessionid"].value
    wrong = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for width, scheme in ((390, "light"), (1280, "dark")):
            context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce")
            context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
            page = context.new_page()
            for address in addresses:
                assert page.goto(live_server.url + address).status == 200, address
                wrong += [f"{width} {scheme} {address} {fault}" for fault in faults(page)]
                if page.evaluate("document.documentElement.scrollWidth - innerWidth") > 0:
                    wrong.append(f"{width} {address} scrolls sideways")
                if PICTURES:
                    name = address.removeprefix("/money/books").strip("/").partition("/")
                    page.screenshot(path=Path(PICTURES) / f"{name[0] or 'overview'}{'-one' if len(name[2]) == 26 else name[2]}-{width}-{scheme}.png", full_page=True)
            context.close()
        browser.close()
    assert "\n".join(wrong) == ""
