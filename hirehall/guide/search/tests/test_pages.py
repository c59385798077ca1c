"""The search pages: what is found with which reason, counts that keep their word, and nonsense that breaks nothing."""

import re
from dataclasses import replace

import pytest

from hirehall.guide.search import labels, shown
from hirehall.guide.search.filters import JOB_FILTERS, TALENT_FILTERS
from hirehall.guide.search.queries import find_jobs_for, find_talents_for
from hirehall.guide.search.views import JOB_PARTS, TALENT_PARTS
from hirehall.market.jobs.actions.posts import close_job
from hirehall.market.jobs.actions.saving import save_job
from hirehall.market.profiles.actions import basics
from hirehall.people.accounts.actors import NOBODY
from tests.support import jobs_market
from tests.support.cast import browse_as
from tests.support.jobs import run_jobs
from tests.support.jobs_market import make_job
from tests.support.money import make_card
from tests.support.profiles import make_profile

HOURLY = {"kind": "hourly", "budget_minor": None, "rate_low_minor": 2_000, "rate_high_minor": 4_000, "hours": "30-up"}


@pytest.fixture
def market(cast):
    """Six jobs of two clients that differ in everything, and three freelancers."""
    make_card(cast.cyd)
    make_job(cast.cyd)
    make_job(cast.cyd, title="Logo for a tea house", category="design", skills=("logo-design",), budget_minor=9_000)
    make_job(cast.dot, title="Django developer", skills=("django", "python"), level="expert", **HOURLY)
    make_job(cast.dot, title="Two months of Python", skills=("python",), length="1-3-months", **HOURLY)
    make_job(cast.dot, title="Words for a shop", category="writing", skills=(), budget_minor=600_000, locations=("NG",))
    make_job(cast.cyd, title="Only for members", visibility="members", level="entry", locations=("DE", "NG"))
    make_profile(cast.ada)
    make_profile(cast.ben, title="WordPress developer", skills=("wordpress", "html"), rate_minor=2_000)
    make_profile(cast.eve, title="Python developer", skills=("python",))
    basics.change_parts(cast.eve, {"visibility": "members"})
    run_jobs()
    return cast


