"""The web server as `make up` starts it, and a light client that keeps its connections."""

import http.client
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

START_SECONDS = 40


@dataclass(frozen=True)
class Speed:
    """What a page needs: milliseconds, requests a second, and the server's own work, which a busy machine changes least."""

    median_ms: float
    p95_ms: float
    per_second: float
    cpu_ms: float


# How each of the two is started.
MARKET = ("hirehall.project.settings", "asgi", "--no-ws", "hirehall.project.asgi:application")
LIMIT = ("bench.web.bare", "wsgi", "--blocking-threads=16", "bench.web.bare_server:application")


@contextmanager
def running(program: tuple[str, str, str, str], environment: dict[str, str]) -> Iterator[tuple[str, int]]:
    """One granian worker; yields its host:port and the number of its process."""
    settings, interface, option, application = program
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    granian = str(Path(sys.executable).with_name("granian"))
    words = [granian, "--interface", interface, "--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    words += ["--log-level", "warning", option, application]
    process = subprocess.Popen(words, env={**os.environ, **environment, "DJANGO_SETTINGS_MODULE": settings})
    try:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"127.0.0.1:{port}", process.pid
    finally:
        process.terminate()
        process.wait(20)


def memory_mb(pid: int) -> float:
    """What the server and its workers hold."""
    return sum(one.memory_info().rss for one in _family(pid)) / 1024**2


def _cpu_seconds(pid: int) -> float:
    """What the server and its workers have computed; the database's share is not in it."""
    return sum(one.cpu_times().user + one.cpu_times().system for one in _family(pid))


def _family(pid: int) -> list[psutil.Process]:
    return [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]


def measure(server: tuple[str, int], path: str, cookie: str, expected: str, *, connections: int, requests: int) -> Speed:
    """So many requests over so many connections; every answer is looked at."""
    host, pid = server
    share = requests // connections

    def ask(_: int) -> list[float]:
        line = http.client.HTTPConnection(host, timeout=60)
        taken = []
        for _ in range(share):
            began = time.perf_counter()
            line.request("GET", path, headers={"Cookie": cookie} if cookie else {})
            answer = line.getresponse()
            body = answer.read()
            taken.append((time.perf_counter() - began) * 1000)
            if answer.status != 200 or expected.encode() not in body:
                raise AssertionError(f"{path} answered {answer.status} without {expected!r}")
        line.close()
        return taken

    with ThreadPoolExecutor(connections) as pool:
        began, worked = time.perf_counter(), _cpu_seconds(pid)
        times = sorted(one for taken in pool.map(ask, range(connections)) for one in taken)
        seconds, worked = time.perf_counter() - began, _cpu_seconds(pid) - worked
    return Speed(statistics.median(times), times[int(len(times) * 0.95)], len(times) / seconds, worked * 1000 / len(times))


def weigh(host: str, path: str, cookie: str) -> int:
    """Bytes of a page as a browser gets it, compressed."""
    line = http.client.HTTPConnection(host, timeout=60)
    line.request("GET", path, headers={"Cookie": cookie, "Accept-Encoding": "gzip"})
    return len(line.getresponse().read())
