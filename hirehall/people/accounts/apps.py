"""The accounts room as an app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "hirehall.people.accounts"
    label = "accounts"
