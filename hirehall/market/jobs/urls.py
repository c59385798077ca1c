"""Addresses of jobs; the public page of a job is web's, because it mixes rooms."""

from django.urls import path

from hirehall.market.jobs import views

app_name = "jobs"
urlpatterns = [
    path("post/", views.post, name="post"),
    path("post/<id:draft_id>/", views.post, name="draft"),
    path("mine/", views.mine, name="mine"),
    path("saved/", views.saved_jobs, name="saved"),
    path("<id:job_id>/manage/", views.manage, name="manage"),
    path("<id:job_id>/edit/", views.edit, name="edit"),
    path("<id:job_id>/pause/", views.pause, name="pause"),
    path("<id:job_id>/close/", views.close, name="close"),
    path("<id:job_id>/repost/", views.repost, name="repost"),
    path("<id:job_id>/save/", views.save, name="save"),
    path("<id:job_id>/note/", views.note, name="note"),
]
