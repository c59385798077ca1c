"""Runs things at the same moment, each in its own thread with its own database connection."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection


def at_once(runs: Sequence[Callable[[], Any]]) -> list[Any]:
    """Start all together; returns each one's result or the exception that it raised."""
    start = Barrier(len(runs))

    def one(run: Callable[[], Any]) -> Any:
        try:
            start.wait(timeout=30)
            return run()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(runs)) as pool:
        return list(pool.map(one, runs))
