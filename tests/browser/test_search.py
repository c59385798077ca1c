"""Searching in a real browser: filters that act at once and leave everything in place, and the same without scripts."""

import pytest

from tests.browser.walks import faults

MAKE_JOBS = """
from tests.support.cast import sign_up
from tests.support.jobs_market import make_job
cyd = sign_up("Cyd Works", "client", country="US")
make_job(cyd)
make_job(cyd, title="Bakery sign, drawn by hand", level="expert", skills=("css",))
hourly = {"kind": "hourly", "budget_minor": None, "rate_low_minor": 2000, "rate_high_minor": 4000, "hours": "30-up"}
make_job(cyd, title="Python for a bakery", skills=("python",), **hourly)
"""


@pytest.fixture(scope="module")
def jobs(market):
    market.manage("shell", "-c", MAKE_JOBS)
    market.wait_for_jobs()


@pytest.mark.feature("FND-01")
def test_a_filter_acts_at_once_and_nothing_else_moves(jobs, open_page):
    page = open_page("/find/work/?q=bakery")
    assert page.locator("#found h2").inner_text() == "3 jobs"
    page.locator("summary", has_text="Hours a week").click()
    page.locator("#kind-fixed").check()
    page.get_by_role("heading", name="2 jobs").wait_for()
    assert page.url.endswith("/find/work/?q=bakery&kind=fixed")
    assert page.evaluate("document.activeElement.id") == "kind-fixed"
    assert page.locator("label:has(#hours-30-up)").is_visible()
    assert page.locator("label:has(#level-expert)").inner_text().split() == ["Expert", "1"]
    page.locator("#level-expert").check()
    page.get_by_role("heading", name="1 job", exact=True).wait_for()
    page.get_by_role("link", name="Leave out Fixed price", exact=True).click()
    page.wait_for_url("**/find/work/?q=bakery&level=expert")
    assert not page.locator("#kind-fixed").is_checked()
    page.go_back()
    page.wait_for_url("**/find/work/?q=bakery&kind=fixed&level=expert")
    page.locator("#kind-fixed:checked").wait_for()
    assert page.get_by_role("banner").count() == 1
    assert page.problems == []


@pytest.mark.feature("FND-01")
def test_on_a_small_screen_the_filters_come_from_the_side(jobs, open_page):
    page = open_page("/find/work/", width=360)
    assert not page.locator("#kind-hourly").is_visible()
    page.get_by_role("button", name="Filters", exact=True).click()
    page.locator("#kind-hourly").check()
    page.get_by_role("button", name="Show 1 job").wait_for()
    assert faults(page) == []
    page.get_by_role("button", name="Show 1 job").click()
    assert not page.locator("#kind-hourly").is_visible()
    assert page.get_by_role("link", name="Python for a bakery").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.feature("FND-01")
@pytest.mark.parametrize("width", [360, 1280])
def test_all_of_it_works_without_scripts(jobs, open_page, width):
    page = open_page("/find/work/", width=width, javascript=False)
    if width == 360:
        page.get_by_role("button", name="Filters", exact=True).click()
    page.locator("#kind-fixed").check()
    page.locator("#level-expert").check()
    page.get_by_role("button", name="Use these filters").click()
    assert page.locator("#found h2").inner_text() == "1 job"
    page.get_by_role("link", name="Leave out Expert").click()
    assert page.locator("#found h2").inner_text() == "2 jobs"
    page.get_by_label("Search for jobs").fill("sign")
    page.get_by_role("button", name="Search").click()
    assert page.get_by_role("link", name="Bakery sign, drawn by hand").is_visible()
