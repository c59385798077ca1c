"""The disputes room as an app."""

from django.apps import AppConfig


class DisputesConfig(AppConfig):
    name = "hirehall.work.disputes"
    label = "disputes"
