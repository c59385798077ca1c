"""A prepared read tells what its queryset tells, each time with its own values."""

import pytest
from django.db.models import F
from django.db.models.functions import Upper

from hirehall.kernel.events import record
from hirehall.kernel.models import Event
from hirehall.kernel.prepared import Each, Prepared

pytestmark = pytest.mark.django_db


def test_it_finds_what_the_queryset_finds_each_time_anew():
    written = []

    def about(subject, name):
        written.append(subject)
        return Event.objects.filter(subject_id=subject, name=name).annotate(loud=Upper(F("subject_id"))).order_by("-id")

    prepared = Prepared(about)
    for subject in ("one", "other", "one"):
        record("thing:tried", subject, None, text='Ada "& Co" % %s \\ é\n', number=10**15, nothing=None)
    for subject in ("one", "other", "'; --"):
        found, expected = prepared(subject, "thing:tried"), list(about(subject, "thing:tried"))
        assert found == expected
        assert [vars(row) | {"_state": 0} for row in found] == [vars(row) | {"_state": 0} for row in expected]
    # Once by itself, and three times to compare with.
    assert len(written) == 4


def test_its_first_row_or_nothing():
    prepared = Prepared(lambda subject: Event.objects.filter(subject_id=subject).order_by("id"))
    record("thing:tried", "one", None)
    assert prepared.first("one").subject_id == "one"
    assert prepared.first("two") is None


def test_a_row_it_made_can_be_saved():
    record("thing:tried", "one", None)
    row = Prepared(lambda subject: Event.objects.filter(subject_id=subject)).first("one")
    assert not row._state.adding
    assert row._state.db == "default"


def test_a_list_of_texts():
    for subject in ("one", "two", "three"):
        record("thing:tried", subject, None)
    prepared = Prepared(lambda subjects: Event.objects.filter(subject_id__in=Each(subjects)).order_by("id"))
    assert [row.subject_id for row in prepared(["three", "one", "none"])] == ["one", "three"]
    assert prepared([]) == []
