"""Posting a job: what it holds, what it costs to answer, who may, and how it ends."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hirehall.kernel import clock
from hirehall.kernel.errors import NotFound, Refused
from hirehall.kernel.events import list_events
from hirehall.market.jobs import rules
from hirehall.market.jobs.actions.activity import note_hire, note_proposal, note_view
from hirehall.market.jobs.actions.posts import (
    close_job,
    edit_job,
    pause_job,
    post_job,
    repost_job,
    save_draft,
    terms_of,
)
from hirehall.market.jobs.models import Job
from hirehall.market.jobs.queries import client_facts, get_job_for, list_files, list_my_jobs_for, lock_open_job
from hirehall.people.accounts.actors import NOBODY
from hirehall.people.notifications.queries import list_notices_for
from tests.support.jobs import pass_time, run_jobs
from tests.support.jobs_market import TERMS, make_job


@pytest.mark.feature("JOB-01", "CON-01")
def test_a_posted_job_is_open_and_its_price_is_frozen_with_the_reasons(cast):
    job = make_job(cast.cyd)
    assert (job.state, job.connects_price) == ("open", 8)
    assert job.expires_at == clock.now() + timedelta(days=30)
    assert job.price_steps[-1] == ["Price", "8 Connects"]
    assert [e.name for e in list_events(job.id)] == ["job:posted"]
    edit_job(cast.cyd, job.id, replace(TERMS, budget_minor=5_000_000))
    job.refresh_from_db()
    assert (job.budget_minor, job.connects_price) == (5_000_000, 8)


@pytest.mark.feature("JOB-01")
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": "  "}, "job:no_title"), ({"title": "x" * 121}, "job:title_long"),
        ({"description": "Short"}, "job:description_short"), ({"description": "x" * 20_001}, "job:description_long"),
        ({"category": ""}, "job:no_category"), ({"category": "witchcraft"}, "job:category"),
        ({"skills": tuple("abcdefghijklmnop")}, "job:skills_many"), ({"skills": ("levitation",)}, "job:skill"),
        ({"questions": ("?",) * 6}, "job:questions_many"), ({"questions": ("x" * 501,)}, "job:question_long"),
        ({"kind": "barter"}, "job:choice"), ({"level": "wizard"}, "job:choice"), ({"visibility": "x"}, "job:choice"),
        ({"length": "x"}, "job:choice"), ({"hours": "x"}, "job:choice"),
        ({"budget_minor": None}, "job:no_budget"), ({"budget_minor": 499}, "job:budget_low"),
        ({"budget_minor": 10**11}, "job:budget_high"),
        ({"kind": "hourly"}, "job:no_rate"),
        ({"kind": "hourly", "rate_low_minor": 299, "rate_high_minor": 900}, "job:rate_low"),
        ({"kind": "hourly", "rate_low_minor": 900, "rate_high_minor": 800}, "job:rate_order"),
        ({"kind": "hourly", "rate_low_minor": 900, "rate_high_minor": 10**11}, "job:rate_high"),
        ({"description": TERMS.description + " Call +44 20 7946 0958."}, "screening:contact_before_contract"),
        ({"questions": ("What is your WhatsApp number, mine is +44 20 7946 0958?",)}, "screening:contact_before_contract"),
    ],
)  # fmt: skip
def test_each_refusal_names_its_reason_and_changes_nothing(cast, changes, code):
    with pytest.raises(Refused) as caught:
        make_job(cast.cyd, **changes)
    assert caught.value.code == code
    assert Job.objects.count() == 0


def test_only_clients_with_the_power_to_hire_post(cast):
    with pytest.raises(Refused, match="Only clients"):
        make_job(cast.ada)
    with pytest.raises(Refused) as caught:
        make_job(replace(cast.cyd, role="viewer"))
    assert caught.value.code == "party:role"


def test_posting_is_limited_by_the_day(cast):
    for _ in range(30):
        make_job(cast.cyd)
    with pytest.raises(Refused) as caught:
        make_job(cast.cyd)
    assert caught.value.code == "job:too_many"
    clock.advance(timedelta(days=1, seconds=1))
    make_job(cast.cyd)


@pytest.mark.feature("JOB-01")
def test_a_draft_keeps_what_was_typed_and_becomes_the_post(cast):
    draft = save_draft(cast.cyd, replace(TERMS, title="Half a", budget_minor=None))
    draft = save_draft(cast.cyd, replace(TERMS, title="Half a thought"), draft.id)
    assert (draft.state, draft.title) == ("draft", "Half a thought")
    with pytest.raises(NotFound):
        get_job_for(cast.ada, draft.id)
    job = post_job(cast.cyd, TERMS, draft_id=draft.id)
    assert (job.id, job.state) == (draft.id, "open")
    with pytest.raises(Refused):
        post_job(cast.cyd, TERMS, draft_id=draft.id)
    with pytest.raises(Refused):
        save_draft(cast.cyd, TERMS, draft.id)


@pytest.mark.parametrize("who", ["dot", "ada", "sam"])
def test_others_cannot_touch_a_job(cast, who):
    job, other = make_job(cast.cyd), getattr(cast, who)
    for attempt in (
        lambda: edit_job(other, job.id, TERMS), lambda: close_job(other, job.id, "no_fit"),
        lambda: pause_job(other, job.id, paused=True), lambda: repost_job(other, job.id),
    ):  # fmt: skip
        with pytest.raises((NotFound, Refused)):
            attempt()
    job.refresh_from_db()
    assert job.state == "open"


@pytest.mark.feature("JOB-01")
@pytest.mark.parametrize(
    ("visibility", "seen_by"), [("public", "nobody member client"), ("members", "member client"), ("invited", "client")]
)
def test_visibility_is_obeyed(cast, visibility, seen_by):
    job = make_job(cast.cyd, visibility=visibility)
    for name, actor in (("nobody", NOBODY), ("member", cast.ada), ("client", cast.cyd)):
        if name in seen_by:
            assert get_job_for(actor, job.id).id == job.id
        else:
            with pytest.raises(NotFound):
                get_job_for(actor, job.id)


@pytest.mark.feature("JOB-03")
def test_a_job_pauses_goes_on_and_closes(cast):
    job = make_job(cast.cyd)
    pause_job(cast.cyd, job.id, paused=True)
    with pytest.raises(Refused, match="paused"):
        lock_open_job(job.id)
    pause_job(cast.cyd, job.id, paused=False)
    assert lock_open_job(job.id).id == job.id
    with pytest.raises(Refused):
        close_job(cast.cyd, job.id, "because")
    closed = close_job(cast.cyd, job.id, "not_needed")
    assert (closed.state, closed.close_reason) == ("closed", "not_needed")
    assert list_events(job.id)[-1].data == {"reason": "not_needed", "hired": False, "client": cast.cyd.party_id}
    for attempt in (lambda: close_job(cast.cyd, job.id, "no_fit"), lambda: edit_job(cast.cyd, job.id, TERMS)):
        with pytest.raises(Refused):
            attempt()


@pytest.mark.feature("JOB-03")
def test_a_job_ends_by_itself_after_a_warning_and_lives_on_when_its_client_looks(cast):
    job = make_job(cast.cyd)
    pass_time(days=24)
    assert [n.kind for n in list_notices_for(cast.cyd)] == []
    pass_time(days=1)
    assert [n.kind for n in list_notices_for(cast.cyd)] == ["job.expiring"]
    note_view(cast.cyd, job.id)
    pass_time(days=29)
    job.refresh_from_db()
    assert job.state == "open"
    pass_time(days=2)
    job.refresh_from_db()
    assert (job.state, job.close_reason) == ("expired", "expired")


def test_only_its_client_counts_as_having_looked(cast):
    job = make_job(cast.cyd)
    note_view(cast.ada, job.id)
    job.refresh_from_db()
    assert job.viewed_at is None


@pytest.mark.feature("JOB-01")
def test_an_ended_job_is_posted_again_as_a_draft(cast):
    job = make_job(cast.cyd)
    close_job(cast.cyd, job.id, "no_fit")
    again = repost_job(cast.cyd, job.id)
    assert (again.state, terms_of(again)) == ("draft", replace(TERMS, unit="USD"))
    assert [j.id for j in list_my_jobs_for(cast.cyd, ["draft"])] == [again.id]


@pytest.mark.feature("JOB-01")
def test_attachments_come_with_the_post(cast):
    job = post_job(cast.cyd, TERMS, [SimpleUploadedFile("brief.txt", b"All about bread")])
    assert [f.name for f in list_files(job.id)] == ["brief.txt"]
    with pytest.raises(Refused):
        post_job(cast.cyd, TERMS, [SimpleUploadedFile("call +44 20 7946 0958.txt", b"x")])
    assert Job.objects.count() == 1


def test_the_kind_of_price_stays_once_somebody_answered(cast):
    job = make_job(cast.cyd)
    note_proposal(job.id)
    with pytest.raises(Refused) as caught:
        edit_job(cast.cyd, job.id, replace(TERMS, kind="hourly", rate_low_minor=900, rate_high_minor=1_900))
    assert caught.value.code == "job:kind_kept"


@pytest.mark.feature("JOB-03")
@pytest.mark.parametrize(
    ("count", "told"), [(0, "0-5"), (4, "0-5"), (5, "5-10"), (14, "10-15"), (15, "15-20"), (20, "20-50"), (50, "50+")]
)
def test_proposals_are_told_in_bands(count, told):
    assert rules.band(count) == told


@pytest.mark.feature("JOB-04")
def test_what_is_told_about_a_client_follows_what_happens(cast):
    job = make_job(cast.cyd)
    make_job(cast.cyd)
    note_hire(job.id)
    run_jobs()
    facts = client_facts([cast.cyd.party_id])[cast.cyd.party_id]
    assert (facts.posted, facts.open_jobs, facts.hire_rate, facts.country) == (2, 1, 50, "US")
    assert (facts.rating, facts.spent_minor, facts.verified) == (None, 0, False)
    job.refresh_from_db()
    assert (job.state, job.hires) == ("filled", 1)
