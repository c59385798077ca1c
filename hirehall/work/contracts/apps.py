"""The contracts room as an app."""

from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "hirehall.work.contracts"
    label = "contracts"
