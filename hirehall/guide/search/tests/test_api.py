"""Search for programs: the same filters and counts as the pages, as the token's person."""

import pytest

from hirehall.guide.search.api import JobSearchIn, TalentSearchIn
from hirehall.guide.search.filters import JOB_FILTERS, TALENT_FILTERS
from tests.support.cast import call_as
from tests.support.jobs import run_jobs
from tests.support.jobs_market import make_job
from tests.support.profiles import make_profile


@pytest.mark.feature("FND-01", "OPS-03")
def test_a_program_searches_jobs(cast, client):
    job = make_job(cast.cyd)
    make_job(cast.dot, title="Only by invitation", visibility="invited")
    make_job(cast.dot, title="Django developer", level="expert", skills=("django",))
    run_jobs()
    told = client.get("/api/v1/search/jobs?q=bakery&kind=fixed&budget=500-1000", headers=call_as(cast.ada)).json()
    assert [(item["id"], item["reasons"]) for item in told["items"]] == [(job.id, ["title"])]
    assert (told["total"], told["capped"], told["corrected"]) == (1, False, "")
    assert told["facets"]["level"] == {"intermediate": 1}
    everything = client.get("/api/v1/search/jobs?limit=1&offset=1", headers=call_as(cast.ada)).json()
    assert (everything["total"], len(everything["items"])) == (2, 1)


@pytest.mark.feature("FND-02", "OPS-03")
def test_a_program_searches_talent(cast, client):
    make_profile(cast.ada)
    run_jobs()
    told = client.get("/api/v1/search/talent?q=booking&skill=django&rate_to=50", headers=call_as(cast.cyd)).json()
    assert [(item["name"], item["rate_minor"], item["skills"]) for item in told["items"]] == [
        ("Ada Obi", 4_500, ["django", "python"])
    ]
    assert client.get("/api/v1/search/talent?rate_to=1", headers=call_as(cast.cyd)).json()["total"] == 0


@pytest.mark.parametrize("query", ["limit=0", "limit=999", "offset=-1", "order=best", "limit=x"])
def test_wrong_slices_are_told(cast, client, query):
    for path in ("jobs", "talent"):
        answer = client.get(f"/api/v1/search/{path}?{query}", headers=call_as(cast.ada))
        assert (answer.status_code, answer.json()["error"]["code"]) == (422, "api:invalid")


@pytest.mark.parametrize("query", ["q=%00", "kind=%00", "rate_from=abc", "category=" + "z" * 5_000, "offset=10000"])
def test_nonsense_finds_what_is_left_of_it(cast, client, query):
    for path in ("jobs", "talent"):
        assert client.get(f"/api/v1/search/{path}?{query}", headers=call_as(cast.ada)).status_code == 200


@pytest.mark.parametrize(("taken", "filters"), [(JobSearchIn, JOB_FILTERS), (TalentSearchIn, TALENT_FILTERS)])
def test_the_api_takes_every_filter_of_the_page(taken, filters):
    assert taken.model_fields.keys() - {"q", "order", "offset", "limit"} == {one.name for one in filters}
