"""Addresses of money."""

from django.urls import path

from hirehall.money.payments import (
    conversion_views,
    debt_views,
    method_views,
    payout_views,
    statement_views,
    tax_views,
    views,
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
    path("tax-number/", tax_views.tax_number, name="tax_number"),
    path("withdraw/", payout_views.withdraw, name="withdraw"),
    path("convert/", conversion_views.convert, name="convert"),
    path("quotes/<id:quote_id>/", conversion_views.show_quote, name="quote"),
    path("quotes/<id:quote_id>/accept/", conversion_views.accept, name="accept_conversion"),
    path("currency/", conversion_views.choose_unit, name="choose_unit"),
    path("rates/", conversion_views.show_rates, name="rates"),
    path("statement/", statement_views.show_statement, name="statement"),
    path("statement.csv", statement_views.statement_csv, name="statement_csv"),
    path("statement.json", statement_views.statement_json, name="statement_json"),
    path("debts/", debt_views.debts, name="debts"),
    path("debts/<id:debt_id>/pay/", debt_views.pay_debt, name="pay_debt"),
    path("debts/all/", debt_views.all_debts, name="all_debts"),
    path("debts/<id:debt_id>/transfer/", debt_views.record_transfer, name="record_transfer"),
    path("webhooks/<slug:name>/", views.webhook, name="webhook"),
]
