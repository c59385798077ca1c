"""The index follows what happens in the market, and can be written anew at any time."""

from dataclasses import replace

import pytest
from django.core.management import call_command

from hirehall.guide.search.actions import index_jobs
from hirehall.guide.search.engines.current import engine
from hirehall.guide.search.models import JobDocument, TalentDocument
from hirehall.guide.search.port import Wanted
from hirehall.guide.search.sources import budget_band, hires_band
from hirehall.market.jobs.actions.activity import note_hire, note_view
from hirehall.market.jobs.actions.posts import close_job, edit_job, pause_job, terms_of
from hirehall.market.profiles.actions import basics
from hirehall.people.accounts.actions import rename_party
from tests.support.cast import browse_as
from tests.support.contracts import make_contract
from tests.support.jobs import run_jobs, run_timers
from tests.support.jobs_market import make_job
from tests.support.money import make_card
from tests.support.profiles import make_profile
from tests.support.proposals import make_proposal


def found(words: str = "", **chosen) -> list[str]:
    return [hit.id for hit in engine.find_jobs(Wanted(words=words, chosen=chosen)).hits]


def talents(words: str = "", **chosen) -> list[str]:
    return [hit.id for hit in engine.find_talents(Wanted(words=words, chosen=chosen)).hits]


@pytest.mark.feature("FND-01")
def test_a_job_is_found_while_it_takes_proposals(cast):
    job = make_job(cast.cyd)
    assert found("bakery") == []
    run_jobs()
    assert found("bakery") == [job.id]
    edit_job(cast.cyd, job.id, replace(terms_of(job), title="Menu for a tea house"))
    run_jobs()
    assert found("tea house") == [job.id]
    pause_job(cast.cyd, job.id, paused=True)
    run_jobs()
    assert found() == []
    pause_job(cast.cyd, job.id, paused=False)
    run_jobs()
    assert found() == [job.id]
    close_job(cast.cyd, job.id, "not_needed")
    run_jobs()
    assert not JobDocument.objects.exists()


@pytest.mark.feature("FND-01", "JOB-03")
def test_activity_and_the_clients_record_are_followed(cast):
    job = make_job(cast.cyd)
    make_profile(cast.ada)
    run_jobs()
    assert found(proposals=("0-5",), talking_to=(0,)) == [job.id]
    assert (found(verified=(True,)), found(client_hires=("1-9",))) == ([], [])
    make_card(cast.cyd)
    make_proposal(cast.ada, job)
    note_view(cast.cyd, job.id)
    run_jobs()
    document = JobDocument.objects.get()
    assert (document.verified, document.viewed_at is not None, document.proposals_band) == (True, True, "0-5")
    note_hire(job.id)
    run_jobs()
    assert found() == []


@pytest.mark.feature("FND-01", "JOB-04")
def test_a_hire_shows_on_the_clients_other_jobs(cast):
    other = make_job(cast.cyd, title="Menu cards for two tea houses")
    make_contract(cast.cyd, cast.ada)
    run_jobs()
    assert found(client_hires=("1-9",)) == [other.id]


@pytest.mark.feature("FND-01", "JOB-04")
def test_the_clients_clock_and_open_jobs_are_followed(cast):
    first, second = make_job(cast.cyd), make_job(cast.cyd, title="Menu cards for two tea houses")
    run_jobs()
    # New York on the tenth of March: summer time has begun.
    assert sorted(found(local_time=("-240",))) == sorted(found(open_jobs_from=(2,))) == sorted([first.id, second.id])
    close_job(cast.cyd, second.id, "not_needed")
    run_jobs()
    assert (found(open_jobs_from=(2,)), found(open_jobs_from=(1,))) == ([], [first.id])
    page = browse_as(cast.ada).get("/find/work/?local_time=-240&local_time=nonsense").content.decode()
    assert "UTC-4, now 08:00" in page


@pytest.mark.feature("FND-02")
def test_a_profile_is_found_once_published_by_its_present_words(cast):
    make_profile(cast.ada, publish=False)
    run_jobs()
    assert talents() == []
    basics.publish_profile(cast.ada)
    run_jobs()
    assert talents("booking") == [cast.ada.party_id]
    basics.change_parts(cast.ada, {"title": "Wagtail and Django developer"})
    rename_party(cast.ada, "Ada Nwosu", "NG", "Africa/Lagos")
    run_jobs()
    assert talents("wagtail") == talents("nwosu") == [cast.ada.party_id]
    basics.change_parts(cast.ada, {"visibility": "private"})
    run_jobs()
    assert not TalentDocument.objects.exists()


@pytest.mark.feature("FND-01", "FND-02")
def test_the_index_is_written_anew_and_forgets_what_is_gone(cast, capsys):
    job = make_job(cast.cyd)
    make_profile(cast.ada)
    gone = make_job(cast.dot)
    index_jobs([gone.id])
    close_job(cast.dot, gone.id, "not_needed")
    call_command("rebuild_index")
    assert "Indexed 3 jobs and profiles." in capsys.readouterr().out
    assert (found(), talents()) == ([job.id], [cast.ada.party_id])
    JobDocument.objects.all().delete()
    run_timers()
    assert found() == [job.id]


@pytest.mark.parametrize(("whole", "band"), [(99, "0-100"), (100, "100-500"), (4_999, "1000-5000"), (5_000, "5000+")])
def test_bands_of_fixed_prices(whole, band):
    assert budget_band(whole * 100, "USD") == budget_band(whole * 150, "JPY") == budget_band(whole * 300, "KWD") == band
    assert budget_band(None, "USD") == ""


def test_bands_of_hires():
    assert [hires_band(n) for n in (0, 1, 9, 10)] == ["0", "1-9", "1-9", "10+"]
