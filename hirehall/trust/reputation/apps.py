"""The reputation room as an app."""

from django.apps import AppConfig


class ReputationConfig(AppConfig):
    name = "hirehall.trust.reputation"
    label = "reputation"
