"""Makes the kernel's few tables (events, deliveries, files, mails, once keys, policy versions) an app."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "hirehall.kernel"
    label = "kernel"
