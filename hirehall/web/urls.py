"""Addresses of the pages that mix rooms."""

from django.urls import path

from hirehall.web import home, job, staff, styleguide, talent, views, welcome

app_name = "web"
urlpatterns = [
    path("", home.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("styleguide/error/<slug:name>/", styleguide.error_page, name="styleguide_error"),
    path("staff/", staff.todo, name="staff"),
    path("theme/", views.theme, name="theme"),
    path("file/<id:file_id>/", views.file, name="file"),
    path("jobs/<id:job_id>/", job.job, name="job"),
    path("talent/preview/", talent.talent_preview, name="talent_preview"),
    path("talent/<id:party_id>/", talent.talent, name="talent"),
    path("talent/<id:party_id>/<id:sub_id>/", talent.talent, name="talent_as"),
    path("welcome/", welcome.welcome, name="welcome"),
]
