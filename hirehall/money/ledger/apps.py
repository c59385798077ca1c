"""The ledger room as an app."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "hirehall.money.ledger"
    label = "ledger"
