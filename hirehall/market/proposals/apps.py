"""The proposals room as an app."""

from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "hirehall.market.proposals"
    label = "proposals"
