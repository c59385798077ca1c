"""`@action`: one transaction around every write; actions that call actions share the outermost one.

The outermost action is undone as a whole by a refusal, even when it stands inside a wider transaction (a form's
idempotency key, a job's delivery, a test); the actions it calls have no savepoint of their own. What a database can't
undo by itself, such as a file that was written, names its opposite with `on_undo`.
"""

import functools
import threading
from collections.abc import Callable, Collection
from typing import ParamSpec, TypeVar

from django.db import transaction

P = ParamSpec("P")
R = TypeVar("R")

_depth = threading.local()


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Run the function in a transaction, or in that of the action which calls it."""

    @functools.wraps(function)
    def in_transaction(*args: P.args, **kwargs: P.kwargs) -> R:
        outermost = not getattr(_depth, "inside", False)
        if outermost:
            _depth.inside, _depth.opposites = True, []
        try:
            with transaction.atomic(savepoint=outermost):
                return function(*args, **kwargs)
        except BaseException:
            if outermost:
                for undo in reversed(_depth.opposites):
                    undo()
            raise
        finally:
            _depth.inside = not outermost

    in_transaction.is_action = True  # type: ignore[attr-defined]
    return in_transaction


def on_undo(opposite: Callable[[], object]) -> None:
    """Call this if the action that is running is undone; outside of an action nothing is."""
    if getattr(_depth, "inside", False):
        _depth.opposites.append(opposite)


def act_on_each(due: Collection[R], act: Callable[[R], object]) -> int:
    """Do an action for each of some rows; one that fails does not hold up those after it.

    Each has its own transaction. What failed is raised at the end, all together, so that the timer's job shows it;
    the next run tries it again. Returns how many went through.
    """
    failed = []
    for one in due:
        try:
            act(one)
        except Exception as error:  # noqa: BLE001 raised below
            error.add_note(f"{act.__name__} of {one}")
            failed.append(error)
    if failed:
        raise ExceptionGroup(f"{len(failed)} of {len(due)} failed", failed)
    return len(due)
