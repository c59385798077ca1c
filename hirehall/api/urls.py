"""Addresses of the API, its description and its manual; each room's router is added here."""

from django.urls import path

from hirehall.api.root import api
from hirehall.people.accounts.api import router as accounts

api.add_router("", accounts)

urlpatterns = [path("", api.urls)]