def text_of(actor, path: str, **headers) -> str:
    answer = browse_as(actor).get(path, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.feature("FND-01")
def test_a_job_is_found_by_a_word_with_the_reason_and_can_be_saved(market):
    page = text_of(market.ada, "/find/work/?q=bakery")
    assert "Landing page for a small <mark>bakery</mark>" in page
    assert "Your words are in: title" in page
    assert f"/jobs/{find_jobs_for(market.ada, {'q': ['bakery']}).rows[0].card.id}/save/" in page
    assert "Django developer" not in page
    assert "/save/" not in text_of(market.cyd, "/find/work/?q=bakery")


@pytest.mark.feature("FND-01")
def test_a_freelancer_reads_which_of_their_skills_are_asked_for(market):
    assert "Asks for skills of yours: Django, Python" in text_of(market.ada, "/find/work/?q=developer")


@pytest.mark.feature("FND-01")
def test_a_mistyped_word_is_corrected_in_sight(market):
    page = text_of(None, "/find/work/?q=bakrey")
    assert "Nothing was found for “bakrey”" in page
    assert "<strong>bakery</strong>" in page


@pytest.mark.feature("FND-02")
def test_talent_is_found_by_words_and_filters(market):
    page = text_of(market.cyd, "/find/talent/?q=developer&skill=wordpress")
    assert "Ben Roy" in page
    assert "Your words are in: title or name" in page
    assert "Ada Obi" not in page
    assert "Nobody fits all of this" in text_of(market.cyd, "/find/talent/?q=developer&rate_from=500")


@pytest.mark.feature("FND-01", "FND-02", "ACC-09")
def test_nobody_finds_what_is_not_theirs_to_see(market):
    job = make_job(market.dot, title="Only by invitation", visibility="invited")
    basics.change_parts(market.ben, {"visibility": "private"})
    run_jobs()
    for actor in (None, market.ada, market.cyd, market.sam):
        assert job.title not in text_of(actor, "/find/work/")
        assert "Ben Roy" not in text_of(actor, "/find/talent/")
    assert "Only for members" not in text_of(None, "/find/work/")
    assert "Only for members" in text_of(market.ada, "/find/work/")
    assert "Eve Lund" not in text_of(None, "/find/talent/")
    assert "Eve Lund" in text_of(market.cyd, "/find/talent/")


def test_what_changed_a_moment_ago_is_left_out_before_the_index_knows(market):
    job = find_jobs_for(market.ada, {"q": ["bakery"]}).rows[0].card
    close_job(market.cyd, job.id, "not_needed")
    basics.change_parts(market.ada, {"visibility": "private"})
    assert "These jobs were just closed" in text_of(market.ada, "/find/work/?q=bakery")
    assert "Ada Obi" not in text_of(market.cyd, "/find/talent/")


@pytest.mark.feature("FND-01", "FND-02")
@pytest.mark.parametrize("who", ["visitor", "member"])
@pytest.mark.parametrize("chosen", [{}, {"kind": ["fixed"]}, {"q": ["developer"]}, {"category": ["web-development"]}])
def test_each_count_is_what_choosing_it_finds(market, who, chosen):
    actor = market.ada if who == "member" else NOBODY
    looked = 0
    for find, parts, filters, words in (
        (find_jobs_for, JOB_PARTS, JOB_FILTERS, labels.job_labels()),
        (find_talents_for, TALENT_PARTS, TALENT_FILTERS, labels.talent_labels()),
    ):
        for group in shown.panel(find(actor, chosen), parts, filters, words):
            for option in group.options:
                if option.value and not (group.name == "budget" and "kind" in chosen):
                    total = find(actor, {**chosen, group.name: [option.value]}).found.total
                    assert total == option.count, (group.name, option.value)
                    looked += 1
    assert looked > 60


@pytest.mark.feature("FND-01")
def test_what_was_chosen_stands_as_chips_that_can_be_removed_one_by_one(market):
    page = text_of(None, "/find/work/?q=page&kind=fixed&kind=hourly&budget_from=100&order=newest&nonsense=1")
    found = dict(
        re.findall(
            r'href="([^"]*)" hx-get[^>]*><span class="truncate"><span class="sr-only">Leave out </span>([^<]*)', page
        )
    )
    assert found == {
        "?kind=fixed&amp;kind=hourly&amp;budget_from=100&amp;order=newest": "“page”",
        "?q=page&amp;budget_from=100&amp;order=newest&amp;kind=hourly": "Fixed price",
        "?q=page&amp;budget_from=100&amp;order=newest&amp;kind=fixed": "Hourly",
        "?q=page&amp;kind=fixed&amp;kind=hourly&amp;order=newest": "Fixed price from: $100",
    }


@pytest.mark.feature("FND-01")
def test_an_empty_search_says_which_filter_to_loosen(market):
    page = text_of(None, "/find/work/?q=bakery&level=expert")
    assert "No job fits all of this" in page
    ways = re.findall(r'href="(\?[^"]+)"><span>(Leave out[^<]+)</span><span[^>]*>(\d)', page)
    assert ways == [("?level=expert", "Leave out the words", "1"), ("?q=bakery", "Leave out “Experience”", "1")]


@pytest.mark.feature("FND-01")
def test_where_no_single_filter_is_to_blame_all_of_them_can_be_left_out(market):
    page = text_of(None, "/find/work/?q=bakrey&level=expert&kind=hourly&length=6-months-up")
    assert "Shown is" not in page
    assert 'href="?q=bakery"><span>Leave out all filters</span>' in page


@pytest.mark.feature("FND-01")
def test_htmx_gets_results_and_counts_and_a_short_address(market):
    lively = {"HX-Request": "true", "HX-Target": "found"}
    answer = browse_as(market.ada).get("/find/work/?q=&kind=fixed&budget_from=&order=relevance", headers=lively)
    page = answer.content.decode()
    assert page.startswith('<section id="found"')
    assert 'id="options-kind" hx-swap-oob="true"' in page
    assert 'role="status" hx-swap-oob="innerHTML">4 jobs</p>' in page
    assert answer["HX-Push-Url"] == "/find/work/?kind=fixed"
    assert {"HX-Request", "HX-Target"} <= {name.strip() for name in answer["Vary"].split(",")}
    back = text_of(market.ada, "/find/work/", **lively, **{"HX-History-Restore-Request": "true"})
    assert "<!doctype html>" in back


@pytest.mark.feature("FND-01")
def test_pages_of_results_and_the_page_beyond_the_last(market):
    for number in range(22):
        make_job(market.dot if number % 2 else market.cyd, title=f"Bakery page number {number}")
    run_jobs()
    first, last = text_of(None, "/find/work/?q=bakery"), text_of(None, "/find/work/?q=bakery&page=999999")
    assert ("23 jobs" in first, first.count("<article"), last.count("<article")) == (True, 20, 3)


NONSENSE = [
    "q=%00", "q=" + "x" * 5_000, "q=%22%22%22", "q=-", "q=%26%7C!()%3A*", "q=%F0%9F%A6%86", "page=999999", "page=-1",
    "page=x", "page=%00", "order=%00", "kind=%00&category=%00", "kind=nope&kind=nope", "budget_from=abc", "budget_to=-1",
    "budget_from=999999999999999999999", "rate_from=1e99", "rating_from=NaN", "posted_days=999999999999999",
    "verified=maybe", "skill=" + "y" * 300, "&".join(f"country={n}" for n in range(200)), "budget=%27%3B--",
    "earned_from=7", "tenure_days=9999999", "%00=1", "q[]=1", "language=zz&english=zz&hours=zz&badge=zz",
]  # fmt: skip


@pytest.mark.feature("FND-01", "FND-02")
@pytest.mark.parametrize("path", ["/find/work/", "/find/talent/"])
@pytest.mark.parametrize("query", NONSENSE)
def test_nonsense_never_breaks_a_page(cast, path, query):
    make_job(cast.cyd)
    make_profile(cast.ada)
    run_jobs()
    assert browse_as(None).get(f"{path}?{query}").status_code == 200


@pytest.mark.parametrize(("path", "most"), [("/find/work/", 21), ("/find/talent/", 17)])
def test_many_results_ask_the_database_no_more_than_few(market, path, most, django_assert_max_num_queries):
    for number in range(15):
        make_job(market.dot, title=f"Bakery page number {number}")
    save_job(market.ada, jobs_market.make_job(market.cyd).id)
    run_jobs()
    browser = browse_as(market.ada)
    browser.get(path)
    with django_assert_max_num_queries(most):
        browser.get(path)


def test_a_search_of_nothing_asks_little_more(market, django_assert_max_num_queries):
    browser = browse_as(market.ada)
    browser.get("/find/work/")
    everything = "q=some+words&kind=fixed&level=expert&category=law&verified=1&length=weeks&hours=30-up&country=XX"
    with django_assert_max_num_queries(35):
        browser.get(f"/find/work/?{everything}")


@pytest.mark.feature("FND-06")
def test_saved_jobs_are_one_step_from_the_search(market):
    page = text_of(market.ada, "/find/work/")
    assert 'href="/jobs/saved/"' in page
    job = find_jobs_for(market.ada, {}).rows[0].card
    browse_as(market.ada).post(f"/jobs/{job.id}/save/")
    kept = text_of(market.ada, "/jobs/saved/")
    assert job.title in kept
    assert f"/jobs/{job.id}/note/" in kept
    assert 'aria-pressed="true"' in text_of(market.ada, "/find/work/")


def test_similar_jobs_name_their_skills(market):
    twin = make_job(market.dot, title="A page like that")
    page = text_of(None, f"/jobs/{twin.id}/")
    assert "Landing page for a small bakery" in page
    assert ">CSS</li>" in page
    assert ">css</li>" not in page


def test_a_step_typed_by_hand_can_be_taken_back(market):
    results = find_jobs_for(market.ada, {"posted_days": ["5"]})
    group = next(
        g for g in shown.panel(results, JOB_PARTS, JOB_FILTERS, labels.job_labels()) if g.name == "posted_days"
    )
    assert [option.label for option in group.options if option.chosen] == ["Last 5 days"]
    assert replace(group, open=False).options[0].label == "Any"
