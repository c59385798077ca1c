"""Saved jobs: private, noted, and remembered the next morning."""

from datetime import UTC, datetime

import pytest

from hirehall.kernel.errors import NotFound, Refused
from hirehall.market.jobs.actions.posts import close_job
from hirehall.market.jobs.actions.saving import next_morning, save_job, unsave_job
from hirehall.market.jobs.queries import find_saved, list_saved_for, list_saved_ids
from hirehall.people.notifications.queries import list_notices_for
from tests.support.jobs import pass_time
from tests.support.jobs_market import make_job


@pytest.mark.feature("FND-06")
def test_a_saved_job_keeps_its_private_note(cast):
    job = make_job(cast.cyd)
    save_job(cast.ada, job.id, "Ask about the map")
    save_job(cast.ada, job.id, "Ask about the map first")
    assert [s.note for s in list_saved_for(cast.ada)] == ["Ask about the map first"]
    assert (find_saved(cast.ben, job.id), list_saved_ids(cast.ada, [job.id])) == (None, {job.id})
    unsave_job(cast.ada, job.id)
    unsave_job(cast.ada, job.id)
    assert find_saved(cast.ada, job.id) is None


@pytest.mark.feature("FND-06")
def test_the_reminder_comes_once_in_the_next_morning_of_the_reader(cast):
    job = make_job(cast.cyd)
    save_job(cast.ada, job.id, "Bread!", remind=True)
    pass_time(hours=18)  # 06:00 UTC is 07:00 in Lagos.
    assert len(list_notices_for(cast.ada)) == 0
    pass_time(hours=1, minutes=5)
    assert [(n.kind, n.body) for n in list_notices_for(cast.ada)] == [("job.reminder", "Bread!")]
    pass_time(days=1)
    assert len(list_notices_for(cast.ada)) == 1


def test_no_reminder_for_a_job_that_has_ended(cast):
    job = make_job(cast.cyd)
    save_job(cast.ada, job.id, remind=True)
    close_job(cast.cyd, job.id, "no_fit")
    pass_time(days=2)
    assert len(list_notices_for(cast.ada)) == 0


def test_refusals(cast):
    job = make_job(cast.cyd, visibility="invited")
    with pytest.raises(NotFound):
        save_job(cast.ada, job.id)
    with pytest.raises(Refused, match="look for work"):
        save_job(cast.dot, job.id)
    with pytest.raises(Refused) as caught:
        save_job(cast.ada, make_job(cast.cyd).id, "x" * 2_001)
    assert caught.value.code == "job:note_long"


def test_the_morning_is_local():
    assert next_morning(datetime(2026, 3, 10, 12, tzinfo=UTC), "Asia/Dhaka").astimezone(UTC).hour == 2
