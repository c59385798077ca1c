"""Addresses of the notices."""

from django.urls import path

from hirehall.people.notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.list_notices, name="list"),
    path("bell/", views.bell, name="bell"),
    path("read-all/", views.read_all, name="read_all"),
    path("settings/", views.settings, name="settings"),
    path("<id:notice_id>/", views.follow, name="follow"),
]
