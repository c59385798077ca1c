"""Two hundred thousand movements of one party need no more memory to read than a few, in every way there is."""

import json
import shutil

import pytest

from tests.support.database import VAR
from tests.support.market import RunningMarket

MOVEMENTS = 200_000
# How many lines of a file are read, and the most that may be held of them: a batch, and what the allocator keeps. All
# movements at once, or all lines read, would take several times as much.
READ, MOST_KILOBYTES = 60_000, 12_000
FILES = ("statement as CSV", "statement as JSON", "journal as CSV", "journal as beancount")


@pytest.fixture
def market():
    folder = VAR / "tests" / "flat_memory"
    shutil.rmtree(folder, ignore_errors=True)
    running = RunningMarket(folder, "flow_memory")
    running.prepare()
    yield running
    running.drop()


@pytest.mark.slow
@pytest.mark.real_time
@pytest.mark.feature("PAY-01", "PAY-06", "PAY-09")
def test_statements_counts_and_exports_stay_small_however_much_has_moved(market):
    found = json.loads(market.run("tests.flows.many_movements", str(MOVEMENTS)).rsplit("\n", 1)[-1])
    assert {name: kilobytes for name, (kilobytes, _) in found.items() if kilobytes > MOST_KILOBYTES} == {}, found
    assert all(found[name][1] == READ for name in FILES), found
    assert found["count by events"][1] == found["checks of the books"][1] == 0
