"""Addresses of feedback."""

from django.urls import path

from hirehall.trust.reputation import views

app_name = "reputation"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("contract/<id:contract_id>/", views.exchange, name="contract"),
    path("<id:feedback_id>/reply/", views.reply, name="reply"),
    path("<id:feedback_id>/ask/", views.ask, name="ask"),
    path("<id:feedback_id>/allow/", views.allow, name="allow"),
    path("<id:feedback_id>/change/", views.change, name="change"),
]
