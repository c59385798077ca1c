"""Clients of the measurement: each is a process of its own that gets ready, waits for the word, and counts what it did."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GO = "go\n"


@dataclass(frozen=True)
class Speed:
    """What all clients did together, and the memory of one before and after."""

    per_second: float
    memory_before_mb: float
    memory_after_mb: float


def command(side: str, work: str, number: int = 0, seconds: float = 0.0) -> list[str]:
    """How a client of a side is started; Django's own shell is ready before the side's tables are imported."""
    told = f"from bench.ledger import {side}, work; work.main({side}, {work!r}, {number}, {seconds})"
    return [sys.executable, "-W", "ignore", "-m", "django", "shell", "--no-imports", "-c", told]


def run_clients(side: str, work: str, count: int, seconds: float, environment: dict[str, str]) -> Speed:
    """Run one work so many times at once; the speeds are added up."""
    everything = {**os.environ, **environment}
    running = [
        subprocess.Popen(command(side, work, number, seconds), cwd=ROOT, env=everything, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for number in range(count)
    ]
    try:
        for one in running:
            assert one.stdout.readline() == "ready\n", f"a client of {work} did not start"
        for one in running:
            one.stdin.write(GO)
            one.stdin.flush()
        told = [json.loads(one.stdout.readline()) for one in running]
    finally:
        for one in running:
            one.kill()
            one.communicate(timeout=60)
    return Speed(sum(one["done"] / one["seconds"] for one in told), told[0]["before_mb"], told[0]["after_mb"])


def run_pgbench(programs: Path, address: str, count: int, seconds: float) -> float:
    """pgbench's TPC-B-like script on its own tables; transactions a second."""
    program = str(programs / "pgbench")
    done = subprocess.run(
        [program, "-n", "-c", str(count), "-j", str(count), "-T", str(int(seconds)), address], check=True, capture_output=True, text=True
    )
    return next(float(line.split()[2]) for line in done.stdout.splitlines() if line.startswith("tps ="))


def prepare_pgbench(programs: Path, address: str) -> None:
    """Ten branches: with one, four clients would wait for its one row."""
    subprocess.run([str(programs / "pgbench"), "-i", "-q", "-s", "10", address], check=True, capture_output=True)
