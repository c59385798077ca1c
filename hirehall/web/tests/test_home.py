"""The first page: what a visitor reads, and what waits for either role."""

import pytest
from django.test import Client

from hirehall.people.accounts.actions import open_party
from hirehall.people.accounts.models import User
from tests.support.cast import browse_as, sign_up
from tests.support.contracts import make_contract, make_offer_to
from tests.support.jobs import run_jobs
from tests.support.jobs_market import make_job
from tests.support.profiles import make_profile
from tests.support.proposals import make_proposal
from tests.support.reputation import make_ended


def test_a_visitor_reads_what_it_costs(client, db):
    text = client.get("/").content.decode()
    assert "Hirehall keeps 10 % of what a freelancer earns" in text
    assert "$900" in text
    assert "/account/signup/" in text


def test_a_freelancer_is_led_to_the_profile_and_sees_connects(cast, django_assert_max_num_queries):
    browser = browse_as(cast.ada)
    with django_assert_max_num_queries(30):
        text = browser.get("/").content.decode()
    assert "Finish your profile" in text
    assert 'href="/welcome/"' in text
    assert "Your Connects" in text
    assert "Earned by month" in text


def test_a_client_is_asked_for_a_way_to_pay(cast, django_assert_max_num_queries):
    browser = browse_as(cast.cyd)
    with django_assert_max_num_queries(30):
        text = browser.get("/").content.decode()
    assert "Verify a way to pay" in text
    assert "Your Connects" not in text


def test_both_sides_see_a_proposal_and_the_client_is_asked_to_read_it(cast, django_assert_max_num_queries):
    make_profile(cast.ada)
    job = make_job(cast.cyd)
    run_jobs()
    proposal = make_proposal(cast.ada, job)
    run_jobs()
    ada, cyd = browse_as(cast.ada), browse_as(cast.cyd)
    with django_assert_max_num_queries(30):
        text = ada.get("/").content.decode()
    assert f'href="/proposals/{proposal.pk}/"' in text
    with django_assert_max_num_queries(30):
        text = cyd.get("/").content.decode()
    assert f"1 proposal for {job.title}" in text
    assert f'href="/proposals/to/{job.pk}/"' in text


def test_the_account_menu_switches_between_parties(db):
    nia = sign_up("Nia Park", "freelancer")
    open_party(nia.user_id, "client", "Park & Daughters")
    browser = browse_as(nia)
    text = browser.get("/").content.decode()
    assert "Park &amp; Daughters" in text
    assert "Verify a way to pay" in text
    assert f"/account/switch/{nia.party_id}/" in text
    browser.post(f"/account/switch/{nia.party_id}/")
    assert "Finish your profile" in browser.get("/").content.decode()


def test_somebody_without_a_party_sees_the_front_page(db):
    user = User.objects.create_user("lea@people.example", "plum-orchard-42", name="Lea Moss")
    client = Client()
    client.force_login(user)
    assert "From the first word" in client.get("/").content.decode()


@pytest.mark.feature("CTR-15")
def test_offers_contracts_and_feedback_stand_on_the_dashboards(cast, django_assert_max_num_queries):
    offer = make_offer_to(cast.cyd, cast.ada)
    assert f"/contracts/offers/{offer.id}/" in browse_as(cast.ada).get("/").content.decode()
    assert f"/contracts/offers/{offer.id}/" not in browse_as(cast.cyd).get("/").content.decode()
    ended = make_ended(cast.cyd, cast.ada)
    running, _ = make_contract(cast.cyd, cast.ada)
    for actor in (cast.cyd, cast.ada):
        browser = browse_as(actor)
        browser.get("/")
        with django_assert_max_num_queries(30):
            text = browser.get("/").content.decode()
        assert f"/contracts/{running.id}/" in text
        assert f"/feedback/contract/{ended.id}/" in text
