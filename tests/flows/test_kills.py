"""Web and worker are killed as by a power cut at every write and every job of the hire story.

A table that the work in hand needs is locked from outside, so that it stands still in the middle; then the process
is killed. Or it is killed when everything was stored and no answer was read, or at any moment. Afterwards it starts
again and the same requests are sent again with the same keys: nothing is lost, nothing happened twice.
"""

import json
import shutil
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import httpx
import pytest

from tests.support.database import VAR
from tests.support.market import RunningMarket

SILENT_SECONDS = 1.5
WAIT_SECONDS = 40
# What changes by reading or waiting alone.
BESIDE = "^(procrastinate|accounts?|django|kernel_cache)"


class Market(RunningMarket):
    """A market that can be stopped in the middle of its work."""

    def prepare(self) -> None:
        self.environment |= {"HIREHALL_WORKER_SILENT_SECONDS": str(SILENT_SECONDS), "HIREHALL_DB_POOL": "24", "HIREHALL_LOG": "INFO"}
        super().prepare()
        given = json.loads(self.run("tests.flows.stages").rsplit("\n", 1)[-1])
        self.calls, self.tokens = given["calls"], given["tokens"]
        self.killed_in: Counter = Counter()

    @contextmanager
    def held(self, *tables: str):
        """Whoever writes to one of the tables stands still."""
        with self.connect() as connection, connection.transaction():
            connection.execute(f"LOCK TABLE {', '.join(tables)} IN SHARE MODE")
            yield

    def ask(self, query: str, *values):
        with self.connect() as connection:
            return connection.execute(query, values or None).fetchall()

    def wait_until(self, query: str, enough: int) -> None:
        until = time.monotonic() + WAIT_SECONDS
        with self.connect() as connection:
            while time.monotonic() < until:
                if connection.execute(query).fetchone()[0] >= enough:
                    return
                time.sleep(0.01)
        raise AssertionError(f"{query} stayed below {enough}:\n{self.log('web')}\n{self.log('worker')}")

    def wait_until_blocked(self, enough: int) -> None:
        self.wait_until("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'", enough)

    def kill_worker_at(self, table: str, enough: int = 1) -> None:
        """Kill the worker when jobs stand at one table."""
        with self.held(table):
            self.start_worker(concurrency=8)
            self.rescue()
            self.wait_until(f"SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = '{table}'::regclass", enough)
            self.note_jobs()
            self.kill("worker")
        self.wait_until_alone()

    def wait_until_alone(self) -> None:
        """The database has noticed that the others are gone, and undone what they had begun."""
        query = (
            "SELECT -count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND state <> 'idle' AND backend_type = 'client backend'"
        )
        self.wait_until(query, 0)

    def digest(self) -> dict[str, tuple]:
        """Every row of every table that matters, as numbers."""
        tables = [row[0] for row in self.ask("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename !~ %s", BESIDE)]
        return {t: self.ask(f'SELECT count(*), sum(hashtext(t::text)) FROM "{t}" t')[0] for t in sorted(tables)}

    def facts(self) -> Counter:
        return Counter(dict(self.ask("SELECT name, count(*) FROM kernel_event GROUP BY name")))

    def call(self, number: int) -> httpx.Response | None:
        """One write of the story, always with the same key; None when nobody answered."""
        given = self.calls[number]
        headers = {**self.tokens[given["who"]], "Idempotency-Key": f"write {number}"}
        more = {"data": given["body"], "files": {"files": ("draft.txt", b"bread")}} if given["form"] else {"json": given["body"]}
        try:
            return httpx.post(f"{self.address}/api/v1{given['path']}", headers=headers, timeout=60, **more)
        except httpx.HTTPError:
            return None

    def call_all(self, pool: ThreadPoolExecutor) -> list:
        return [pool.submit(self.call, number) for number in range(len(self.calls))]

    def rescue(self) -> None:
        """The timer of each minute, now."""
        time.sleep(SILENT_SECONDS + 0.3)
        self.ask(
            "INSERT INTO procrastinate_jobs (task_name, queue_name, args) VALUES ('project.rescue_jobs', 'default', %s) RETURNING id",
            '{"timestamp": 0}',
        )

    def kill_worker_in(self, *tables: str, jobs: int) -> None:
        """Kill the worker while it has several jobs in hand that wait for a table; nothing of them may be left."""
        with self.held(*tables):
            self.start_worker(concurrency=8)
            self.rescue()
            self.wait_until_blocked(1)
            self.wait_until("SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'", jobs)
            self.note_jobs()
            self.kill("worker")
        self.wait_until_alone()

    def finish_jobs(self) -> None:
        """A worker that nobody disturbs."""
        self.start_worker(concurrency=8)
        self.rescue()
        self.wait_for_jobs(60)
        self.kill("worker")

    def note_jobs(self) -> None:
        for task, args in self.ask("SELECT task_name, args FROM procrastinate_jobs WHERE status = 'doing'"):
            self.killed_in[f"{task} {args.get('reaction', '').rpartition('.')[2]}".strip()] += 1


@pytest.fixture(scope="module")
def market():
    folder = VAR / "tests" / "kills"
    shutil.rmtree(folder, ignore_errors=True)
    running = Market(folder, "flow_kills")
    running.prepare()
    yield running
    running.drop()


def expected_facts(market: Market) -> Counter:
    return Counter(fact for call in market.calls for fact in call["facts"])


