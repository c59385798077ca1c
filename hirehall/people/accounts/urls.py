"""Addresses of the account pages; sign-in, mail addresses, password, sessions and second factors are allauth's."""

from django.urls import path

from hirehall.people.accounts import views

app_name = "accounts"
urlpatterns = [
    path("start/", views.start, name="start"),
    path("switch/<id:party_id>/", views.switch, name="switch"),
    path("company/", views.company, name="company"),
    path("person/", views.person, name="person"),
    path("tokens/", views.tokens, name="tokens"),
    path("tokens/<id:token_id>/revoke/", views.revoke, name="revoke"),
]
