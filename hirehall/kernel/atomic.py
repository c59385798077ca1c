"""`@action`: one transaction around every write; actions that call actions share the outermost one."""

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.db import transaction

P = ParamSpec("P")
R = TypeVar("R")


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Run the function in a transaction. No savepoint inside another action: a refusal undoes all of it."""

    @functools.wraps(function)
    def in_transaction(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic(savepoint=False):
            return function(*args, **kwargs)

    in_transaction.is_action = True  # type: ignore[attr-defined]
    return in_transaction
