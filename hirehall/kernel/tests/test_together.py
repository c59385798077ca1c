"""Several reads in one statement tell what they would tell one by one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hirehall.kernel import clock, together
from hirehall.kernel.events import record
from hirehall.kernel.models import Event, SentMail
from hirehall.kernel.together import Figure

pytestmark = pytest.mark.django_db


def values_of(rows):
    return [{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields} for row in rows]


def test_figures_are_asked_in_one_statement_and_their_order():
    with CaptureQueriesContext(connection) as seen:
        assert together.ask(Figure("SELECT %s + 1", (4,)), Figure("SELECT 7", ()), Figure("SELECT %s::int", (-2,))) == [5, 7, -2]
    assert len(seen) == 1


def test_rows_are_the_same_as_fetched_alone():
    for subject in ("one", "other", "one"):
        record("thing:tried", subject, None, text='Ada "& Co" \\ é\n', number=10**15, nothing=None)
    SentMail.objects.create(key="a", to="one", subject="%s", sent_at=clock.now())
    with CaptureQueriesContext(connection) as seen:
        events, mails, none = together.fetch("one", (Event, "subject_id"), (SentMail, "to"), (SentMail, "key"))
    assert len(seen) == 1
    assert values_of(events) == values_of(Event.objects.filter(subject_id="one").order_by("id"))
    assert len(events) == 2
    assert values_of(mails) == values_of(SentMail.objects.all())
    assert none == []
