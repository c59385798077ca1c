"""One market a module: its things are made once, and each test leaves them as they were."""

from dataclasses import dataclass
from datetime import datetime

import pytest
from django.db import transaction

from hirehall.kernel import clock
from tests.support.cast import Cast, make_cast
from tests.support.fixtures import START
from tests.walls.belongings import Belongings, make_belongings


@dataclass(frozen=True)
class World:
    """Everybody, what Ada and Cyd have, and when that is."""

    cast: Cast
    things: Belongings
    moment: datetime


@pytest.fixture(scope="module")
def for_the_module(django_db_setup, django_db_blocker):
    """A transaction around all tests of the module, which ends with nothing kept."""
    with django_db_blocker.unblock(), transaction.atomic():
        clock.freeze(START)
        yield
        transaction.set_rollback(True)
    clock.reset()


@pytest.fixture(scope="module")
def made_once(for_the_module) -> World:
    cast = make_cast()
    return World(cast, make_belongings(cast), clock.now())


@pytest.fixture
def world(made_once: World, db, still_clock) -> World:
    clock.freeze(made_once.moment)
    return made_once
