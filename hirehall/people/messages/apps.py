"""The messages room as an app."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "hirehall.people.messages"
    # Django's own message framework holds the plain label.
    label = "talks"
