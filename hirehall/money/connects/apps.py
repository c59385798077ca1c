"""The connects room as an app."""

from django.apps import AppConfig


class ConnectsConfig(AppConfig):
    name = "hirehall.money.connects"
    label = "connects"
