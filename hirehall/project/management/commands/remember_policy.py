"""Keeps the text of the policy in force, and deletes form keys that nobody will repeat."""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError

from hirehall.kernel import clock, policy
from hirehall.kernel.models import Once

KEYS_KEPT = timedelta(days=7)


class Command(BaseCommand):
    help = "Keep the policy version in force; run at every start."

    def handle(self, **options) -> None:
        try:
            policy.remember_version()
        except policy.BadPolicy as error:
            raise CommandError(str(error)) from error
        Once.objects.filter(at__lt=clock.now() - KEYS_KEPT).delete()
