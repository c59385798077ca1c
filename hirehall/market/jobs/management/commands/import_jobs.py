"""`manage.py import_jobs FILE.csv`, also `hirehall import jobs FILE.csv`: posts from another system become jobs.

It stands in the jobs room because it writes jobs and nothing else; like views it only translates: sheets.py reads the
file, columns.py makes terms of a row, actions/importing.py writes. The whole file is checked before the first job is
posted; a row that can't be a job is reported with its line and reason and harms no other.
"""

import csv
import tempfile
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from hirehall.kernel.errors import Refused, refuse
from hirehall.market.jobs.actions.importing import import_post, try_import
from hirehall.market.jobs.columns import FIELDS, Reader, key_of, map_columns
from hirehall.market.jobs.policy import numbers
from hirehall.market.jobs.sheets import BrokenFile, Row, check_file, plain_cell, read_rows
from hirehall.market.profiles import taxonomy
from hirehall.money.payments.currencies import why_not_unit
from hirehall.money.payments.policy import main_unit, taken
from hirehall.people.accounts.actors import Actor
from hirehall.people.accounts.queries import find_owner, list_parties_called

SHOWN = 10


class Command(BaseCommand):
    help = "Import job posts from a CSV file. Twice the same file makes no job twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.csv")
        parser.add_argument("--client", default="", help="who posts them: id or name of a client, or a person's e-mail")
        parser.add_argument(
            "--map", action="append", default=[], metavar="COLUMN=FIELD", help=f"fields: {', '.join(FIELDS)}"
        )
        parser.add_argument("--category", default="", help="for posts whose skills point to no category")
        parser.add_argument("--rate", default="", metavar="LOW-HIGH", help="for hourly posts that say no rate")
        parser.add_argument("--unit", default="", help="currency of amounts that name none, like EUR; the market's main one")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and write nothing")
        parser.add_argument("--report", type=Path, help="where the rejected rows are listed; var/imports otherwise")

    def handle(self, *, file: Path, client: str, category: str, dry_run: bool, **options) -> None:
        actor = self._client(client)
        known = taxonomy.load()
        if category and category not in {one.slug for one in known.categories}:
            raise CommandError(f"There is no category {category}; there are {', '.join(c.slug for c in known.categories)}.")
        report = _report_place(options["report"], file)
        try:
            headings = check_file(file)
            columns = map_columns(headings, _pairs(options["map"]))
            unit = options["unit"] or main_unit()
            refuse(why_not_unit(unit, taken()))
            reader = Reader(
                columns, known, unit, numbers().skills_max, category=category, rate=options["rate"], units=taken().names
            )
        except BrokenFile as error:
            raise CommandError(f"{file}: {error} Nothing was imported.") from error
        except Refused as refusal:
            raise CommandError(f"{file}: {refusal.sentence} Nothing was imported.") from refusal
        done: Counter[str] = Counter()
        rejected: list[tuple[int, str, str]] = []
        keys: set[str] = set()
        for row in self._with_bar(file):
            key = key_of(row.cells, columns, str(actor.party_id))
            try:
                terms = reader.terms(row.cells)
                known_already = key in keys or (try_import if dry_run else import_post)(actor, terms, key) is None
                done["known" if known_already else "imported"] += 1
                keys.add(key)
            except Refused as refusal:
                rejected.append((row.line, row.cells[columns["title"]], refusal.sentence))
        self._tell(file, done, rejected, dry_run=dry_run)
        self._write_report(report, rejected)

    def _client(self, wanted: str) -> Actor:
        found = list_parties_called(wanted, "client")
        if len(found) == 1:
            return find_owner(found[0].id)
        if not found:
            raise CommandError(f"There is no client {wanted}." if wanted else "There is no client yet; let one sign up first.")
        raise CommandError("There are several such clients; say which with --client and its id, name or a person's e-mail.")

    def _with_bar(self, file: Path) -> Iterator[Row]:
        total = sum(1 for _ in read_rows(file))
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, transient=True) as progress:
            bar = progress.add_task("Importing", total=total)
            for row in read_rows(file):
                yield row
                progress.advance(bar)

    def _tell(self, file: Path, done: Counter[str], rejected: list[tuple[int, str, str]], *, dry_run: bool) -> None:
        verb = "would be imported" if dry_run else "imported"
        self.stdout.write(f"{file.name}: {done['imported']} {verb}, {done['known']} known already, {len(rejected)} rejected.")
        for reason, number in Counter(reason for _, _, reason in rejected).most_common(SHOWN):
            self.stdout.write(f"  {number:>5}  {reason}")
        for line, title, reason in rejected[:SHOWN]:
            self.stdout.write(f"  line {line}, “{title[:50]}”: {reason}")

    def _write_report(self, path: Path, rejected: list[tuple[int, str, str]]) -> None:
        if not rejected:
            return
        with path.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(("line", "title", "reason"))
            writer.writerows((line, plain_cell(title), reason) for line, title, reason in rejected)
        self.stdout.write(f"All {len(rejected)} rejected rows are listed in {path}.")


def _report_place(wanted: Path | None, file: Path) -> Path:
    """Where the rejected rows will be listed. Found out before the import: afterwards a list that can't be kept is lost."""
    path = wanted or Path(settings.VAR) / "imports" / f"{file.stem}.rejected.csv"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent):
            pass
    except OSError as error:
        raise CommandError(f"The report can't be written to {path}: {error.strerror}. Nothing was imported.") from error
    if path.is_dir() or (path.exists() and file.exists() and path.samefile(file)):
        raise CommandError(f"The report can't be written to {path}: choose another file. Nothing was imported.")
    return path


def _pairs(given: list[str]) -> dict[str, str]:
    pairs = dict(one.rpartition("=")[::2] for one in given)
    if "" in pairs or "" in pairs.values():
        raise CommandError("Write a map as COLUMN=FIELD, for example --map Headline=title.")
    return pairs
