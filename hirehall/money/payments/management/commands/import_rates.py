"""`manage.py import_rates FILE.csv`, also `hirehall import rates FILE.csv`: exchange rates that somebody publishes.

The columns are from, to, rate, source and since (a day or a moment; now when it is empty). All rows or none.
"""

import csv
from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from hirehall.kernel.errors import Refused
from hirehall.money.payments.actions.conversions import set_rate
from hirehall.money.payments.conversion import read_rate
from hirehall.people.accounts.actors import SYSTEM

NEEDED = ("from", "to", "rate", "source")


class Command(BaseCommand):
    help = "Set exchange rates from a CSV file with the columns from, to, rate, source and since. Twice the same is harmless."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.csv")

    def handle(self, *, file: Path, **options) -> None:
        with file.open(encoding="utf-8-sig", newline="") as lines, transaction.atomic():
            rows = csv.DictReader(lines)
            missing = [name for name in NEEDED if name not in (rows.fieldnames or ())]
            if missing:
                raise CommandError(f"{file}: no column for {', '.join(missing)}. Nothing was set.")
            count = 0
            for row in rows:
                try:
                    self._set(row)
                except (Refused, ValueError) as reason:
                    raise CommandError(f"{file}, line {rows.line_num}: {reason} Nothing was set.") from reason
                count += 1
        self.stdout.write(f"{file.name}: {count} rates are in force.")

    def _set(self, row: dict[str, str]) -> None:
        given = {name: (value or "").strip() for name, value in row.items() if name}
        since = datetime.fromisoformat(given["since"]) if given.get("since") else None
        if since is not None and since.tzinfo is None:
            since = since.replace(tzinfo=UTC)
        set_rate(SYSTEM, given["from"], given["to"], read_rate(given["rate"]), source=given["source"], since=since)
