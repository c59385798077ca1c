"""The command line of the project: Django's commands and ours. `hirehall import jobs` is `import_jobs`."""

import logging
import os
import sys

from django.core.management import execute_from_command_line

from hirehall.project.starting import told_in_words

TWO_WORDS = ("check_books", "import_jobs")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hirehall.project.settings")
    words = one_word(sys.argv[1:])
    with told_in_words():
        execute_from_command_line(["hirehall", *words])
    if words[:2] == ["procrastinate", "worker"]:
        leave_at_once()


def leave_at_once() -> None:
    """End without taking the process apart object by object: the worker has ended its jobs, and somebody waits for Ctrl-C."""
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(0)


def one_word(words: list[str]) -> list[str]:
    """Two words that name one command, as one."""
    name = "_".join(words[:2])
    return [name, *words[2:]] if name in TWO_WORDS else words


if __name__ == "__main__":
    main()