def kill_the_web(market: Market) -> None:
    """Three times: inside all writes at once, at any moment, and when all is stored but no answer was read."""
    before, digest = market.facts(), market.digest()
    with ThreadPoolExecutor(len(market.calls)) as pool:
        market.start_web()
        with market.held("kernel_event"):
            market.call_all(pool)
            market.wait_until_blocked(15)
            market.kill("web")
        market.wait_until_alone()
        assert market.digest() == digest, "something of a killed write is left"

        market.start_web()
        market.call_all(pool)
        market.wait_until("SELECT count(*) FROM kernel_once WHERE status IS NOT NULL", 4)
        market.kill("web")
        market.wait_until_alone()

        market.start_web()
        market.call_all(pool)
        market.wait_until("SELECT count(*) FROM kernel_once WHERE status IS NOT NULL", len(market.calls))
        market.kill("web")
        market.wait_until_alone()
    market.start_web()
    told = [market.call(number) for number in range(len(market.calls))]
    assert [(a.status_code, a.text) for a in told if a.status_code >= 300] == []
    assert [market.call(number).content for number in range(len(market.calls))] == [a.content for a in told]
    happened = market.facts() - before
    assert {name: happened[name] for name in expected_facts(market)} == expected_facts(market)


def kill_the_worker(market: Market) -> None:
    """In the middle of jobs of every kind; while the payment company waits for an answer; and in the timers."""
    # A payout dies before it is marked as leaving; below it dies between that and the call, and as its answer comes.
    market.kill_worker_at("payments_withdrawal")
    assert market.ask("SELECT count(*) FROM payments_sandboxobject o JOIN payments_withdrawal w ON o.key = 'withdrawal:' || w.id WHERE w.sent_at IS NULL") == [(0,)]
    market.kill_worker_in("kernel_delivery", "kernel_sentmail", "payments_sandboxobject", jobs=8)
    market.kill_worker_in("payments_sandboxobject", "kernel_sentmail", jobs=4)
    # Here the web stands still with a message in hand for whose answer the worker waits; both die. The second time it
    # is the state of a withdrawal that cannot be written.
    for table in ("payments_webhookreceipt", "payments_withdrawal"):
        with market.held(table):
            market.start_worker(concurrency=8)
            market.rescue()
            market.wait_until_blocked(1)
            market.note_jobs()
            market.kill("web")
            market.kill("worker")
        market.wait_until_alone()
        market.start_web()
    market.kill_worker_in("contracts_milestone", jobs=1)
    market.finish_jobs()
    market.set_timers_off(days=14)
    # The nightly batch of schedules dies as it sets money aside, beside a payout that is late.
    market.kill_worker_at("payments_withdrawal", 2)
    market.kill_worker_in("contracts_milestone", jobs=1)
    market.finish_jobs()
    market.set_timers_off(days=5)
    market.kill_worker_in("ledger_transfer", jobs=1)
    market.finish_jobs()
    for _ in range(2):
        market.set_timers_off(days=1)
        market.finish_jobs()


@pytest.mark.slow
@pytest.mark.real_time
@pytest.mark.feature("PAY-01", "PAY-03", "PAY-04", "PAY-05", "CTR-01", "OPS-03")
def test_a_power_cut_loses_nothing_and_doubles_nothing(market):
    kill_the_web(market)
    kill_the_worker(market)
    check_the_end(market)


def check_the_end(market: Market) -> None:
    """One of everything, nothing left over, and books that balance."""
    market.run("tests.flows.stages", "check")
    # A job that is put off came before its data or met something half-done.
    assert "to retry" not in (market.folder / "worker.log").read_text(errors="replace")
    # The own job of a withdrawal that could be taken back stands at its moment by the driven clock, which the database does
    # not know; the timer of every ten minutes has sent it (check_the_payouts).
    left = """SELECT * FROM procrastinate_jobs WHERE status <> 'succeeded' AND queueing_lock IS NULL
        AND NOT (task_name = 'payments.send_payout' AND status = 'todo' AND scheduled_at > now())"""
    assert market.ask(left) == [], market.log("worker")
    assert market.ask("SELECT count(*) FROM contracts_contract GROUP BY offer_id HAVING count(*) > 1") == []
    ((settled, asked),) = market.ask("SELECT count(*) FILTER (WHERE state = 'settled'), count(*) FROM payments_charge")
    assert settled == asked == market.ask("SELECT count(*) FROM payments_sandboxobject WHERE kind = 'charge'")[0][0]
    check_the_payouts(market)
    assert market.ask("SELECT count(*) FROM contracts_milestone WHERE state = 'submitted'") == [(0,)]
    assert market.ask("SELECT count(*) FROM payments_hold WHERE cleared_at IS NULL") == [(0,)]
    written = market.ask("SELECT count(*), count(DISTINCT key) FROM kernel_sentmail")[0]
    assert written[0] == written[1] == len(market.mails())
    assert market.ask("SELECT count(*) FROM talks_post WHERE text = 'When could you begin?'") == [(1,)]
    # Beside the writes inside of which the web died: the jobs that a dying worker had in hand, by kind.
    assert len(market.calls) + len(market.killed_in) >= 20
    assert len(market.killed_in) >= 6, market.killed_in
    assert {"payments.send_payout", "payments.run_schedules"} <= set(market.killed_in), market.killed_in


def check_the_payouts(market: Market) -> None:
    """Each left once or not at all, and what the payment company paid is what the withdrawals say."""
    states = dict(market.ask("SELECT state, count(*) FROM payments_withdrawal GROUP BY state"))
    assert (states.pop("failed"), states.pop("undone")) == (1, 1)
    assert set(states) == {"paid"}
    assert market.ask("SELECT count(*) FROM payments_withdrawal WHERE schedule_id IS NOT NULL")[0][0] > 0
    there = "SELECT count(*), coalesce(sum(amount_minor), 0) FROM payments_sandboxobject WHERE kind = 'payout' AND state = 'paid'"
    here = "SELECT count(*), sum(amount_minor - fee_minor) FROM payments_withdrawal WHERE state = 'paid'"
    assert market.ask(there) == market.ask(here)
