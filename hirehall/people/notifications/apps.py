"""The notifications room as an app."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "hirehall.people.notifications"
    label = "notifications"
