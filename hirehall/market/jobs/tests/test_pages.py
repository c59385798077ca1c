"""The pages of jobs: what a client types and sees, and what a freelancer reads before answering."""

import pytest

from hirehall.market.jobs.models import Job
from hirehall.market.jobs.queries import find_saved
from tests.support.cast import browse_as
from tests.support.jobs import run_jobs
from tests.support.jobs_market import TERMS, make_job

TYPED = {
    "title": TERMS.title, "description": TERMS.description, "category": "web-development", "skills": "HTML, css",
    "kind": "fixed", "budget": "500", "level": "entry", "length": "weeks", "visibility": "public",
    "question_1": "Which page of yours is like this?", "question_2": "When could you start?", "once": "k1",
}  # fmt: skip


@pytest.mark.feature("JOB-01", "ACC-02")
def test_a_client_posts_in_one_form_and_is_asked_to_verify_a_payment_method(cast):
    browser = browse_as(cast.cyd)
    answer = browser.post("/jobs/post/", TYPED)
    job = Job.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/jobs/{job.id}/manage/")
    assert (job.budget_minor, job.skills, len(job.questions)) == (50_000, ["html", "css"], 2)
    page = browser.get(answer["Location"]).content.decode()
    assert "Verify a payment method" in page
    assert browser.post("/jobs/post/", TYPED)["Location"] == f"/jobs/{job.id}/manage/"
    assert Job.objects.count() == 1


@pytest.mark.feature("JOB-01")
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"title": ""}, "This field is required"), ({"budget": "lots"}, "Type an amount in figures"),
        ({"description": "Too short"}, "Describe the work in at least"), ({"skills": "levitation"}, "is no skill"),
        ({"kind": "hourly", "budget": ""}, "hourly rate"), ({"budget": "0.5"}, "least price"),
        ({"description": TERMS.description + " Write to me@mailbox.com"}, "me@mailbox.com"),
        ({"title": "x" * 5_000}, "at most 120"), ({"category": "nope"}, "Select a valid choice"),
    ],
)  # fmt: skip
def test_nonsense_is_answered_in_words_and_what_was_typed_stays(cast, typed, said):
    answer = browse_as(cast.cyd).post("/jobs/post/", {**TYPED, **typed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "Which page of yours is like this?" in page
    assert Job.objects.count() == 0


@pytest.mark.feature("JOB-01")
def test_a_draft_is_kept_from_the_form_and_posted_later(cast):
    browser = browse_as(cast.cyd)
    kept = browser.post("/jobs/post/", {"title": "Half a thought", "draft": "1", "once": "d"})
    draft = Job.objects.get()
    assert kept["Location"] == f"/jobs/post/{draft.id}/"
    assert 'value="Half a thought"' in browser.get(kept["Location"]).content.decode()
    assert browser.post(kept["Location"], TYPED).status_code == 303
    draft.refresh_from_db()
    assert draft.state == "open"


def test_a_client_manages_a_job(cast):
    browser, job = browse_as(cast.cyd), make_job(cast.cyd)
    base = f"/jobs/{job.id}"
    assert browser.post(f"{base}/edit/", {**TYPED, "title": "A new title", "once": "e"}).status_code == 303
    for path, data, state in (
        ("pause", {"paused": "1"}, "paused"), ("pause", {"paused": "0"}, "open"),
        ("close", {"reason": "nonsense"}, "open"), ("close", {"reason": "no_fit"}, "closed"),
    ):  # fmt: skip
        assert browser.post(f"{base}/{path}/", data).status_code == 303
        job.refresh_from_db()
        assert job.state == state
    assert job.title == "A new title"
    assert browser.post(f"{base}/repost/").status_code == 303
    assert Job.objects.filter(state="draft").count() == 1


@pytest.mark.parametrize("tab", ["open", "drafts", "filled", "ended", "nonsense"])
def test_the_list_of_jobs_costs_few_queries(cast, tab, django_assert_max_num_queries):
    for _ in range(25):
        make_job(cast.cyd)
    browser = browse_as(cast.cyd)
    with django_assert_max_num_queries(18):
        assert browser.get(f"/jobs/mine/?tab={tab}").status_code == 200


@pytest.mark.feature("JOB-03", "JOB-04", "CON-01")
def test_a_freelancer_reads_price_activity_and_client_but_no_name(cast, django_assert_max_num_queries):
    job = make_job(cast.cyd)
    run_jobs()
    browser = browse_as(cast.ada)
    with django_assert_max_num_queries(24):
        page = browser.get(f"/jobs/{job.id}/").content.decode()
    for words in ("A proposal costs", "8 Connects", "You have 50 Connects", "Payment not verified", "0-5", "Base by value"):
        assert words in page
    assert "Cyd Works" not in page
    assert browse_as(None).get(f"/jobs/{job.id}/").status_code == 200
    hidden = make_job(cast.cyd, visibility="members")
    assert browse_as(None).get(f"/jobs/{hidden.id}/").status_code == 404


@pytest.mark.feature("FND-06")
def test_saving_works_with_and_without_javascript(cast):
    job, browser = make_job(cast.cyd), browse_as(cast.ada)
    assert browser.post(f"/jobs/{job.id}/save/")["Location"] == f"/jobs/{job.id}/"
    assert find_saved(cast.ada, job.id)
    piece = browser.post(f"/jobs/{job.id}/save/", headers={"HX-Request": "true"})
    assert 'aria-pressed="false"' in piece.content.decode()
    assert browser.post(f"/jobs/{job.id}/note/", {"note": "Ask about the map", "remind": "on"}).status_code == 303
    assert "Ask about the map" in browser.get("/jobs/saved/").content.decode()
    assert "Ask about the map" in browser.get(f"/jobs/{job.id}/note/").content.decode()


@pytest.mark.parametrize("path", ["manage", "edit"])
def test_strangers_find_nothing(cast, path):
    job = make_job(cast.cyd)
    for other in (cast.dot, cast.ada, cast.sam):
        assert browse_as(other).get(f"/jobs/{job.id}/{path}/").status_code == 404


@pytest.mark.feature("JOB-01")
def test_a_specialty_is_chosen_kept_and_must_fit_its_category(cast):
    browser = browse_as(cast.cyd)
    refused = browser.post("/jobs/post/", {**TYPED, "specialty": "Android"})
    assert refused.status_code == 422
    assert "belongs to another category" in refused.content.decode()
    browser.post("/jobs/post/", {**TYPED, "specialty": "E-commerce"})
    job = Job.objects.get()
    browser.post(f"/jobs/{job.pk}/edit/", {**TYPED, "specialty": "E-commerce", "budget": "600", "once": "k2"})
    job.refresh_from_db()
    assert (job.specialty, job.budget_minor) == ("E-commerce", 60_000)


@pytest.mark.feature("JOB-01")
def test_a_price_that_is_needed_is_not_called_optional(cast):
    page = browse_as(cast.cyd).get("/jobs/post/").content.decode()
    for name in ("budget", "rate_low", "rate_high"):
        label = page.split(f'for="id_{name}">')[1].split("</label>")[0]
        assert "optional" not in label
    assert "optional" in page.split('for="id_specialty">')[1].split("</label>")[0]


@pytest.mark.feature("JOB-04")
def test_a_client_who_has_spent_nothing_is_told_of_too(cast):
    job = make_job(cast.cyd)
    run_jobs()
    page = browse_as(cast.ada).get(f"/jobs/{job.id}/").content.decode()
    assert "$0.00" in page and "no hours paid yet" in page
