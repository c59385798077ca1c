"""The web edge as an app, so that its templates and static files are found."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "hirehall.web"
    label = "web"
