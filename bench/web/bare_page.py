"""The limit itself: three queries and a Jinja2 template of two times twenty rows.

It is a floor and no page of a market: no middleware runs, nobody is signed in, so that no session, person or seat is
read, nothing is translated, its rows never become objects, and it is short. Server, database,
pool and template engine are the same, so what is above it is what our code and Django's middleware and ORM take.
At many connections the measuring client shares the cores and holds this page back more than ours; the CPU of the
server for a request is the comparison that does not depend on that.
"""

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
