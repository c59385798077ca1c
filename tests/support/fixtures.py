"""Fixtures for every test: the cast, and a clock that stands still and is given back."""

import os
from datetime import UTC, datetime

import hypothesis
import pytest
from django.conf import settings
from django.db import connection

from hirehall.kernel import clock
from tests.support.cast import Cast, make_cast

# The same random steps each time, so that a pass says something; `make test-long` draws new ones.
hypothesis.settings.register_profile("hirehall", derandomize=os.environ.get("HIREHALL_LONG") != "1")
hypothesis.settings.load_profile("hirehall")

# A Tuesday noon, far from every boundary.
START = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def still_clock(request):
    """Time moves only when a test moves it; a test marked `real_time` keeps the real one."""
    if request.node.get_closest_marker("real_time"):
        yield
    else:
        clock.freeze(START)
        yield
    clock.reset()


@pytest.fixture
def cast(db) -> Cast:
    return make_cast()


def pytest_configure(config):
    """A password hash that is quick: what it protects here is a test's password."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Let tests with real transactions empty the database afterwards, which the ledger's guard forbids elsewhere."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_transfer DISABLE TRIGGER ledger_transfer_no_truncate")


@pytest.fixture(autouse=True)
def no_jobs_left(request):
    """After real transactions the database is emptied, but not of jobs, whose tables are another package's."""
    marker = request.node.get_closest_marker("django_db")
    if not (marker and marker.kwargs.get("transaction")) and "live_server" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers")
