"""The editor's pages: every form opens, keeps and refuses, with htmx and without; who may open them."""

import pytest
from django.urls import reverse

from hirehall.market.profiles.entry_forms import ENTRY_FORMS
from hirehall.market.profiles.forms import PARTS
from hirehall.market.profiles.queries import KINDS, find_own
from tests.support.cast import browse_as
from tests.support.jobs import run_jobs
from tests.support.jobs_market import make_job
from tests.support.profiles import OVERVIEW, make_profile, picture
from tests.support.proposals import make_proposal

HX = {"HTTP_HX_REQUEST": "true"}
VALUES = {
    "title": {"title": "Data pipelines for online shops"},
    "overview": {"overview": OVERVIEW},
    "rate": {"rate": "62.50"},
    "category": {"category": "data-engineering-and-analytics"},
    "english": {"english": "native"},
    "hours": {"hours": "as_needed"},
    "visibility": {"visibility": "members"},
    "place": {"country": "GH", "time_zone": "Africa/Accra"},
}
ENTRIES = {
    "employment": {"company": "Kano Labs", "role": "Developer", "starts_on_0": "1", "starts_on_1": "2020"},
    "experience": {"subject": "Site of a sports club", "description": "I built it over two summers."},
    "education": {"school": "University of Lagos", "degree": "BSc", "from_year": "2014", "to_year": "2018"},
    "certification": {"name": "Data Engineer", "issuer": "Cloud School", "issued_on_0": "3", "issued_on_1": "2024"},
    "language": {"code": "yo", "level": "native"},
    "link": {"url": "https://github.com/ada-obi"},
    "piece": {"title": "Booking for clinics", "description": "Twelve clinics book with it.", "skills": "Django, python"},
}


@pytest.fixture
def browser(cast):
    return browse_as(cast.ada)


def test_empty_editor_names_the_next_step(browser, cast):
    page = browser.get(reverse("profiles:edit"))
    assert page.status_code == 200
    assert b'data-next-step="photo"' in page.content


@pytest.mark.parametrize("headers", [{}, HX])
@pytest.mark.parametrize("part", PARTS)
def test_each_form_opens(browser, part, headers):
    page = browser.get(reverse("profiles:part", args=[part]), **headers)
    assert page.status_code == 200
    assert (b"<html" in page.content) is (not headers)


@pytest.mark.parametrize("part", VALUES)
def test_each_part_is_kept(browser, cast, part):
    answer = browser.post(reverse("profiles:part", args=[part]), VALUES[part])
    assert answer.status_code == 303
    kept = browser.post(reverse("profiles:part", args=[part]), VALUES[part], **HX)
    assert kept.status_code == 200
    assert b'id="meter"' in kept.content


@pytest.mark.feature("PRO-01")
def test_photo_is_kept(browser, cast):
    answer = browser.post(reverse("profiles:part", args=["photo"]), {"photo": picture(), "x": 0, "y": 0, "size": 300})
    assert answer.status_code == 303
    assert find_own(cast.ada).photo_id
    assert browser.get(reverse("web:file", args=[find_own(cast.ada).small_photo_id])).status_code == 200


@pytest.mark.feature("PRO-04")
def test_refused_overview_keeps_what_was_typed(browser):
    typed = OVERVIEW + " Write to ada@obi.example for more."
    page = browser.post(reverse("profiles:part", args=["overview"]), {"overview": typed})
    assert page.status_code == 422
    assert b"ada@obi.example" in page.content
    assert b"Take out" in page.content


@pytest.mark.parametrize("kind", ENTRIES)
def test_each_entry_is_kept_changed_moved_and_removed(browser, cast, kind):
    from_list = reverse("profiles:add", args=[kind])
    assert browser.get(from_list).status_code == 200
    assert browser.get(from_list, **HX).status_code == 200
    answer = browser.post(from_list, ENTRIES[kind])
    assert answer.status_code == 303, answer.content.decode()[-3000:]
    entry_id = KINDS[kind].objects.get(profile_id=cast.ada.party_id).pk
    assert f"/profile/list/{kind}/{entry_id}/" in browser.get(reverse("profiles:edit")).content.decode()
    assert browser.get(reverse("profiles:entry", args=[kind, entry_id])).status_code == 200
    assert browser.post(reverse("profiles:entry", args=[kind, entry_id]), ENTRIES[kind]).status_code == 303
    assert browser.post(reverse("profiles:move", args=[kind, entry_id, "up"]), **HX).status_code == 200
    assert browser.post(reverse("profiles:remove", args=[kind, entry_id])).status_code == 303
    assert browser.post(reverse("profiles:remove", args=[kind, entry_id])).status_code == 404


