"""Addresses of documents."""

from django.urls import path

from hirehall.money.documents import certificate_views, summary_views, views

app_name = "documents"
urlpatterns = [
    path("", views.show_list, name="list"),
    path("details/", views.details, name="details"),
    path("year/", summary_views.show_year, name="year"),
    path("year.pdf", summary_views.year_pdf, name="year_pdf"),
    path("year.csv", summary_views.year_csv, name="year_csv"),
    path("certificates/", certificate_views.certificates, name="certificates"),
    path("certificates/<id:certificate_id>/pdf/", certificate_views.certificate_pdf, name="certificate_pdf"),
    path("verify/", certificate_views.verify, name="verify"),
    path("<id:document_id>/", views.show_document, name="document"),
    path("<id:document_id>/pdf/", views.document_pdf, name="document_pdf"),
]
