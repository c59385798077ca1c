"""`make bench-web`: the main pages, signed in, at 1 and 16 connections, beside a bare page of the same server.

Prints ratios and writes bench/out/web.json: rows of measure, unit, size, ours, peer, peer's name, ratio, aim, met.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from hirehall.project import postgres

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "bench" / "out" / "web.json"
VAR = ROOT / "var" / "bench"
SIZES = (2_000, 20_000)


def run_size(people: int, requests: int) -> list[dict]:
    """Fill and measure in a process of its own, whose environment names the database of this size."""
    database = f"bench_{people}"
    folder = VAR / "postgres"
    address = postgres.start(folder, database, careless=True)
    environment = {"DATABASE_URL": address, "HIREHALL_VAR": str(VAR), "HIREHALL_SECRET_KEY": "only for measuring"}
    manage = [sys.executable, "-W", "ignore", "-m", "hirehall.project.manage"]
    words = [*manage, "shell", "-v0", "-c", f"from bench.web.size import run; run({people}, {requests})"]
    done = subprocess.run(words, cwd=ROOT, env={**os.environ, **environment}, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=5_000, help="how many requests memory is watched over")
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    given = parser.parse_args()
    VAR.mkdir(parents=True, exist_ok=True)
    rows = [row for people in given.sizes for row in run_size(people, given.requests)]
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(rows, indent=1) + "\n")
    for row in rows:
        aim = "" if row["aim"] is None else f"aim {row['aim']:.2f} {'met' if row['met'] else 'MISSED'}"
        print(f"{row['size']:>7} {row['measure']:44} {row['ours']:>9.1f} {row['unit']:10} {row['ratio'] or 0:>6.2f} of limit  {aim}")


if __name__ == "__main__":
    main()
