"""The command line of the project: Django's commands and ours."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hirehall.project.settings")
    execute_from_command_line(["hirehall", *sys.argv[1:]])


if __name__ == "__main__":
    main()
