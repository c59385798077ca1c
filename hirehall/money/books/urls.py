"""Addresses of the books."""

from django.urls import path

from hirehall.money.books import adjustment_views, file_views, views

app_name = "books"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("balance/", views.trial_balance, name="balance"),
    path("income/", views.income, name="income"),
    path("escrow/", views.escrow, name="escrow"),
    path("ageing/", views.ageing, name="ageing"),
    path("findings/", views.findings, name="findings"),
    path("findings/<id:finding_id>/", views.finding, name="finding"),
    path("adjustments/", adjustment_views.adjustments, name="adjustments"),
    path("adjustments/new/", adjustment_views.propose, name="propose"),
    path("adjustments/<id:adjustment_id>/", adjustment_views.adjustment, name="adjustment"),
    path("adjustments/<id:adjustment_id>/approve/", adjustment_views.decide, {"verb": "approve"}, name="approve"),
    path("adjustments/<id:adjustment_id>/decline/", adjustment_views.decide, {"verb": "decline"}, name="decline"),
    path("adjustments/<id:adjustment_id>/withdraw/", adjustment_views.decide, {"verb": "withdraw"}, name="withdraw"),
    path("trail/", views.trail, name="trail"),
    path("files/", file_views.files, name="files"),
    path("journal.csv", file_views.journal_csv, name="journal_csv"),
    path("journal.beancount", file_views.journal_beancount, name="journal_beancount"),
    path("balance.csv", file_views.balance_csv, name="balance_csv"),
    path("income.csv", file_views.income_csv, name="income_csv"),
    path("escrow.csv", file_views.escrow_csv, name="escrow_csv"),
    path("ageing.csv", file_views.ageing_csv, name="ageing_csv"),
]
