"""Fixtures for every test: the cast, and a clock that stands still and is given back."""

import os
from dataclasses import replace
from datetime import UTC, datetime

import hypothesis
import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase

from hirehall.kernel import clock
from tests.support.cast import Cast, make_cast
from tests.support.tables import EMPTY, HOW_TO_BRING, KEEP, KEPT, copy_tables, drop

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


@pytest.fixture(scope="session")
def kept_cast(django_db_setup, django_db_blocker) -> tuple[Cast, str]:
    """The cast, made once by the actions themselves, and the statement that brings its rows back."""
    clock.freeze(START)
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cast = make_cast()
        cursor.execute(KEEP, [list(KEPT)])
        cursor.execute(HOW_TO_BRING)
        rows = cursor.fetchone()[0]
        empty_tables()
    clock.reset()
    return cast, f"SET session_replication_role = replica; {rows} SET session_replication_role = origin;"


@pytest.fixture
def cast(kept_cast, db) -> Cast:
    made, bring = kept_cast
    with connection.cursor() as cursor:
        cursor.execute(bring)
    return replace(made)


def pytest_configure(config):
    """A password hash that is quick: what it protects here is a test's password."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_modify_db_settings, django_db_blocker):
    """A copy of a database that was migrated once, instead of all migrations for every process that runs tests."""
    server, database = os.environ["DATABASE_URL"], connection.creation._get_test_db_name()
    copy_tables(server, database)
    connection.close()
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = database
    yield
    with django_db_blocker.unblock():
        connection.close()
    drop(server, database)


def empty_tables() -> None:
    """Procrastinate's tables too; Django's own way takes ten times as long."""
    with connection.cursor() as cursor:
        cursor.execute(EMPTY, [list(KEPT)])


# What a test with real transactions left behind.
TransactionTestCase._fixture_teardown = lambda case: empty_tables()
