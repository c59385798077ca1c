"""Addresses of the search pages."""

from django.urls import path

from hirehall.guide.search import views

app_name = "search"
urlpatterns = [
    path("work/", views.find_jobs, name="jobs"),
    path("talent/", views.find_talent, name="talent"),
]
