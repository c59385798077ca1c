"""The one clock and the one source of chance.

Every module asks `now()` here, so a test, the simulator and a demonstration can drive time. The clock
belongs to the process, not to a thread: a browser test that moves it moves it for the server's threads too.
Several processes share a driven clock through the file named by HIREHALL_CLOCK_FILE, which holds the number
of seconds to add to real time.
"""

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path


class _State:
    """What is driven at present; real time when nothing is."""

    frozen_at: datetime | None = None
    offset: timedelta = timedelta(0)
    file_stamp: int = -1
    file_offset: timedelta = timedelta(0)


_state = _State()
_chance = random.Random()


def now() -> datetime:
    """The present moment in UTC. Ask once at the top of an action and hand the value on."""
    if _state.frozen_at is not None:
        return _state.frozen_at
    return datetime.now(UTC) + _state.offset + _shared_offset()


def _shared_offset() -> timedelta:
    path = os.environ.get("HIREHALL_CLOCK_FILE")
    if not path:
        return timedelta(0)
    try:
        stamp = Path(path).stat().st_mtime_ns
    except FileNotFoundError:
        return timedelta(0)
    if stamp != _state.file_stamp:
        _state.file_offset = timedelta(seconds=float(Path(path).read_text() or 0))
        _state.file_stamp = stamp
    return _state.file_offset


def freeze(moment: datetime) -> None:
    """Stop the clock at a moment with a time zone; it stays there until it is moved or reset."""
    if moment.tzinfo is None:
        raise ValueError("The clock needs a moment with a time zone.")
    _state.frozen_at = moment.astimezone(UTC)


def advance(step: timedelta) -> datetime:
    """Move a frozen clock, or shift a running one, by a step; returns the new present."""
    if _state.frozen_at is not None:
        _state.frozen_at += step
    else:
        _state.offset += step
    return now()


def reset() -> None:
    """Go back to real time."""
    _state.frozen_at = None
    _state.offset = timedelta(0)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Run a block at a fixed moment, then return to what was driven before."""
    before = (_state.frozen_at, _state.offset)
    freeze(moment)
    try:
        yield
    finally:
        _state.frozen_at, _state.offset = before


def chance() -> random.Random:
    """The seeded random source of this process; never for secrets (use `secrets` there)."""
    return _chance


def seed_chance(seed: int) -> None:
    """Make all that follows repeatable."""
    _chance.seed(seed)
