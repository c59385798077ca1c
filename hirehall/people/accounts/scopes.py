"""What an API token may do: the guard that operations of every room wear."""

import functools
from collections.abc import Callable

from hirehall.kernel.errors import NotFound, Refused


def needs(scope: str, *kinds: str) -> Callable:
    """Open an operation to tokens with the scope, and to actors of the kinds when any is named.

    Stands below the router's decorator. "freelancer" lets agencies in too, "staff" only staff.
    """

    def wrap(operation: Callable) -> Callable:
        @functools.wraps(operation)
        def guarded(request, *args, **kwargs):
            if scope not in request.token_scopes:
                raise Refused("token:scope", f"This token does not carry the scope '{scope}'.")
            actor = request.actor
            if "staff" in kinds and not actor.is_staff:
                raise NotFound("operation")
            wanted = set(kinds) - {"staff"}
            if wanted and not (actor.kind in wanted or ("freelancer" in wanted and actor.is_freelancer)):
                raise NotFound("operation")
            return operation(request, *args, **kwargs)

        guarded.needed_scope, guarded.needed_kinds = scope, kinds
        return guarded

    return wrap


def opens_with_session(operation: Callable) -> Callable:
    """Mark an operation that a freshly signed-in person opens, before there is any token."""
    operation.needed_scope, operation.needed_kinds = "session", ()
    return operation
