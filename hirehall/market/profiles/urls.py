"""Addresses of the profile's editor and of the onboarding."""

from django.urls import path

from hirehall.market.profiles import list_views, setup_views, views

app_name = "profiles"
urlpatterns = [
    path("", views.edit, name="edit"),
    path("part/<slug:part>/", views.part, name="part"),
    path("skills/", views.skills, name="skills"),
    path("skills/find/", views.find_skills, name="find_skills"),
    path("title/hints/", views.title_help, name="title_help"),
    path("publish/", views.publish, name="publish"),
    path("list/<slug:kind>/", list_views.entry, name="add"),
    path("list/<slug:kind>/<id:entry_id>/", list_views.entry, name="entry"),
    path("list/<slug:kind>/<id:entry_id>/remove/", list_views.remove, name="remove"),
    path("list/<slug:kind>/<id:entry_id>/move/<slug:step>/", list_views.move, name="move"),
    path("file/<id:file_id>/remove/", list_views.remove_file, name="remove_file"),
    path("specialised/", list_views.edit_specialised, name="add_specialised"),
    path("specialised/<id:sub_id>/", list_views.edit_specialised, name="specialised"),
    path("specialised/<id:sub_id>/remove/", list_views.remove_specialised, name="remove_specialised"),
    path("setup/", setup_views.setup, name="setup"),
    path("setup/done/", setup_views.setup_done, name="setup_done"),
    path("setup/<slug:step>/", setup_views.setup_step, name="setup_step"),
]
