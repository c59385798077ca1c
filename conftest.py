"""Root of all tests: loads the shared fixtures, and begins with what takes longest."""

import pytest

pytest_plugins = ["tests.support.fixtures", "tests.support.stripe"]
# A file of these keeps one process busy for a minute or two; begun last, the other process would wait for it.
LONG = ("tests/browser/test_story", "tests/browser", "tests/flows", "tests/project", "tests/sim")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: next((place for place, start in enumerate(LONG) if item.nodeid.startswith(start)), len(LONG)))
