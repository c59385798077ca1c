"""The profiles room as an app."""

from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    name = "hirehall.market.profiles"
    label = "profiles"
