"""The contract of the search port; every engine must pass it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hirehall.guide.search.engines.postgres import PostgresEngine
from hirehall.guide.search.filters import JOB_FILTERS, read_wanted
from hirehall.guide.search.port import JobFacts, TalentFacts, Wanted
from tests.support.fixtures import START

JOB = JobFacts(
    job_id="a" * 26, client_id="c" * 26, open=True, visibility="public", posted_at=START,
    title="Landing page for a bakery", description="We bake bread and want a warm single page.",
    skill_labels=("HTML", "Web design"), kind="fixed", category="web", specialty="front-end",
    skills=("html", "web-design"), level="entry", length="weeks", hours="", budget_minor=40_000,
    budget_band="100-500", rate_low_minor=None, rate_high_minor=None, unit="USD", locations=("*",), country="US",
    verified=True, spent_minor=200_000, hires_band="1-9", hire_rate=90, paid_minor=2_500, rating=480,
    client_since=START - timedelta(days=400), open_jobs=3, local_time="-300", proposals_band="0-5", talking=0, viewed_at=START, connects=5,
)  # fmt: skip
TALENT = TalentFacts(
    party_id="p" * 26, visibility="public", name="Ada Obi", title="Bakery web designer", overview="Warm pages.",
    skill_labels=("HTML",), categories=("web",), skills=("html",), languages=("en", "yo"), badges=(), english="fluent",
    country="NG", hours="30+", rate_minor=2_500, unit="USD", score=97, rating=490, earned_minor=120_000, jobs_done=4,
    last_active_at=START,
)  # fmt: skip


@pytest.fixture(params=[PostgresEngine])
def engine(request, db):
    return request.param()


def job(letter: str, **changes) -> JobFacts:
    return replace(JOB, job_id=letter * 26, **changes)


def ids(found) -> str:
    return "".join(hit.id[0] for hit in found.hits)


@pytest.mark.feature("FND-01")
def test_words_are_found_in_title_skills_and_text_with_the_reason(engine):
    engine.index_jobs([
        job("a"), job("b", title="Logo", description="For a tea shop", skill_labels=("Bakery branding",)),
        job("d", title="Video", description="A film about a bakery", skill_labels=()),
        job("e", title="Data entry", description="Spreadsheets", skill_labels=()),
    ])  # fmt: skip
    found = engine.find_jobs(Wanted(words="bakery"))
    assert [(hit.id[0], hit.reasons) for hit in found.hits] == [
        ("a", ("title",)), ("b", ("skills",)), ("d", ("text",)),
    ]  # fmt: skip
    assert found.total == 3


@pytest.mark.feature("FND-01")
def test_word_forms_and_phrases(engine):
    engine.index_jobs([job("a"), job("b", title="Baking single bread pages")])
    assert ids(engine.find_jobs(Wanted(words="pages"))) in ("ab", "ba")
    assert ids(engine.find_jobs(Wanted(words='"landing page"'))) == "a"
    assert ids(engine.find_jobs(Wanted(words="page -landing"))) == "b"


@pytest.mark.feature("FND-01")
@pytest.mark.parametrize("typo", ["bakrey", "bakkery", "bakery", "lnading page"])
def test_a_mistyped_word_is_corrected_and_said(engine, typo):
    engine.index_jobs([job("a"), job("b", title="Spreadsheet", description="Sums", skill_labels=())])
    found = engine.find_jobs(Wanted(words=typo))
    assert ids(found) == "a"
    assert found.corrected == ("" if typo == "bakery" else {"lnading page": "landing page"}.get(typo, "bakery"))


def test_nonsense_finds_nothing(engine):
    engine.index_jobs([job("a")])
    found = engine.find_jobs(Wanted(words="xqzzw"))
    assert (found.hits, found.total, found.corrected) == ([], 0, "")


@pytest.mark.feature("FND-01")
@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("category", ("web",)), ("specialty", ("front-end",)), ("kind", ("fixed",)), ("level", ("entry",)),
        ("length", ("weeks",)), ("skill", ("html",)), ("country", ("US",)), ("verified", (True,)),
        ("budget", ("100-500",)), ("budget_from", (30_000,)), ("budget_to", (50_000,)), ("proposals", ("0-5",)),
        ("connects_to", (10,)), ("posted_days", (START - timedelta(days=1),)), ("location", ("*", "FR")),
        ("client_hires", ("1-9",)), ("hire_rate_from", (80,)), ("paid_from", (2_000,)), ("rating_from", (450,)),
        ("tenure_days", (START - timedelta(days=365),)), ("talking_to", (0,)), ("spent_from", (100_000,)),
        ("viewed_days", (START - timedelta(days=1),)), ("open_jobs_from", (2,)), ("local_time", ("-300", "0")), ("rate_from", ()), ("rate_to", ()), ("hours", ("under-30",)),
    ],
)  # fmt: skip
def test_every_filter_keeps_what_fits_and_drops_the_rest(engine, name, values):
    other = job(
        "b", category="law", specialty="tax", kind="hourly", level="expert", length="months", skills=("law",),
        country="DE", verified=False, budget_minor=20_000 if name == "budget_from" else 90_000, budget_band="500-1000",
        proposals_band="20-50", connects=20, posted_at=START - timedelta(days=9), locations=("DE",), hires_band="0",
        hire_rate=10, paid_minor=None, rating=None, client_since=START, talking=2, spent_minor=0, viewed_at=None,
        rate_low_minor=2_000, rate_high_minor=4_000, hours="30-up", open_jobs=1, local_time="60",
    )  # fmt: skip
    engine.index_jobs([job("a", hours="under-30"), other])
    if name.startswith("rate_") and name != "rating_from":
        for bound, found in ((1_000, "b"), (3_000, "b"), (9_000, "b")):
            fits = found if (bound <= 4_000 if name == "rate_from" else bound >= 2_000) else ""
            assert ids(engine.find_jobs(Wanted(chosen={name: (bound,)}))) == fits
        return
    assert ids(engine.find_jobs(Wanted(chosen={name: values}))) == "a"


@pytest.mark.feature("FND-01")
def test_the_filters_of_both_kinds_of_pay_add_up(engine):
    hourly = {"kind": "hourly", "budget_minor": None, "budget_band": ""}
    engine.index_jobs([
        job("a"), job("b", budget_minor=5_000, budget_band="0-100"),
        job("d", rate_low_minor=2_000, rate_high_minor=4_000, **hourly),
        job("e", rate_low_minor=500, rate_high_minor=900, **hourly),
    ])  # fmt: skip
    both = {"budget": ("100-500",), "rate_from": (3_000,)}
    assert sorted(ids(engine.find_jobs(Wanted(chosen=both)))) == ["a", "d"]
    assert ids(engine.find_jobs(Wanted(chosen={"budget": ("100-500",)}))) == "a"
    assert ids(engine.find_jobs(Wanted(chosen={"rate_from": (3_000,)}))) == "d"


@pytest.mark.feature("FND-01")
def test_steps_are_counted_whatever_is_chosen_of_them(engine):
    engine.index_jobs([job("a"), job("b", posted_at=START - timedelta(days=5), rating=410)])
    found = engine.find_jobs(Wanted(chosen={"posted_days": (START - timedelta(days=1),)}))
    assert found.facets["posted_days"] == {"1": 1, "3": 1, "7": 2, "14": 2}
    assert found.facets["rating_from"] == {"4.5": 1, "4": 1}


@pytest.mark.feature("FND-01")
def test_counts_show_what_another_choice_would_find(engine):
    engine.index_jobs([
        job("a"), job("b", kind="hourly", rate_high_minor=2_000), job("d", kind="hourly", country="DE"),
    ])  # fmt: skip
    found = engine.find_jobs(Wanted(chosen={"kind": ("hourly",), "country": ("US",)}))
    assert ids(found) == "b"
    assert found.facets["kind"] == {"fixed": 1, "hourly": 1}
    assert found.facets["country"] == {"US": 1, "DE": 1}
    assert found.facets["skill"] == {"html": 1, "web-design": 1}


@pytest.mark.feature("FND-01")
def test_newest_first_and_pages(engine):
    letters = "abcdefgh"
    engine.index_jobs([job(c, posted_at=START - timedelta(hours=n)) for n, c in enumerate(letters)])
    assert ids(engine.find_jobs(Wanted(order="newest", count=5))) == "abcde"
    assert ids(engine.find_jobs(Wanted(order="newest", start=5, count=5))) == "fgh"
    assert engine.find_jobs(Wanted(start=50)).hits == []


def test_closed_hidden_and_forgotten_jobs_are_not_found(engine):
    engine.index_jobs([job("a", open=False), job("b", visibility="invited"), job("d", visibility="members"), job("e")])
    assert ids(engine.find_jobs(Wanted())) == "e"
    assert sorted(ids(engine.find_jobs(Wanted(visibilities=("public", "members"))))) == ["d", "e"]
    engine.forget_job("e" * 26)
    assert ids(engine.find_jobs(Wanted())) == ""


def test_indexing_again_replaces(engine):
    engine.index_jobs([job("a")])
    engine.index_jobs([job("a", title="Something else", description="", skill_labels=())])
    assert ids(engine.find_jobs(Wanted(words="bakery"))) == ""


@pytest.mark.feature("FND-02")
def test_talent_is_found_filtered_counted_and_ranked_by_score(engine):
    engine.index_talents([
        TALENT,
        replace(TALENT, party_id="q" * 26, score=72, country="BD", rate_minor=1_000, languages=("bn",)),
        replace(TALENT, party_id="r" * 26, visibility="private"),
    ])  # fmt: skip
    found = engine.find_talents(Wanted(words="bakery"))
    assert ids(found) == "pq"
    assert found.facets["country"] == {"NG": 1, "BD": 1}
    assert ids(engine.find_talents(Wanted(chosen={"rate_to": (1_500,)}))) == "q"
    assert ids(engine.find_talents(Wanted(chosen={"score_from": (90,)}))) == "p"
    assert ids(engine.find_talents(Wanted(chosen={"language": ("yo",)}))) == "p"
    engine.forget_talent("p" * 26)
    assert ids(engine.find_talents(Wanted())) == "q"


@given(
    query=st.dictionaries(
        st.sampled_from([f.name for f in JOB_FILTERS] + ["q", "page", "order"]), st.lists(st.text(), max_size=3)
    )
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_address_is_a_search_and_never_an_error(engine, query):
    wanted = read_wanted(query, JOB_FILTERS, START, ("public",), "USD")
    found = engine.find_jobs(wanted)
    assert found.total >= len(found.hits)