@pytest.mark.parametrize("kind", ENTRY_FORMS)
def test_empty_entry_is_refused(browser, kind):
    assert browser.post(reverse("profiles:add", args=[kind]), {}).status_code == 422


@pytest.mark.feature("PRO-06")
def test_skills_are_added_moved_and_removed(browser, cast):
    address = reverse("profiles:skills")
    browser.post(address, {"add": "Python, django", "do": "typed"})
    browser.post(address, {"do": "up:django"})
    assert find_own(cast.ada).skills == ["django", "python"]
    answer = browser.post(address, {"do": "remove:django"}, **HX)
    assert b'data-skill="python"' in answer.content
    refused = browser.post(address, {"add": "Basket weaving under water", "do": "typed"})
    assert refused.status_code == 422
    assert find_own(cast.ada).skills == ["python"]
    found = browser.get(reverse("profiles:find_skills"), {"add": "postg"}, **HX)
    assert b"PostgreSQL" in found.content


@pytest.mark.feature("PRO-12")
def test_specialised_profile_has_its_own_page(browser, cast):
    make_profile(cast.ada)
    given = {"title": "Data models for schools", "rate": "55", "overview": OVERVIEW, "skills": "SQL", "category": "data-engineering-and-analytics"}
    assert browser.get(reverse("profiles:add_specialised")).status_code == 200
    answer = browser.post(reverse("profiles:add_specialised"), given)
    assert answer.status_code == 303, answer.content.decode()[-4000:]
    sub = find_own(cast.ada).subs.get()
    assert browser.get(reverse("profiles:specialised", args=[sub.pk])).status_code == 200
    page = browse_as(None).get(reverse("web:talent_as", args=[cast.ada.party_id, sub.pk]))
    assert b"Data models for schools" in page.content


@pytest.mark.feature("PRO-17")
def test_preview_shows_all_three_views(browser, cast):
    assert b"Nothing to show yet" in browser.get(reverse("web:talent_preview")).content
    make_profile(cast.ada, publish=False)
    page = browser.get(reverse("web:talent_preview")).content.decode()
    for anchor in ("as-card", "as-row", "as-page"):
        assert f'id="{anchor}"' in page
    assert page.count("Django developer for booking systems") >= 3


def test_clients_and_visitors_have_no_editor(cast):
    assert browse_as(cast.cyd).get(reverse("profiles:edit")).status_code == 404
    assert browse_as(None).get(reverse("profiles:edit")).status_code == 302


def test_talent_page_is_for_those_who_may_see_it(cast):
    make_profile(cast.ada)
    address = reverse("web:talent", args=[cast.ada.party_id])
    browser = browse_as(cast.ada)
    assert browse_as(None).get(address).status_code == 200
    browser.post(reverse("profiles:part", args=["visibility"]), {"visibility": "members"})
    assert browse_as(None).get(address).status_code == 404
    assert browse_as(cast.cyd).get(address).status_code == 200
    browser.post(reverse("profiles:part", args=["visibility"]), {"visibility": "private"})
    assert browse_as(cast.cyd).get(address).status_code == 404
    assert browser.get(address).status_code == 200


def test_query_budget(cast, django_assert_max_num_queries):
    make_profile(cast.ada)
    browser = browse_as(cast.ada)
    browser.get(reverse("profiles:edit"))
    with django_assert_max_num_queries(30):
        browser.get(reverse("profiles:edit"))
    visitor = browse_as(None)
    with django_assert_max_num_queries(13):
        visitor.get(reverse("web:talent", args=[cast.ada.party_id]))


@pytest.mark.feature("PRO-17")
def test_private_page_opens_to_the_client_it_wrote_to(cast):
    make_profile(cast.ada)
    run_jobs()
    make_proposal(cast.ada, make_job(cast.cyd))
    browse_as(cast.ada).post(reverse("profiles:part", args=["visibility"]), {"visibility": "private"})
    address = reverse("web:talent", args=[cast.ada.party_id])
    assert browse_as(cast.cyd).get(address).status_code == 200
    for other in (cast.dot, cast.ben, None):
        assert browse_as(other).get(address).status_code == 404
