"""A running market and a real browser for the tests of this folder."""

import os
import shutil

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.support.database import VAR
from tests.support.market import RunningMarket

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.real_time)


@pytest.fixture(scope="module")
def market(request):
    """A market of its own for each module, empty at first."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    name = f"browser_{request.module.__name__.rsplit('.', 1)[-1]}_{worker}"
    folder = VAR / "tests" / name
    shutil.rmtree(folder, ignore_errors=True)
    running = RunningMarket(folder, name)
    running.prepare()
    running.start()
    yield running
    running.drop()


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser, market: RunningMarket):
    """Opens a page in a session of its own: `open_page("/find/work/", width=390, dark=True)`."""
    contexts = []

    def open_one(path: str = "/", *, width: int = 1280, dark: bool = False, javascript: bool = True):
        context = browser.new_context(
            base_url=market.address,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            locale="en-US",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.problems = []
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.on("console", lambda said: page.problems.append(said.text) if _is_fault(said) else None)
        page.goto(path)
        return page

    yield open_one
    for context in contexts:
        context.close()


def _is_fault(said) -> bool:
    """An error in the console, but for the icon that browsers ask for by themselves."""
    return said.type == "error" and not said.location.get("url", "").endswith("/favicon.ico")
