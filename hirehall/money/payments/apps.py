"""The payments room as an app."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "hirehall.money.payments"
    label = "payments"
