"""Builds profiles beside the main run: a few processes that sign freelancers up, each with a database line of its own.

They work ahead of the main run. Whoever joins later than its moment has done nothing in it yet: what the market gives
to all goes by the day of joining, and nothing that a new freelancer does depends on another.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import datetime
from functools import partial
from multiprocessing import get_context
from random import Random

from django.db import connections

from hirehall.kernel import clock
from sim.driver import Driver, driving
from sim.plans import Settler
from sim.settlers import SignIn, build_profile, sign_up

_held = ExitStack()
_drivers: list[Driver] = []


def settle(driver: Driver, settler: Settler, sign_in: SignIn, seed: int) -> int:
    """Sign one freelancer up at their time and publish the profile; returns the number of the user."""
    with clock.at(settler.joins_at):
        actor = sign_up(driver, settler.persona.person, sign_in, "freelancer")
        build_profile(driver, actor, settler.persona, Random(f"{seed}:face:{settler.number}"))
    assert actor.user_id is not None
    return actor.user_id


def _start(start: datetime) -> None:
    _drivers.append(_held.enter_context(driving(start)))


def _settle_here(settler: Settler, sign_in: SignIn, seed: int) -> int:
    return settle(_drivers[0], settler, sign_in, seed)


@contextmanager
def workers(count: int, start: datetime) -> Iterator[Executor | None]:
    """So many processes; none when `count` is below 2."""
    if count < 2:
        yield None
        return
    # The children must not share our line to the database.
    connections.close_all()
    with ProcessPoolExecutor(count, get_context("fork"), _start, (start,)) as pool:
        # The first task starts all of them, before anybody here has opened a line again.
        pool.submit(int).result()
        yield pool


def settle_all(
    pool: Executor | None, driver: Driver, wanted: Iterable[tuple[Settler, SignIn]], seed: int
) -> dict[int, Callable[[], int]]:
    """Begin to build some freelancers beside the run; returns what waits for each, by number, and gives the user."""
    if pool is None:
        return {settler.number: partial(settle, driver, settler, sign_in, seed) for settler, sign_in in wanted}
    return {settler.number: pool.submit(_settle_here, settler, sign_in, seed).result for settler, sign_in in wanted}
