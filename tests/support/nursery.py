"""A process with all of Hirehall imported that makes others by forking: a worker or a command of ours begins at once.

What it makes are processes like any other, each with a group of its own: they can be killed, and die alone.
A wish is one line of JSON on its input and its answer one line on its output.
"""

import json
import os
import random
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command

from hirehall.kernel import clock
from tests.support.database import ROOT


class Nursery:
    """The forking process of one market, with its environment."""

    def __init__(self, environment: dict[str, str], log: Path):
        words = [sys.executable, "-W", "ignore", "-m", "tests.support.nursery"]
        settings = {"DJANGO_SETTINGS_MODULE": "hirehall.project.settings"}
        with log.open("ab") as errors:
            self._process = subprocess.Popen(
                words, cwd=ROOT, env={**environment, **settings}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True
            )

    def _wish(self, **wish: Any) -> int:
        self._process.stdin.write(json.dumps(wish) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def spawn(self, words: list[str], out: Path) -> "Child":
        """A module with its words, as `python -m` runs it; what it prints is added to a file."""
        return Child(self, self._wish(words=words, out=str(out)))

    def wait_for(self, pid: int) -> int:
        return self._wish(wait=pid)

    def end(self) -> None:
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


class Child:
    """One of its processes."""

    def __init__(self, nursery: Nursery, pid: int):
        self._nursery, self.pid = nursery, pid

    def wait(self) -> int:
        """Its exit code, or the negative number of the signal that ended it."""
        return self._nursery.wait_for(self.pid)


def _run(words: list[str], out: str) -> None:
    os.setpgid(0, 0)
    into = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for number in (1, 2):
        os.dup2(into, number)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for source in (random, clock.chance()):
        source.seed()
    sys.argv = words
    runpy.run_module(words[0], run_name="__main__", alter_sys=True)


def _fork(words: list[str], out: str) -> int:
    pid = os.fork()
    if pid:
        # Here too: whoever asked may kill the group before the child has made it.
        os.setpgid(pid, pid)
        return pid
    code = 0
    try:
        _run(words, out)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def main() -> None:
    django.setup()
    # What each command would do for itself first, and takes longest: all addresses with their operations.
    call_command("check", stdout=sys.stderr)
    for line in sys.stdin:
        wish = json.loads(line)
        answer = os.waitstatus_to_exitcode(os.waitpid(wish["wait"], 0)[1]) if "wait" in wish else _fork(wish["words"], wish["out"])
        print(answer, flush=True)


if __name__ == "__main__":
    main()
