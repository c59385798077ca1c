"""Addresses of money."""

from django.urls import path

from hirehall.money.payments import views

app_name = "payments"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("methods/", views.methods, name="methods"),
    path("methods/add/", views.add_method, name="add_method"),
    path("methods/<id:method_id>/confirm/", views.change_method, {"verb": "confirm"}, name="confirm_method"),
    path("methods/<id:method_id>/default/", views.change_method, {"verb": "default"}, name="choose_method"),
    path("methods/<id:method_id>/remove/", views.change_method, {"verb": "remove"}, name="remove_method"),
    path("payouts/add/", views.add_payout, name="add_payout"),
    path("payouts/<id:method_id>/remove/", views.remove_payout, name="remove_payout"),
    path("withdraw/", views.withdraw, name="withdraw"),
    path("statement/", views.show_statement, name="statement"),
    path("statement.csv", views.statement_csv, name="statement_csv"),
    path("books/", views.books, name="books"),
    path("webhooks/<slug:name>/", views.webhook, name="webhook"),
]
