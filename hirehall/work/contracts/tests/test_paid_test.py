"""A paid test: small, from a proposal, which stays open for the real offer."""

from datetime import date

import pytest

from hirehall.kernel.errors import Refused
from hirehall.people.messages.queries import find_room
from hirehall.work.contracts.actions.milestones import approve_milestone, submit_work
from hirehall.work.contracts.actions.offers import accept_offer, make_offer, request_change
from hirehall.work.contracts.models import Contract, Offer
from hirehall.work.contracts.queries import list_milestones
from hirehall.work.contracts.rules import MilestoneTerms, OfferTerms
from tests.support.cast import browse_as, call_as
from tests.support.jobs import run_jobs
from tests.support.jobs_market import make_job
from tests.support.money import check_books, make_card
from tests.support.proposals import make_proposal

DUE = date(2026, 3, 24)
SMALL = OfferTerms("Paid test", "One section of the page.", (MilestoneTerms("Paid test", 5_000, DUE),), revisions=1)


@pytest.fixture
def proposal(cast):
    make_card(cast.cyd)
    return make_proposal(cast.ada, make_job(cast.cyd))


def refused(act):
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.code


@pytest.mark.feature("PRP-08")
def test_a_test_is_paid_and_the_real_offer_follows_from_the_same_proposal(cast, proposal):
    test = accept_offer(cast.ada, make_offer(cast.cyd, SMALL, proposal_id=proposal.id, is_test=True).id)
    run_jobs()
    proposal.refresh_from_db()
    proposal.job.refresh_from_db()
    assert (test.is_test, proposal.state == "hired", proposal.job.state) == (True, False, "open")
    (only,) = list_milestones(test.id)
    submit_work(cast.ada, only.id, "The section.")
    approve_milestone(cast.cyd, only.id)
    cyd = browse_as(cast.cyd)
    room = cyd.get(f"/contracts/{test.id}/").content.decode()
    assert "Go on: make the real offer" in room
    assert "Paid test" in cyd.get("/contracts/").content.decode()
    assert f"/contracts/offers/new/{proposal.id}/" in room
    assert "Your proposal stays open" in browse_as(cast.ada).get(f"/contracts/{test.id}/").content.decode()
    form = cyd.get(f"/contracts/offers/new/{proposal.id}/").content.decode()
    assert "450.00" in form
    real = accept_offer(cast.ada, make_offer(cast.cyd, OfferTerms("The page", "All of it.", (MilestoneTerms("Page", 45_000),)), proposal_id=proposal.id).id)
    run_jobs()
    proposal.refresh_from_db()
    assert (real.is_test, proposal.state) == (False, "hired")
    # What was said goes on in one conversation, and the test can still be read.
    assert find_room("contract", real.id) is not None
    page = cyd.get(f"/contracts/{test.id}/").content.decode()
    assert "Go on: make the real offer" not in page
    check_books()


@pytest.mark.feature("PRP-08")
@pytest.mark.parametrize(("parts", "code"), [
    ((MilestoneTerms("A", 50_001, DUE),), "test:high"),
    ((MilestoneTerms("A", 5_000, DUE), MilestoneTerms("B", 5_000, DUE)), "test:milestones"),
    ((MilestoneTerms("A", 5_000),), "test:due"),
    ((MilestoneTerms("A", 5_000, date(2026, 4, 10)),), "test:due"),
])  # fmt: skip
def test_a_large_test_is_a_contract_and_refused(cast, proposal, parts, code):
    terms = OfferTerms("Paid test", "One section.", parts)
    assert refused(lambda: make_offer(cast.cyd, terms, proposal_id=proposal.id, is_test=True)) == code
    offer = make_offer(cast.cyd, SMALL, proposal_id=proposal.id, is_test=True)
    assert refused(lambda: request_change(cast.ada, offer.id, terms)) == code


@pytest.mark.feature("PRP-08")
def test_a_test_starts_from_a_proposal(cast, proposal):
    assert refused(lambda: make_offer(cast.cyd, SMALL, freelancer_id=cast.ada.party_id, is_test=True)) == "test:no_proposal"


@pytest.mark.feature("PRP-08", "OPS-03")
def test_the_page_begins_with_a_small_part_and_a_program_does_the_same(cast, proposal, client):
    cyd = browse_as(cast.cyd)
    assert f"/contracts/offers/test/{proposal.id}/" in cyd.get(f"/proposals/{proposal.id}/").content.decode()
    path = f"/contracts/offers/test/{proposal.id}/"
    page = cyd.get(path).content.decode()
    assert "A paid test is small" in page
    typed = {"title": "Paid test", "scope": "One section", "revisions": "1", "part_1": "Paid test", "amount_1": "600", "due_1": "2026-03-24"}
    high = cyd.post(path, typed)
    assert high.status_code == 422
    assert "A paid test costs at most $500.00" in high.content.decode()
    offer_page = cyd.post(path, {**typed, "amount_1": "64.29"})["Location"]
    assert Offer.objects.get().is_test
    assert "Paid test" in browse_as(cast.ada).get(offer_page).content.decode()
    browse_as(cast.ada).post(f"{offer_page}accept/")
    body = {"title": "Test", "scope": "One section", "milestones": [{"title": "Test", "amount_minor": 60_000, "due_on": "2026-03-24"}],
            "proposal_id": proposal.id, "is_test": True}  # fmt: skip
    answer = client.post("/api/v1/contracts/offers", body, "application/json", headers=call_as(cast.cyd))
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "test:high")
    assert Contract.objects.get().is_test
