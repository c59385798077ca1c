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
from contextlib import contextmanager, nullcontext

import httpx
import pytest

from hirehall.project.tasks import _RESCUE as RESCUE
from tests.support.database import VAR
from tests.support.market import RunningMarket

WAIT_SECONDS = 40
DUE_NOW = "status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now())"
# What a job does: its task, for a reaction which one, for a message of the payment company what it says.
KIND = "rtrim(task_name || ' ' || coalesce(substring(args->>'reaction' from '[^.]*$'), substring(args->>'event_id' from '[^_]*$'), ''))"
# Jobs whose work is stored and that wait to be marked as done.
ENDING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%procrastinate_finish_job%'"
# What changes by reading or waiting alone.
BESIDE = "^(procrastinate|accounts?|django|kernel_cache)"


class Market(RunningMarket):
    """A market that can be stopped in the middle of its work."""

    def prepare(self) -> None:
        self.environment |= {"HIREHALL_DB_POOL": "24", "HIREHALL_LOG": "INFO"}
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
        """What the timer of each minute does with the jobs of workers that are silent."""
        with self.connect() as connection:
            connection.execute(RESCUE, [0])

    @contextmanager
    def only(self, kinds: tuple[str, ...]):
        """Of all that could be done now, only the first job of each kind, so that what dies is chosen and not by chance."""
        first = [self.ask(f"SELECT min(id) FROM procrastinate_jobs WHERE {DUE_NOW} AND {KIND} = %s", kind)[0][0] for kind in kinds]
        assert None not in first, (kinds, self.ask(f"SELECT {KIND}, count(*) FROM procrastinate_jobs WHERE {DUE_NOW} GROUP BY 1"))
        put_off = self.ask(
            f"UPDATE procrastinate_jobs SET scheduled_at = now() + interval '1 hour' WHERE {DUE_NOW} AND id <> ALL (%s) RETURNING id", first
        )
        yield first
        self.ask("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE id = ANY (%s) RETURNING id", [row[0] for row in put_off])

    def cut_off(self, name: str) -> None:
        """Kill a process, and with it what the database still does for it: a statement that waits would else end well."""
        self.kill(name)
        self.ask("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")

    def wait_for_hands(self, kinds: tuple[str, ...]) -> None:
        """Until a job of each kind is in hand and stands still."""
        for kind in kinds:
            self.wait_until(f"SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing' AND {KIND} = '{kind}'", 1)
        self.wait_until_blocked(len(kinds))

    def kill_inside(self, kinds: tuple[str, ...], *tables: str, chosen: bool = True, web: bool = False) -> None:
        """Kill the worker while jobs of some kinds wait for a table: nothing of them may be left."""
        with self.only(kinds) if chosen else nullcontext(), self.held(*tables):
            self.start_worker(concurrency=8)
            self.wait_for_hands(kinds)
            self.killed_in.update(f"inside {kind}" for kind in kinds)
            if web:
                self.kill("web")
            self.cut_off("worker")
        self.wait_until_alone()
        self.rescue()
        if web:
            self.start_web()

    def kill_after(self, kinds: tuple[str, ...], *tables: str) -> None:
        """Kill it when their work is stored, and before it could say so: they run again and must change nothing."""
        with self.only(kinds) as chosen, self.connect() as keeper, keeper.transaction():
            with self.held(*tables):
                self.start_worker(concurrency=8)
                self.wait_for_hands(kinds)
                keeper.execute("SELECT FROM procrastinate_jobs WHERE id = ANY (%s) FOR UPDATE", [chosen])
            self.wait_until(ENDING, len(kinds))
            self.killed_in.update(f"after {kind}" for kind in kinds)
            self.cut_off("worker")
        self.wait_until_alone()
        self.rescue()

    def kill_both_at(self, table: str) -> None:
        """Kill web and worker when somebody waits for one table: here the word of a payment company that cannot be written."""
        with self.held(table):
            self.start_worker(concurrency=8)
            self.wait_until(f"SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = '{table}'::regclass", 1)
            self.kill("web")
            self.cut_off("worker")
        self.wait_until_alone()
        self.rescue()
        self.start_web()

    def finish_jobs(self) -> None:
        """A worker that nobody disturbs."""
        self.start_worker(concurrency=8)
        self.wait_for_jobs(60)
        self.kill("worker")


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
    """Inside of every write, at any moment, and when all is stored but no answer was read."""
    before, digest, everything = market.facts(), market.digest(), range(len(market.calls))
    with ThreadPoolExecutor(len(market.calls)) as pool:
        for part in (everything[::2], everything[1::2]):
            market.start_web()
            with market.held("kernel_event"):
                for number in part:
                    pool.submit(market.call, number)
                market.wait_until_blocked(len(part))
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
    told = [market.call(number) for number in everything]
    assert [(a.status_code, a.text) for a in told if a.status_code >= 300] == []
    assert [market.call(number).content for number in everything] == [a.content for a in told]
    happened = market.facts() - before
    assert {name: happened[name] for name in expected_facts(market)} == expected_facts(market)


LEAVES = ("payments.send_payout",)
ASKED = ("payments.send_charge", "payments.send_refund", "payments.send_payout")
TOLD = ("payments.deliver_sandbox_event settled", "payments.deliver_sandbox_event paid")
HEARD = ("events.deliver mark_funded", "mail.send")
DUE = ("contracts.release_due", "memberships.renew")
RENEWED = ("events.deliver note_paid", "events.deliver note_failed")
SCHEDULED = ("payments.run_schedules",)
CLEARED = ("payments.clear_holds",)


