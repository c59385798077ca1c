"""The jobs room as an app."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "hirehall.market.jobs"
    label = "jobs"
