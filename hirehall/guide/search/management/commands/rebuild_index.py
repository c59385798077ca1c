"""Writes the whole index of search anew from the rooms' rows, with a bar that shows how far it is."""

from django.core.management.base import BaseCommand
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from hirehall.guide.search.actions import rebuild_index


class Command(BaseCommand):
    help = "Index all open jobs and published profiles anew. Search goes on meanwhile."

    def handle(self, **options) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        done = 0
        with Progress(*columns, transient=True) as progress:
            bar = progress.add_task("Indexing", total=None)
            for done, whole in rebuild_index():
                progress.update(bar, completed=done, total=whole)
        self.stdout.write(f"Indexed {done} jobs and profiles.")