def kill_the_worker(market: Market) -> None:
    """Before and after each commit of what it does: asking the payment company, passing on its word, and the timers."""
    # A payout dies before it is marked as leaving, and between that and the call.
    market.kill_inside(LEAVES, "payments_withdrawal")
    assert market.ask("SELECT count(*) FROM payments_sandboxobject o JOIN payments_withdrawal w ON o.key = 'withdrawal:' || w.id WHERE w.sent_at IS NULL") == [(0,)]
    market.kill_inside(ASKED, "payments_sandboxobject")
    market.kill_after(ASKED, "payments_sandboxobject")
    # The web stands still with messages in hand for whose answer the worker waits; both die.
    market.kill_inside(TOLD, "payments_webhookreceipt", web=True)
    # The web has taken them in and answered, and the worker does not write that down any more.
    market.kill_inside(TOLD, "payments_sandboxevent")
    market.kill_after(TOLD, "payments_sandboxevent")
    market.kill_inside(HEARD, "contracts_milestone", "kernel_sentmail")
    market.kill_after(HEARD, "contracts_milestone", "kernel_sentmail")
    market.kill_both_at("payments_withdrawal")
    market.finish_jobs()
    market.set_timers_off(days=14)
    # The nightly batch of schedules, as it sets money aside and when it has.
    market.kill_inside(SCHEDULED, "payments_withdrawal")
    market.kill_after(SCHEDULED, "payments_withdrawal")
    market.kill_inside(DUE, "contracts_milestone", "memberships_month")
    market.kill_after(DUE, "contracts_milestone", "memberships_month")
    market.kill_inside(RENEWED, "memberships_month", chosen=False)
    market.kill_after(RENEWED, "memberships_month")
    market.finish_jobs()
    market.set_timers_off(days=5)
    market.kill_inside(CLEARED, "ledger_transfer")
    market.kill_after(CLEARED, "ledger_transfer")
    market.finish_jobs()
    for _ in range(2):
        market.set_timers_off(days=1)
        market.finish_jobs()


@pytest.mark.slow
@pytest.mark.real_time
@pytest.mark.feature("PAY-01", "PAY-03", "PAY-04", "PAY-05", "CTR-01", "CTR-10", "CTR-11", "ACC-08", "PAY-08", "OPS-03")
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
    ((settled, asked),) = market.ask("SELECT count(*) FILTER (WHERE state = 'settled'), count(*) FROM payments_charge WHERE purpose <> 'membership'")
    ((months,),) = market.ask("SELECT count(*) FROM payments_charge WHERE purpose = 'membership'")
    assert settled == asked == market.ask("SELECT count(*) FROM payments_sandboxobject WHERE kind = 'charge'")[0][0] - months
    check_the_plans(market)
    check_the_payouts(market)
    assert market.ask("SELECT count(*) FROM contracts_milestone WHERE state = 'submitted'") == [(0,)]
    assert market.ask("SELECT count(*) FROM payments_hold WHERE cleared_at IS NULL") == [(0,)]
    written = market.ask("SELECT count(*), count(DISTINCT key) FROM kernel_sentmail")[0]
    assert written[0] == written[1] == len(market.mails())
    assert market.ask("SELECT count(*) FROM talks_post WHERE text = 'When could you begin?'") == [(1,)]
    # Beside the writes inside of which the web died: the jobs that a dying worker had in hand, before and after their commit.
    kinds = (*ASKED, *TOLD, *HEARD, *DUE, *RENEWED, *SCHEDULED, *CLEARED)
    assert set(market.killed_in) == {f"{where} {kind}" for where in ("inside", "after") for kind in kinds}


def check_the_payouts(market: Market) -> None:
    """Each left once or not at all, and what the payment company paid is what the withdrawals say."""
    states = dict(market.ask("SELECT state, count(*) FROM payments_withdrawal GROUP BY state"))
    assert (states.pop("failed"), states.pop("undone")) == (1, 1)
    assert set(states) == {"paid"}
    assert market.ask("SELECT count(*) FROM payments_withdrawal WHERE schedule_id IS NOT NULL")[0][0] > 0
    there = "SELECT count(*), coalesce(sum(amount_minor), 0) FROM payments_sandboxobject WHERE kind = 'payout' AND state = 'paid'"
    here = "SELECT count(*), sum(amount_minor - fee_minor) FROM payments_withdrawal WHERE state = 'paid'"
    assert market.ask(there) == market.ask(here)


def check_the_plans(market: Market) -> None:
    """Ada's month was renewed once; Ben's card had nothing on it: each try failed once, and gave no Connects."""
    months = market.ask(
        "SELECT t.name, m.state, count(*), count(c.id), count(DISTINCT c.id) FROM memberships_month m"
        " JOIN memberships_membership s ON s.id = m.membership_id JOIN accounts_party t ON t.id = s.party_id"
        " LEFT JOIN payments_charge c ON c.subject_id = m.id AND c.purpose = 'membership' GROUP BY 1, 2"
    )
    found = {(name, state): tuple(counts) for name, state, *counts in months}
    assert found[("Ada Obi", "paid")] == (2, 2, 2)
    assert found[("Ben Roy", "paid")] == (1, 1, 1)
    failed = found[("Ben Roy", "failed")]
    assert failed[0] >= 2
    assert len(set(failed)) == 1
    assert set(found) == {("Ada Obi", "paid"), ("Ben Roy", "paid"), ("Ben Roy", "failed")}
    assert market.ask("SELECT count(*) FROM connects_lot WHERE ref LIKE 'plan:%'") == [(3,)]
