"""`make up` as a person meets it: start, a second terminal, a taken port, Ctrl-C, a killed predecessor, a full disk."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest

from hirehall.project import postgres, up
from tests.support.database import ROOT
from tests.support.ports import free_port

pytestmark = [pytest.mark.feature("OPS-01"), pytest.mark.slow]
START_SECONDS = 180


class Terminal:
    """One `make up` with a data folder; what it prints is read as it comes."""

    def __init__(self, folder: Path, **extra: str):
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        environment |= {"HIREHALL_VAR": str(folder), "HIREHALL_DEMO": "0", "PYTHONUNBUFFERED": "1", **extra}
        self.log = folder.parent / f"up-{time.monotonic_ns()}.log"
        with self.log.open("wb") as out:
            words = [sys.executable, "-W", "ignore", "-m", "hirehall.project.up"]
            self.process = subprocess.Popen(words, cwd=ROOT, env=environment, stdout=out, stderr=out)

    @property
    def said(self) -> str:
        return self.log.read_text(errors="replace")

    def wait_for_address(self) -> str:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and self.process.poll() is None:
            if found := re.search(r"is running: (http\S+)", self.said):
                return found[1]
            time.sleep(0.1)
        raise AssertionError(f"It did not start:\n{self.said}")

    def end(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        return self.process.wait(40)


def left_over(folder: Path) -> list[str]:
    """Programs that still run for a data folder."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            mine = f"HIREHALL_VAR={folder}".encode() in (entry / "environ").read_bytes()
            words = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if (mine or str(folder) in words) and words:
            found.append(words)
    return found


def wait_until_gone(folder: Path) -> list[str]:
    until = time.monotonic() + 60
    while left_over(folder) and time.monotonic() < until:
        time.sleep(0.2)
    return left_over(folder)


def answers(address: str) -> bool:
    with urllib.request.urlopen(f"{address}/healthz", timeout=5) as answer:
        return answer.status == 200


def test_a_whole_life(tmp_path):
    folder = tmp_path / "var"
    port = str(free_port())
    first = Terminal(folder, HIREHALL_PORT=port)
    address = first.wait_for_address()
    assert answers(address)

    second = Terminal(folder, HIREHALL_PORT=port)
    assert second.process.wait(60) == 0
    assert f"already running at {address}" in second.said

    # Killed without a word: its children end, and the next one just works, database and all.
    first.end(signal.SIGKILL)
    until = time.monotonic() + 60
    while any("granian" in words or "worker" in words for words in left_over(folder)) and time.monotonic() < until:
        time.sleep(0.2)
    assert not [words for words in left_over(folder) if "granian" in words or "worker" in words]
    third = Terminal(folder, HIREHALL_PORT=port)
    assert answers(third.wait_for_address())

    # A power cut: the database is killed too and leaves its lock behind.
    database = int((folder / "postgres" / "postmaster.pid").read_text().split()[0])
    third.process.kill()
    os.kill(database, signal.SIGKILL)
    third.process.wait(60)
    assert (folder / "postgres" / "postmaster.pid").exists()
    fourth = Terminal(folder, HIREHALL_PORT=port)
    assert answers(fourth.wait_for_address())

    assert fourth.end(signal.SIGINT) == 0
    assert "Stopped." in fourth.said
    assert wait_until_gone(folder) == []


def test_a_taken_port_is_named(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = Terminal(tmp_path / "var", HIREHALL_PORT=str(port))
        assert refused.process.wait(60) == 1
    assert f"port {port} is taken" in refused.said
    assert "Traceback" not in refused.said


@pytest.mark.parametrize("port", ["http", "99999", "-1"])
def test_a_port_that_is_none_is_named(tmp_path, port):
    refused = Terminal(tmp_path / "var", HIREHALL_PORT=port)
    assert refused.process.wait(60) == 1
    assert port in refused.said
    assert "Traceback" not in refused.said


def test_a_full_disk_is_named_with_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setattr(up, "VAR", tmp_path)
    monkeypatch.setattr(up.shutil, "disk_usage", lambda path: SimpleNamespace(free=10**7))
    with pytest.raises(up.CannotStart, match=r"9 MB free, and 500 MB are needed.*HIREHALL_VAR"):
        up.check_disk()


def test_a_lock_that_names_another_program_is_dropped(tmp_path):
    lock = tmp_path / "postmaster.pid"
    for number in (str(os.getpid()), "999999999", "", "no number"):
        lock.write_text(f"{number}\n/somewhere/else\n")
        postgres._drop_stale_lock(tmp_path)
        assert not lock.exists(), number


def start_database(folder: Path) -> str:
    """In a process of its own: the wheel remembers in ours what it has started."""
    code = "import sys; from pathlib import Path; from hirehall.project import postgres; print(postgres.start(Path(sys.argv[1]), 'market'))"
    done = subprocess.run([sys.executable, "-c", code, str(folder)], cwd=ROOT, capture_output=True, text=True, timeout=180)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_database_starts_when_a_program_of_the_dead_one_is_slow_to_end(tmp_path):
    folder = tmp_path / "postgres"
    address = start_database(folder)
    with psycopg.connect(address) as connection:
        slow = connection.info.backend_pid
        os.kill(slow, signal.SIGSTOP)
        os.kill(int((folder / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        waking = threading.Timer(3, os.kill, (slow, signal.SIGCONT))
        waking.start()
        assert start_database(folder) == address
        waking.join()
        connection.close()
    postgres.stop(folder)
