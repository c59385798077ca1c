"""`make up`: from an installed checkout to a running market, and down again with Ctrl-C.

Starts the database, brings its tables up to date, fills an empty market with life, then runs web and worker until
it is told to stop. A second one says where the first one runs. Children die with us, even if we are killed.
"""

import ctypes
import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from hirehall.project import postgres

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("HIREHALL_VAR", ROOT / "var")).resolve()
HOST = os.environ.get("HIREHALL_HOST", "127.0.0.1")
FIRST_PORT, PORTS_TRIED = 8000, 20
NEEDED_BYTES = 500 * 1024 * 1024
WEB_POOL = "24"
# Python uses one core a process; more than two would only take memory from a small machine.
WEB_WORKERS = min(2, os.cpu_count() or 1)
# Whoever stopped us waits. A job that is not done by then is safe to run twice, and the next start takes it up again.
STOP_SECONDS = 3
START_SECONDS = 90


class CannotStart(Exception):
    """Something outside of us is in the way; the message says what and what to do."""


@contextmanager
def step(text: str) -> Iterator[None]:
    """Say what is being done, and how long it took."""
    print(f"  {text} ...", end="", flush=True)
    began = time.monotonic()
    try:
        yield
    except BaseException:
        print(" failed")
        raise
    print(f"\r\033[K  ✓ {text} ({time.monotonic() - began:.1f} s)" if sys.stdout.isatty() else " done")


def main() -> int:
    (VAR / "static").mkdir(parents=True, exist_ok=True)
    with (VAR / "up.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(f"This market is already running at {_told().get('address', 'another terminal')}.")
            return 0
        # Ctrl-C too: a shell starts what runs in its background with that one switched off.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _stop_on_signal)
        try:
            return run()
        except CannotStart as error:
            print(f"\nHirehall can't start: {error}")
        except postgres.ServerFailed as error:
            print(f"\nHirehall can't start: {error}")
        except KeyboardInterrupt:
            print("\nStopped.")
            return 0
        return 1


def run() -> int:
    check_disk()
    port = choose_port()
    address = f"http://{HOST}:{port}"
    own_server = "DATABASE_URL" not in os.environ
    children: list[subprocess.Popen] = []
    try:
        if own_server:
            with step("Start the database"):
                os.environ["DATABASE_URL"] = postgres.start(VAR / "postgres", "hirehall")
                (VAR / "database_url").write_text(os.environ["DATABASE_URL"])
        os.environ["HIREHALL_SITE_URL"] = os.environ.get("HIREHALL_SITE_URL", address)
        print("  Bring tables, policy and demo up to date", flush=True)
        manage("make_ready", *(["--demo"] if os.environ.get("HIREHALL_DEMO", "1") == "1" else []))
        with step("Start web and worker"):
            children.append(spawn("web", *_web(port), HIREHALL_DB_POOL=WEB_POOL))
            # The sandbox in the worker sends its messages over HTTP, as a real payment company would.
            hook = os.environ.get("HIREHALL_WEBHOOK_URL", f"{address}/money/webhooks")
            worker = _manage("procrastinate", "worker", "--concurrency", "3")
            children.append(spawn("worker", *worker, HIREHALL_WEBHOOK_URL=hook))
            wait_until_it_answers(address, children)
        (VAR / "up.json").write_text(json.dumps({"address": address, "pid": os.getpid()}))
        say_hello(address)
        return watch(children)
    finally:
        # A second Ctrl-C must not leave half of it running.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        stop_all(children)
        (VAR / "up.json").unlink(missing_ok=True)
        if own_server:
            postgres.stop(VAR / "postgres")


def check_disk() -> None:
    free = shutil.disk_usage(VAR).free
    if free < NEEDED_BYTES:
        raise CannotStart(
            f"the disk that holds {VAR} has {free // 1024**2} MB free, and {NEEDED_BYTES // 1024**2} MB are needed."
            " Make room, or set HIREHALL_VAR to a folder on another disk."
        )


def choose_port() -> int:
    """The wished port, or without a wish the first free one from 8000 on."""
    wished = os.environ.get("HIREHALL_PORT")
    if wished:
        if not wished.isdigit() or not is_free(int(wished)):
            raise CannotStart(f"port {wished} is taken or is no port. Choose another with HIREHALL_PORT=8123 make up.")
        return int(wished)
    for port in range(FIRST_PORT, FIRST_PORT + PORTS_TRIED):
        if is_free(port):
            if port != FIRST_PORT:
                print(f"  Port {FIRST_PORT} is taken by another program; using {port}.")
            return port
    raise CannotStart(f"the ports {FIRST_PORT} to {FIRST_PORT + PORTS_TRIED - 1} are all taken; set HIREHALL_PORT.")


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError):
            return False
        return True


def _manage(*words: str) -> list[str]:
    return [sys.executable, "-m", "hirehall.project.manage", *words]


def _web(port: int) -> list[str]:
    return [
        str(Path(sys.executable).with_name("granian")), "--interface", "asgi", "--host", HOST, "--port", str(port),
        "--workers", str(WEB_WORKERS), "--no-ws", "--log-level", "warning", "hirehall.project.asgi:application",
    ]  # fmt: skip


def manage(*words: str) -> None:
    done = subprocess.run(_manage(*words), cwd=ROOT)
    if done.returncode:
        raise CannotStart(f"'{' '.join(words)}' failed; its reason stands above.")


def _die_with_parent() -> None:
    """Linux tells the child when we are gone, however that happened; in its own group Ctrl-C reaches only us."""
    os.setsid()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def spawn(name: str, *words: str, **extra: str) -> subprocess.Popen:
    log = (VAR / f"{name}.log").open("ab")
    return subprocess.Popen(
        words, cwd=ROOT, env=os.environ | extra, stdout=log, stderr=log, preexec_fn=_die_with_parent
    )


def wait_until_it_answers(address: str, children: list[subprocess.Popen]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if any(child.poll() is not None for child in children):
            raise CannotStart(f"web or worker ended at once; see {VAR / 'web.log'} and {VAR / 'worker.log'}.")
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            pass
        time.sleep(0.1)
    raise CannotStart(f"the web server did not answer within {START_SECONDS} s; see {VAR / 'web.log'}.")


def watch(children: list[subprocess.Popen]) -> int:
    """Stay until something ends; the whole goes down with a part, so that nobody runs half a market."""
    while True:
        for child in children:
            if child.poll() is not None:
                print(f"\n{child.args[-1]} ended by itself with {child.returncode}; see the logs in {VAR}.")
                return 1
        time.sleep(0.5)


def stop_all(children: list[subprocess.Popen]) -> None:
    for child in children:
        _signal(child, signal.SIGTERM)
    until = time.monotonic() + STOP_SECONDS
    for child in children:
        try:
            child.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            _signal(child, signal.SIGKILL)
            child.wait()


def _signal(child: subprocess.Popen, number: signal.Signals) -> None:
    try:
        os.killpg(child.pid, number)
    except ProcessLookupError:
        pass


def _stop_on_signal(number: int, frame) -> None:
    raise KeyboardInterrupt


def _told() -> dict[str, str]:
    try:
        return json.loads((VAR / "up.json").read_text())
    except (OSError, ValueError):
        return {}


def say_hello(address: str, write: Callable[[str], None] = print) -> None:
    write(f"\n  Hirehall is running: {address}\n")
    signs = VAR / "demo_sign_ins.txt"
    if signs.exists():
        write(signs.read_text())
    write("  Ctrl-C stops it.\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
