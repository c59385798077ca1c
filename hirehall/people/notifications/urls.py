"""Addresses of the notices."""

from django.urls import path

from hirehall.people.notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.list_notices, name="list"),
    path("bell/", views.bell, name="bell"),
    path("read-all/", views.read_all, name="read_all"),
    path("settings/", views.settings, name="settings"),
    path("devices/", views.add_this_device, name="add_device"),
    path("devices/<id:device_id>/remove/", views.drop_device, name="drop_device"),
    path("worker.js", views.worker, name="worker"),
    path("<id:notice_id>/", views.follow, name="follow"),
]
