"""The command line of the project: Django's commands and ours. `hirehall import jobs` is `import_jobs`."""

import os
import sys

from django.core.management import execute_from_command_line

from hirehall.project.starting import told_in_words

TWO_WORDS = ("check_books", "import_jobs")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hirehall.project.settings")
    with told_in_words():
        execute_from_command_line(["hirehall", *one_word(sys.argv[1:])])


def one_word(words: list[str]) -> list[str]:
    """Two words that name one command, as one."""
    name = "_".join(words[:2])
    return [name, *words[2:]] if name in TWO_WORDS else words


if __name__ == "__main__":
    main()
