"""Addresses of Connects."""

from django.urls import path

from hirehall.money.connects import views

app_name = "connects"
urlpatterns = [
    path("", views.show_history, name="history"),
    path("buy/", views.buy, name="buy"),
]
