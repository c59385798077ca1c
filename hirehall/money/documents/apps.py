"""The documents room as an app."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "hirehall.money.documents"
    label = "documents"
