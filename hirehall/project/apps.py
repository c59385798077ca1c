"""At start: load and check the policy, wire events to their reactions, and name who guards which files."""

from importlib import import_module

from django.apps import AppConfig
from django.conf import settings


class ProjectConfig(AppConfig):
    name = "hirehall.project"
    label = "project"

    def ready(self) -> None:
        # By name, because wiring imports every room's models, which are loaded only now.
        import_module("hirehall.project.wiring").start(settings.POLICY_FILE)
