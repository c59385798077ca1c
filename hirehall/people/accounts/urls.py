"""Addresses of the account pages."""

from django.urls import path

from hirehall.people.accounts import views

app_name = "accounts"
urlpatterns = [
    path("start/", views.start, name="start"),
    path("switch/<id:party_id>/", views.switch, name="switch"),
]
