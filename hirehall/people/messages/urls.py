"""Addresses of the conversation."""

from django.urls import path

from hirehall.people.messages import views

app_name = "messages"
urlpatterns = [
    path("", views.rooms, name="rooms"),
    path("<id:room_id>/", views.room, name="room"),
    path("<id:room_id>/thread/", views.thread, name="thread"),
]
