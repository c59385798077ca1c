"""`hirehall check books`: every check of the books, now. 0: all is right; 1: something does not agree; 2: not checked.

Each finding is one line: check, account and unit, what was expected, what was found. Findings are kept, so that staff
sees them in the books; with --gateway the payment companies are asked for their lists too.
"""

import sys
from argparse import ArgumentParser
from datetime import date

from django.core.management.base import BaseCommand
from django.db import Error

from hirehall.money.books import checks, queries, tasks
from hirehall.money.books.actions.days import close_days, close_days_again
from hirehall.money.books.models import CheckRun
from hirehall.money.payments.gateways.port import GatewayDown
from hirehall.money.payments.gateways.registry import gateways

RIGHT, WRONG, UNCHECKED = 0, 1, 2


class Command(BaseCommand):
    help = "Check the books: totals, balances, days, events, holds, lots, escrow, and the gateways' lists."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--gateway", action="store_true", help="fetch the gateways' lists and compare them first")
        parser.add_argument("--close-again", type=date.fromisoformat, metavar="DAY", help="sum the days from this one on anew")

    def handle(self, **options) -> None:
        try:
            code = self._check(options["gateway"], options["close_again"])
        except (Error, GatewayDown) as error:
            self.stderr.write(f"The books could not be checked: {str(error).strip()}")
            code = UNCHECKED
        if code:
            sys.exit(code)

    def _check(self, ask_gateways: bool, close_again_from: date | None) -> int:
        close_days_again(close_again_from) if close_again_from else close_days()
        found = 0
        for name in checks.names():
            found += self._tell(checks.run_check(name))
        for name in gateways():
            if ask_gateways:
                tasks.compare_with(name)
            found += self._tell(queries.last_runs().get(f"gateway {name}"), f"gateway {name}")
        self.stdout.write("The books are right." if not found else f"{found} findings.")
        return WRONG if found else RIGHT

    def _tell(self, run: CheckRun | None, name: str = "") -> int:
        """Print what is open of a check; what staff explained is told and does not count."""
        name = run.check_name if run else name
        if run is None:
            self.stdout.write(f"{name}: never compared; use --gateway")
            return 0
        is_open = 0
        for finding in queries.list_findings_of(name):
            unit = f" {finding.unit}" if finding.unit else ""
            line = f"{name}: {finding.account}{unit}: expected {finding.expected}, found {finding.found}"
            explained = f" (explained: {finding.reason})" if finding.reason else ""
            self.stdout.write(line + explained)
            is_open += not explained
        return is_open
