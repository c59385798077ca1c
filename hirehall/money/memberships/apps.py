"""The memberships room as an app."""

from django.apps import AppConfig


class MembershipsConfig(AppConfig):
    name = "hirehall.money.memberships"
    label = "memberships"
