"""Addresses of money."""

from django.urls import path

from hirehall.money.payments import (
    conversion_views,
    method_views,
    payout_views,
    statement_views,
    views,
    withdrawal_views,
)

app_name = "payments"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("methods/", method_views.methods, name="methods"),
    path("methods/add/", method_views.add_method, name="add_method"),
    path("methods/begin/", method_views.begin_card, name="begin_card"),
    path("methods/<id:method_id>/replace/", method_views.add_method, name="replace_method"),
    path("methods/<id:method_id>/confirm/", method_views.change_method, {"verb": "confirm"}, name="confirm_method"),
    path("methods/<id:method_id>/default/", method_views.change_method, {"verb": "default"}, name="choose_method"),
    path("methods/<id:method_id>/remove/", method_views.change_method, {"verb": "remove"}, name="remove_method"),
    path("charges/<id:charge_id>/confirm/", method_views.confirm_charge, name="confirm_charge"),
    path("payouts/add/", payout_views.add_payout, name="add_payout"),
    path("payouts/<id:method_id>/details/", payout_views.payout_details, name="payout_details"),
    path("payouts/<id:method_id>/remove/", payout_views.remove_payout, name="remove_payout"),
    path("payouts/stop/<str:token>/", payout_views.stop_payout, name="stop_payout"),
    path("withdraw/", payout_views.withdraw, name="withdraw"),
    path("schedule/", payout_views.schedule, name="schedule"),
    path("tax-form/", payout_views.tax_form, name="tax_form"),
    path("withdrawals/", withdrawal_views.list_withdrawals, name="withdrawals"),
    path("withdrawals/<id:withdrawal_id>/", withdrawal_views.show_withdrawal, name="withdrawal"),
    path("withdrawals/<id:withdrawal_id>/take-back/", withdrawal_views.take_back, name="take_back"),
    path("withdrawals/<id:withdrawal_id>/retry/", withdrawal_views.retry, name="retry"),
    path("withdrawals/<id:withdrawal_id>/appeal/", withdrawal_views.appeal, name="appeal"),
    path("withdrawals/<id:withdrawal_id>/hold/", withdrawal_views.hold, name="hold"),
    path("holds/", withdrawal_views.holds, name="holds"),
    path("holds/<id:hold_id>/decide/", withdrawal_views.decide, name="decide_hold"),
    path("convert/", conversion_views.convert, name="convert"),
    path("quotes/<id:quote_id>/", conversion_views.show_quote, name="quote"),
    path("quotes/<id:quote_id>/accept/", conversion_views.accept, name="accept_conversion"),
    path("currency/", conversion_views.choose_unit, name="choose_unit"),
    path("rates/", conversion_views.show_rates, name="rates"),
    path("statement/", statement_views.show_statement, name="statement"),
    path("statement.csv", statement_views.statement_csv, name="statement_csv"),
    path("webhooks/<slug:name>/", views.webhook, name="webhook"),
]
