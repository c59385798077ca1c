"""The look in a real browser: both themes and all widths without accessibility faults, jumps or sideways scrolling."""

import pytest

from tests.browser.walks import faults

PAGES = [
    "/",
    "/styleguide/",
    "/account/login/",
    "/account/signup/",
    "/account/password/reset/",
    "/styleguide/error/404/",
]
SHIFT = """() => new Promise(done => { let sum = 0;
  new PerformanceObserver(list => { for (const e of list.getEntries()) if (!e.hadRecentInput) sum += e.value; })
    .observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done(sum), 600); })"""


@pytest.mark.parametrize(("width", "dark"), [(360, True), (1280, False)], ids=["narrow-dark", "wide-light"])
@pytest.mark.parametrize("path", PAGES)
def test_pages_have_no_faults_in_either_theme(open_page, path, width, dark):
    page = open_page(path, width=width, dark=dark)
    assert faults(page) == []
    page.emulate_media(color_scheme="light" if dark else "dark", reduced_motion="reduce")
    assert faults(page, "color-contrast") == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.evaluate(SHIFT) < 0.02
    assert [p for p in page.problems if "status of 404" not in p] == []


def test_menus_open_and_close_by_keyboard_and_dialogs_keep_the_focus(open_page):
    page = open_page("/styleguide/")
    page.get_by_label("More", exact=True).focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("link", name="Archive").first.is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("details[data-menu][open]").count()
    page.get_by_role("button", name="Withdraw", exact=True).click()
    dialog = page.get_by_role("dialog")
    assert dialog.is_visible()
    assert faults(page) == []
    page.get_by_role("button", name="Keep it as it is").click()
    dialog.wait_for(state="hidden")


def test_fields_help_while_one_types(open_page):
    page = open_page("/styleguide/")
    form = page.locator("#at-rest")
    form.get_by_label("Title of the job").fill("x" * 85)
    assert form.get_by_text("5 characters too many").is_visible()
    form.get_by_label("Hourly rate").fill("1,250.50")
    assert form.get_by_text("You receive $1,125.45 after the fee of $125.05").is_visible()
    form.get_by_label("Skills").first.fill("htmx, django,")
    page.keyboard.press("Enter")
    assert form.locator("input[type=hidden][name=skills]").input_value() == "Django, PostgreSQL, htmx"
    form.get_by_role("button", name="Remove Django").click()
    assert form.locator("input[type=hidden][name=skills]").input_value() == "PostgreSQL, htmx"
    assert page.problems == []


def test_the_theme_changes_at_once_and_stays(open_page):
    page = open_page("/styleguide/")
    ground = "getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(ground)
    page.get_by_role("button", name="Dark").click()
    dark = page.evaluate(ground)
    assert dark != before
    page.reload()
    assert page.evaluate(ground) == dark
    assert page.get_by_role("button", name="Dark").get_attribute("aria-pressed") == "true"


def test_everything_opens_without_scripts(open_page):
    page = open_page("/styleguide/", width=390, javascript=False)
    page.get_by_label("Menu").click()
    assert page.get_by_role("link", name="Sign in").last.is_visible()
    page.locator("a[href='#sample-question']").click()
    assert page.get_by_text("Withdraw this proposal?").is_visible()
    assert page.locator("#at-rest input[name=skills]").input_value() == "Django, PostgreSQL"
