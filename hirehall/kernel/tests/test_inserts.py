"""A row that may be there already is written once, also by two at the same moment."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hirehall.kernel import clock
from hirehall.kernel.inserts import insert_new
from hirehall.kernel.models import SentMail
from tests.support.at_once import at_once


def _mail(key="welcome:1", subject="Hello"):
    return SentMail(key=key, to="ada@example.org", subject=subject, sent_at=clock.now())


@pytest.mark.django_db
def test_a_second_row_with_the_same_key_changes_nothing():
    with CaptureQueriesContext(connection) as seen:
        assert insert_new(_mail()) is True
        assert insert_new(_mail(subject="Again")) is False
    assert len(seen) == 2
    assert list(SentMail.objects.values_list("key", "subject")) == [("welcome:1", "Hello")]


@pytest.mark.django_db(transaction=True)
def test_of_many_at_the_same_moment_one_writes():
    done = at_once([lambda: insert_new(_mail())] * 8)
    assert sorted(done) == [False] * 7 + [True]
    assert SentMail.objects.count() == 1
