"""The screening room as an app; it has no tables."""

from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    name = "hirehall.people.screening"
    label = "screening"
