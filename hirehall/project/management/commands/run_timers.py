"""Defers every periodic task once, now: for a market whose clock was moved."""

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app

from hirehall.kernel import clock


class Command(BaseCommand):
    help = "Run all timed work at the present moment of the (driven) clock."

    def handle(self, **options) -> None:
        stamp = int(clock.now().timestamp())
        for periodic in app.periodic_registry.periodic_tasks.values():
            periodic.task.configure(queueing_lock=None).defer(timestamp=stamp)
