"""Every event and its reactions, and every guard of files, on one screen.

A reaction is a function of a higher room that takes the event; it runs in a job of its own, once.
An event is a fact: nobody waits for a reaction, and none may refuse. A guard says who may open the stored
files of one purpose; files without a guard stay closed.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from hirehall.kernel import events, files, policy
from hirehall.kernel.events import Reaction
from hirehall.kernel.files import Guard
from hirehall.people.messages import queries as messages

REACTIONS: Mapping[str, Sequence[Reaction]] = {}

GUARDS: Mapping[str, Guard] = {
    messages.FILE_PURPOSE: messages.may_open_file,
}


def start(policy_file: Path) -> None:
    """Called once when all apps are loaded."""
    policy.load(policy_file)
    events.wire(REACTIONS)
    for purpose, may_open in GUARDS.items():
        files.guard(purpose, may_open)
