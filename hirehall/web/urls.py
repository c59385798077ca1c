"""Addresses of the pages that mix rooms."""

from django.urls import path

from hirehall.web import views

app_name = "web"
urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("file/<id:file_id>/", views.file, name="file"),
]
