"""Several reads in one statement tell what they would tell one by one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hirehall.kernel import clock, together
from hirehall.kernel.together import Figure
from hirehall.people.accounts.models import Party, Seat

pytestmark = pytest.mark.django_db


def test_figures_are_asked_in_one_statement_and_their_order():
    with CaptureQueriesContext(connection) as seen:
        assert together.ask(Figure("SELECT %s + 1", (4,)), Figure("SELECT 7", ()), Figure("SELECT %s::int", (-2,))) == [5, 7, -2]
    assert len(seen) == 1


def test_rows_are_the_same_as_fetched_alone(cast):
    party = Party.objects.get(pk=cast.ada.party_id)
    Party.objects.filter(pk=party.pk).update(last_active_at=clock.now() + timedelta(microseconds=7), name='Ada "& Co" é')
    with CaptureQueriesContext(connection) as seen:
        parties, seats, none = together.fetch(party.pk, (Party, "id"), (Seat, "party_id"), (Seat, "role"))
    assert len(seen) == 1
    for found, alone in ((parties, Party.objects.filter(pk=party.pk)), (seats, Seat.objects.filter(party_id=party.pk))):
        wanted = [{f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields} for row in alone]
        assert [{f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields} for row in found] == wanted
        assert wanted
    assert none == []
