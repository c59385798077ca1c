"""The limit itself: three queries and a Jinja2 template of two times twenty rows."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

QUERIES = (
    "SELECT id, name FROM accounts_party ORDER BY id LIMIT 20",
    "SELECT count(*) FROM profiles_workrecord WHERE party_id < '1'",
    "SELECT id, title FROM jobs_job ORDER BY id LIMIT 20",
)


def page(request: HttpRequest) -> HttpResponse:
    found = []
    for query in QUERIES:
        with connection.cursor() as cursor:
            cursor.execute(query)
            found.append(cursor.fetchall())
    return render(request, "bare.html", {"parties": found[0], "count": found[1][0][0], "jobs": found[2]})


urlpatterns = [path("bare/", page)]
