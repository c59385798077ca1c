"""One client: what it does over and over, in a process that Django is ready in; with `fill` it fills the database.

It says ready, waits for the word, and tells what it did.
"""

import json
import random
import sys
import time
from collections.abc import Callable
from types import ModuleType

import psutil
from django.db import connection


def measure(run: Callable[[int], int], seconds: float) -> None:
    """Do it over and over; the first time, which opens the connection, does not count."""
    run(-1)
    process = psutil.Process()
    print("ready", flush=True)
    sys.stdin.readline()
    before, done, turn, began = process.memory_info().rss, 0, 0, time.perf_counter()
    while time.perf_counter() - began < seconds:
        done += run(turn)
        turn += 1
    told = {"done": done, "seconds": time.perf_counter() - began, "before_mb": before / 1024**2, "after_mb": process.memory_info().rss / 1024**2}
    print(json.dumps(told), flush=True)


def main(module: ModuleType, what: str, number: int, seconds: float) -> None:
    if what == "fill":
        module.fill()
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    else:
        measure(getattr(module, what)(random.Random(number), number), seconds)
