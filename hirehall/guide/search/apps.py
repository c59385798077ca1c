"""The search room as an app."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "hirehall.guide.search"
    label = "search"
