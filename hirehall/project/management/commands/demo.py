"""Fills an empty market with a simulated year: people, jobs, proposals, contracts, money, all by the real actions."""

import os
import time
from argparse import ArgumentParser
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from hirehall.guide.search.actions import rebuild_index
from hirehall.kernel import clock
from hirehall.people.accounts.models import Party
from sim.driver import driving
from sim.market import FIRST_NAMES, PASSWORD, Market
from sim.plans import Size, draw_plan
from sim.workers import workers

WHO = {
    "clara": "client with jobs, proposals and contracts",
    "tomas": "freelancer at work",
    "amara": "second freelancer",
    "sam": "staff",
}


def last_midnight(day: str = "") -> datetime:
    """The end of the year: the beginning of a day, so that every run of a day plays the same year whatever the hour."""
    wanted = datetime.fromisoformat(day) if day else clock.now()
    return wanted.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=UTC)


class Command(BaseCommand):
    help = "Fill an empty market with a simulated year of invented people and their work."

    def add_arguments(self, parser: ArgumentParser) -> None:
        size = Size()
        parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same market")
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing, quietly, when there are people already"
        )
        parser.add_argument("--until", help="the day with whose beginning the year ends, like 2026-11-01; today when it is left out")
        parser.add_argument("--freelancers", type=int, default=size.freelancers)
        parser.add_argument("--clients", type=int, default=size.clients)
        parser.add_argument("--jobs", type=int, default=size.jobs)
        parser.add_argument(
            "--workers", type=int, default=min(2, os.cpu_count() or 1), help="processes that build profiles"
        )

    def handle(self, **options) -> None:
        running = Path(settings.VAR) / "demo_unfinished"
        if Party.objects.exists():
            if running.exists():
                raise CommandError(f"The last demo was interrupted half-way. Delete {settings.VAR} and start again.")
            if options["if_empty"]:
                return
            raise CommandError("There are people in this market already; a demo fills only an empty one.")
        until = last_midnight(options["until"])
        plan = draw_plan(options["seed"], Size(options["freelancers"], options["clients"], options["jobs"]), until)
        running.parent.mkdir(parents=True, exist_ok=True)
        running.touch()
        began = time.monotonic()
        done = self._play(plan, options["workers"])
        for _ in rebuild_index():
            pass
        running.unlink()
        text = self._write_sign_ins()
        told = ", ".join(f"{number} {what}" for what, number in done.items())
        self.stdout.write(f"  ✓ Fill the market with a demo: {told} ({time.monotonic() - began:.0f} s)")
        if not options["if_empty"]:
            # `make up` asks for a demo "if empty", and prints this itself when all is running.
            self.stdout.write(text)

    def _play(self, plan, processes: int) -> Counter[str]:
        done: Counter[str] = Counter()
        columns = (
            TextColumn("  Fill the market with a demo"),
            BarColumn(),
            TextColumn("{task.description}"),
            TimeElapsedColumn(),
        )
        with (
            workers(processes, plan.start) as pool,
            driving(plan.start) as driver,
            Progress(*columns, transient=True) as progress,
        ):
            bar = progress.add_task("", total=(plan.until - plan.start).days)

            def tell(what: str) -> None:
                done[what] += 1
                now = clock.now()
                progress.update(
                    bar, completed=(now - plan.start).days, description=f"{now:%B %Y}, {sum(done.values())} steps"
                )

            Market(plan, driver, tell).run(pool)
        return done

    def _write_sign_ins(self) -> str:
        rows = [f"    {name + '@hirehall.example':26} {WHO[name]}" for name in FIRST_NAMES.values()]
        text = "\n".join(["  Sign in as", *rows, f"  with the password {PASSWORD}", ""])
        (Path(settings.VAR) / "demo_sign_ins.txt").write_text(text, encoding="utf-8")
        return text
