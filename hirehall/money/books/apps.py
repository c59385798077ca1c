"""The books room as an app."""

from django.apps import AppConfig


class BooksConfig(AppConfig):
    name = "hirehall.money.books"
    label = "books"
