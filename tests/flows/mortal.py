"""A running market that can be stopped in the middle of its work, and asked what is stored."""

import json
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext

import httpx

from hirehall.project.tasks import _RESCUE as RESCUE
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
