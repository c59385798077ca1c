"""The database dies in the middle of two hundred releases, comes back, and everything is asked again: no cent is lost or doubled.

The server is one of its own with full durability, since that is what is tried here.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import psutil
import pytest

from hirehall.project import postgres
from hirehall.project.wiring import REACTIONS
from tests.flows.releases import CONTRACTS, PART_MINOR, PARTS
from tests.support.database import ROOT, VAR
from tests.support.market import RunningMarket

CALLS = CONTRACTS * PARTS
AT_ONCE = 16
# The kill comes when so many are stored: in the middle.
KILL_AFTER = 60
TRIES = 8


@pytest.fixture
def market():
    folder = VAR / "tests" / "database_killed"
    _end(folder / "postgres")
    shutil.rmtree(folder, ignore_errors=True)
    running = RunningMarket(folder, "flow_database", postgres.start(folder / "postgres", "hirehall"))
    running.environment["HIREHALL_DB_POOL"] = str(AT_ONCE)
    running.take_tables_from(os.environ["DATABASE_URL"])
    running.prepare()
    yield running
    running.stop()
    _end(folder / "postgres")


def _end(folder) -> None:
    """As a power cut: the first program and all that it has started."""
    try:
        first = psutil.Process(int((folder / "postmaster.pid").read_text().split()[0]))
    except (FileNotFoundError, psutil.NoSuchProcess):
        return
    for process in [first, *first.children(recursive=True)]:
        try:
            os.kill(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def _start_again(folder) -> None:
    """In a process of its own, as a supervisor would: ours still holds the server that it started first."""
    code = f"from pathlib import Path; from hirehall.project import postgres; postgres.start(Path({str(folder)!r}), 'hirehall')"
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], cwd=ROOT, check=True, timeout=120)


def _ask(market, token: dict, number: int, path: str, body: dict) -> int:
    """One release, always with the same key; 0 when nobody answered."""
    headers = {**token, "Idempotency-Key": f"release {number}"}
    try:
        return httpx.post(f"{market.address}/api/v1{path}", headers=headers, json=body, timeout=60).status_code
    except httpx.HTTPError:
        return 0


def _stored(market) -> int:
    with market.connect() as connection:
        return connection.execute("SELECT count(*) FROM payments_hold").fetchone()[0]


@pytest.mark.slow
@pytest.mark.real_time
@pytest.mark.feature("PAY-01", "PAY-04")
def test_a_database_that_dies_in_two_hundred_releases_loses_and_doubles_nothing(market):
    given = json.loads(market.run("tests.flows.releases").rsplit("\n", 1)[-1])
    calls = list(enumerate(given["calls"]))
    assert len(calls) == CALLS
    market.start()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        told = [pool.submit(_ask, market, given["token"], number, *call) for number, call in calls]
        until = time.monotonic() + 60
        while _stored(market) < KILL_AFTER and time.monotonic() < until:
            time.sleep(0.005)
        _end(market.folder / "postgres")
        market.kill("worker")
        _start_again(market.folder / "postgres")
        first = [answer.result() for answer in told]
    assert any(status != 200 for status in first), "all was over before the kill"
    # What was answered with yes has moved; nothing that was told is forgotten.
    assert _stored(market) >= first.count(200)
    _ask_until_all_are_done(market, given["token"], calls)
    _check(market)
    _check_jobs(market)


def _ask_until_all_are_done(market, token, calls) -> None:
    left = calls
    for _ in range(TRIES):
        with ThreadPoolExecutor(AT_ONCE) as pool:
            told = list(pool.map(lambda one: _ask(market, token, one[0], *one[1]), left))
        left = [one for one, status in zip(left, told, strict=True) if status != 200]
        if not left:
            return
        time.sleep(1)
    raise AssertionError(f"{len(left)} releases were not answered:\n{market.log('web')}")


def _check(market) -> None:
    """Two hundred holds of one part each, every milestone approved, and books that balance, by a count of their own."""
    with market.connect() as connection:
        ask = connection.execute
        assert ask("SELECT count(*), sum(gross_minor) FROM payments_hold").fetchone() == (CALLS, CALLS * PART_MINOR)
        assert ask("SELECT count(*) FROM contracts_milestone WHERE state <> 'approved'").fetchone() == (0,)
        assert ask("SELECT count(*) FROM kernel_event WHERE name = 'escrow:released'").fetchone() == (CALLS,)
        assert ask("SELECT count(*) FROM kernel_once WHERE status = 200").fetchone() == (CALLS,)
        assert ask("SELECT coalesce(sum(balance), 0) FROM ledger_account WHERE kind = 'escrow'").fetchone() == (0,)
        assert ask("SELECT DISTINCT sum(balance) FROM ledger_account GROUP BY unit").fetchall() == [(0,)]
    told = market.manage("check_books")
    assert told.rstrip().endswith("The books are right."), told


def _check_jobs(market) -> None:
    """Each fact has one job for each who hears of it, done or waiting: none was lost with the server, none came twice."""
    query = """
        SELECT e.name, count(*) AS jobs, count(DISTINCT (e.id, j.args->>'reaction')) AS kinds
          FROM kernel_event e JOIN procrastinate_jobs j ON j.task_name = 'events.deliver' AND j.args->>'event_id' = e.id
         WHERE e.name IN ('escrow:released', 'milestone:released', 'milestone:approved') GROUP BY 1
    """
    with market.connect() as connection:
        found = {name: (jobs, kinds) for name, jobs, kinds in connection.execute(query).fetchall()}
    expected = {name: len(REACTIONS[name]) * count for name, count in
                (("escrow:released", CALLS), ("milestone:released", CALLS - CONTRACTS), ("milestone:approved", CONTRACTS))}  # fmt: skip
    assert found == {name: (count, count) for name, count in expected.items()}
