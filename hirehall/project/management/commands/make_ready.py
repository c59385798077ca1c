"""Everything that a market needs before its web server starts, in one process: tables, policy, where the
count of the books begins, and life in it."""

from argparse import ArgumentParser

from django.core.management import call_command
from django.core.management.base import BaseCommand

from hirehall.money.books.actions.opening import start_count


class Command(BaseCommand):
    help = "Bring the tables up to date and remember the policy; with --demo, fill an empty market."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--demo", action="store_true")

    def handle(self, *, demo: bool, **options) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("remember_policy")
        start_count()
        if demo:
            call_command("demo", if_empty=True)
