"""Addresses of disputes."""

from django.urls import path

from hirehall.work.disputes import staff_views, views

app_name = "disputes"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("contract/<id:contract_id>/", views.open_one, name="open"),
    path("contract/<id:contract_id>/card/", views.card, name="card"),
    path("<id:dispute_id>/", views.case, name="case"),
    path("<id:dispute_id>/answer/", views.answer, name="answer"),
    path("<id:dispute_id>/evidence/", views.evidence, name="evidence"),
    path("<id:dispute_id>/done/", views.done, name="done"),
    path("<id:dispute_id>/offer/", views.offer, name="offer"),
    path("<id:dispute_id>/withdraw/", views.withdraw, name="withdraw"),
    path("solutions/<id:solution_id>/answer/", views.answer_solution, name="answer_solution"),
    path("queue/", staff_views.queue, name="queue"),
    path("queue/<id:dispute_id>/", staff_views.case, name="staff_case"),
    path("queue/<id:dispute_id>/propose/", staff_views.propose, name="propose"),
    path("queue/<id:dispute_id>/decide/", staff_views.decide, name="decide"),
]
