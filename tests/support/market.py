"""A whole running market for one test module: own database, web server and worker as real processes.

The processes share a driven clock by a file. They can be killed and started again at any moment.
"""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import psycopg

from tests.support.database import ROOT
from tests.support.nursery import Child, Nursery
from tests.support.ports import free_port
from tests.support.tables import address, bring_tables, connect, copy_tables, drop

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
        self.processes: dict[str, subprocess.Popen | Child] = {}
        self.nursery: Nursery | None = None
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "static").mkdir(exist_ok=True)
        # Compiled once for all markets.
        with suppress(FileExistsError):
            (folder / "templates").symlink_to(Path(os.environ["HIREHALL_VAR"]).resolve() / "templates")
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
        return address(self.server, self.database)

    def connect(self) -> psycopg.Connection:
        """A connection of our own, to look at what is stored."""
        return connect(self.server, self.database)

    def prepare(self) -> None:
        """A fresh database with all tables, and the policy at hand."""
        copy_tables(self.server, self.database, with_policy=True)

    def take_tables_from(self, server: str) -> None:
        """Where this market has a server of its own: what is ready on another is copied here, which takes a second."""
        bring_tables(server, self.server)

    def manage(self, *words: str) -> str:
        """Run one of our commands in this market."""
        return self.run("hirehall.project.manage", *words)

    def run(self, module: str, *words: str) -> str:
        """Run a module in this market; returns what it printed."""
        said = self.folder / "said.log"
        said.unlink(missing_ok=True)
        code = self._get_nursery().spawn([module, *words], said).wait()
        if code:
            raise AssertionError(f"{words} failed with {code}:\n{said.read_text(errors='replace')}")
        return said.read_text()

    def _get_nursery(self) -> Nursery:
        if self.nursery is None:
            self.nursery = Nursery({**self.environment, "HIREHALL_DB_POOL": "0"}, self.folder / "nursery.log")
        return self.nursery

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
        manage = ["hirehall.project.manage", "procrastinate", "worker"]
        words = ["--fetch-job-polling-interval", "0.5", "--concurrency", str(concurrency)]
        self.processes["worker"] = self._get_nursery().spawn([*manage, *words], self.folder / "worker.log")

    def _spawn(self, name: str, words: list[str]) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                words, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )

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
        if self.nursery is not None:
            self.nursery.end()
            self.nursery = None

    def drop(self) -> None:
        self.stop()
        drop(self.server, self.database)

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
