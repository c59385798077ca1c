"""Addresses of proposals."""

from django.urls import path

from hirehall.market.proposals import views

app_name = "proposals"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("to/<id:job_id>/", views.job_list, name="list"),
    path("to/<id:job_id>/compare/", views.compare, name="compare"),
    path("send/<id:job_id>/", views.send, name="send"),
    path("<id:proposal_id>/", views.detail, name="detail"),
    path("<id:proposal_id>/revise/", views.revise, name="revise"),
    path("<id:proposal_id>/withdraw/", views.withdraw, name="withdraw"),
    path("<id:proposal_id>/shortlist/", views.shortlist, name="shortlist"),
    path("<id:proposal_id>/archive/", views.archive, name="archive"),
    path("<id:proposal_id>/restore/", views.restore, name="restore"),
    path("<id:proposal_id>/decline/", views.decline, name="decline"),
    path("<id:proposal_id>/talk/", views.talk, name="talk"),
]
