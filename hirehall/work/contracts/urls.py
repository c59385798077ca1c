"""Addresses of offers and contracts."""

from django.urls import path

from hirehall.work.contracts import extra_views, quiet_views, room_views, views

app_name = "contracts"
urlpatterns = [
    path("", views.list_contracts, name="list"),
    path("offers/new/<id:proposal_id>/", views.make_offer, name="make_offer"),
    path("offers/test/<id:proposal_id>/", views.make_test_offer, name="make_test_offer"),
    path("offers/direct/<id:freelancer_id>/", views.make_direct_offer, name="make_direct_offer"),
    path("offers/<id:offer_id>/", views.offer, name="offer"),
    path("offers/<id:offer_id>/change/", views.change_offer, name="change_offer"),
    path("offers/<id:offer_id>/accept/", views.accept, name="accept"),
    path("offers/<id:offer_id>/decline/", views.decline, name="decline"),
    path("<id:contract_id>/", room_views.room, name="room"),
    path("<id:contract_id>/amend/", room_views.amend, name="amend"),
    path("<id:contract_id>/end/", room_views.end, name="end"),
    path("<id:contract_id>/refund/", room_views.refund, name="refund"),
    path("<id:contract_id>/bonus/", extra_views.give_bonus, name="give_bonus"),
    path("<id:contract_id>/expenses/new/", extra_views.claim_expense, name="claim_expense"),
    path("<id:contract_id>/give-back/", extra_views.propose_repayment, name="propose_repayment"),
    path("expenses/<id:expense_id>/", extra_views.expense, name="expense"),
    path("give-back/<id:repayment_id>/answer/", extra_views.answer_repayment, name="answer_repayment"),
    path("<id:contract_id>/keep-open/", quiet_views.keep_open, name="keep_open"),
    path("<id:contract_id>/release/", quiet_views.release_dormant, name="release_dormant"),
    path("<id:contract_id>/ask-release/", quiet_views.ask_release, name="ask_release"),
    path("<id:contract_id>/close/", room_views.propose_close, name="propose_close"),
    path("closings/<id:closing_id>/answer/", quiet_views.answer_close, name="answer_close"),
    path("milestones/<id:milestone_id>/fund/", room_views.fund, name="fund"),
    path("milestones/<id:milestone_id>/submit/", room_views.submit, name="submit"),
    path("milestones/<id:milestone_id>/changes/", room_views.changes, name="changes"),
    path("milestones/<id:milestone_id>/approve/", room_views.approve, name="approve"),
    path("changes/<id:amendment_id>/answer/", room_views.answer, name="answer"),
]
