"""Offers: made, countered, accepted; every refusal; and what an acceptance starts."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hirehall.kernel.errors import NotFound, Refused
from hirehall.market.jobs.models import Job
from hirehall.market.proposals.actions.deciding import decline_proposal, start_talk
from hirehall.market.proposals.actions.sending import withdraw_proposal
from hirehall.market.proposals.models import Proposal
from hirehall.people.messages.actions import post_message
from hirehall.people.messages.queries import find_room
from hirehall.work.contracts import rules
from hirehall.work.contracts.actions.offers import accept_offer, decline_offer, make_offer, request_change
from hirehall.work.contracts.models import Contract, Offer
from hirehall.work.contracts.queries import get_offer_for, list_milestones, list_versions
from hirehall.work.contracts.versions import differences
from tests.support.contracts import TERMS, make_contract, make_offer_to
from tests.support.jobs import pass_time, run_jobs
from tests.support.jobs_market import make_job
from tests.support.money import make_card
from tests.support.proposals import make_proposal

CHEAPER = replace(TERMS, milestones=(TERMS.milestones[0], rules.MilestoneTerms("Finished page", 30_000)))


@pytest.mark.feature("PRP-07", "PRP-11", "CTR-01")
def test_an_accepted_offer_starts_a_contract_and_pays_the_first_milestone_in(cast):
    contract, (first, second) = make_contract(cast.cyd, cast.ada)
    assert (contract.state, contract.fee_basis_points, contract.unit) == ("active", 1000, "USD")
    assert (first.state, first.funded_minor, second.state, second.funded_minor) == ("funded", 20_000, "proposed", 0)
    room = find_room("contract", contract.id)
    post_message(cast.ada, room.id, "My number is +44 20 7946 0958")


@pytest.mark.feature("PRP-07")
def test_the_whole_way_from_a_proposal(cast):
    job = make_job(cast.cyd)
    proposal = make_proposal(cast.ada, job)
    talk = start_talk(cast.cyd, proposal.id)
    make_card(cast.cyd)
    offer = make_offer(cast.cyd, TERMS, proposal_id=proposal.id)
    with pytest.raises(Refused) as caught:
        make_offer(cast.cyd, TERMS, proposal_id=proposal.id)
    assert caught.value.code == "offer:exists"
    contract = accept_offer(cast.ada, offer.id)
    assert Job.objects.get().state == "filled"
    assert Proposal.objects.get().state == "hired"
    assert find_room("contract", contract.id).id == talk.id


@pytest.mark.feature("PRP-07")
def test_a_counter_offer_shows_its_difference_and_the_original_stays_acceptable(cast):
    offer = make_offer_to(cast.cyd, cast.ada)
    request_change(cast.ada, offer.id, CHEAPER, "Pictures take longer")
    versions = list_versions(offer.id)
    assert differences(versions[0].terms, versions[1].terms) == [
        ("milestone 2", ["Finished page", 25_000, None], ["Finished page", 30_000, None])
    ]
    contract = accept_offer(cast.ada, offer.id)
    assert [m.amount_minor for m in list_milestones(contract.id)] == [20_000, 25_000]


@pytest.mark.feature("PRP-07")
def test_the_client_accepts_the_counter_offer(cast):
    offer = make_offer_to(cast.cyd, cast.ada)
    with pytest.raises(Refused) as caught:
        accept_offer(cast.cyd, offer.id)
    assert caught.value.code == "offer:own_terms"
    request_change(cast.ada, offer.id, CHEAPER)
    contract = accept_offer(cast.cyd, offer.id)
    assert [m.amount_minor for m in list_milestones(contract.id)] == [20_000, 30_000]
    assert accept_offer(cast.ada, offer.id).id == contract.id
    assert Contract.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": " "}, "offer:no_title"), ({"title": "x" * 121}, "offer:title_long"), ({"scope": ""}, "offer:no_scope"),
        ({"scope": "x" * 20_001}, "offer:text_long"), ({"scope": "mail a@mailbox.com"}, "screening:contact_before_contract"),
        ({"revisions": 21}, "offer:revisions"), ({"milestones": ()}, "offer:no_milestone"),
        ({"milestones": TERMS.milestones * 16}, "offer:milestones_many"),
        ({"milestones": (rules.MilestoneTerms("", 900),)}, "milestone:no_title"),
        ({"milestones": (rules.MilestoneTerms("x" * 121, 900),)}, "milestone:title_long"),
        ({"milestones": (rules.MilestoneTerms("A", 499),)}, "milestone:low"),
        ({"milestones": (rules.MilestoneTerms("A", 10**12),)}, "milestone:high"),
    ],
)  # fmt: skip
def test_each_refusal_of_terms(cast, changes, code):
    with pytest.raises(Refused) as caught:
        make_offer_to(cast.cyd, cast.ada, replace(TERMS, **changes))
    assert caught.value.code == code
    assert Offer.objects.count() == 0


def test_who_may_not_offer(cast):
    with pytest.raises(Refused) as caught:
        make_offer(cast.cyd, TERMS, freelancer_id=cast.ada.party_id)
    assert caught.value.code == "payment:not_verified"
    with pytest.raises(Refused) as caught:
        make_offer(cast.ada, TERMS, freelancer_id=cast.ben.party_id)
    assert caught.value.code == "offer:not_client"
    with pytest.raises(Refused) as caught:
        make_offer_to(cast.cyd, cast.dot)
    assert caught.value.code == "offer:not_freelancer"
    with pytest.raises(NotFound):
        make_offer(cast.dot, TERMS, proposal_id=make_proposal(cast.ada, make_job(cast.cyd)).id)


@pytest.mark.parametrize("who", ["ben", "dot", "eve"])
def test_strangers_neither_see_nor_answer(cast, who):
    offer, stranger = make_offer_to(cast.cyd, cast.ada), getattr(cast, who)
    for attempt in (get_offer_for, accept_offer, decline_offer):
        with pytest.raises(NotFound):
            attempt(stranger, offer.id)


@pytest.mark.feature("PRP-07")
def test_changes_are_limited_by_the_hour_and_say_something_new(cast):
    offer = make_offer_to(cast.cyd, cast.ada)
    with pytest.raises(Refused) as caught:
        request_change(cast.ada, offer.id, TERMS)
    assert caught.value.code == "offer:same"
    for number in range(3):
        request_change(cast.ada, offer.id, replace(TERMS, revisions=3 + number))
    with pytest.raises(Refused) as caught:
        request_change(cast.ada, offer.id, replace(TERMS, revisions=9))
    assert caught.value.code == "offer:too_many"
    pass_time(hours=1, minutes=1)
    request_change(cast.ada, offer.id, replace(TERMS, revisions=9))


@pytest.mark.feature("PRP-07")
def test_an_offer_is_declined_withdrawn_or_expires(cast):
    offers = [make_offer_to(cast.cyd, cast.ada) for _ in range(3)]
    assert decline_offer(cast.ada, offers[0].id).state == "declined"
    assert decline_offer(cast.cyd, offers[1].id).state == "withdrawn"
    pass_time(days=7)
    offers[2].refresh_from_db()
    assert offers[2].state == "expired"
    for offer in offers:
        with pytest.raises(Refused) as caught:
            accept_offer(cast.ada, offer.id)
        assert caught.value.code == "offer:closed"
    run_jobs()
    assert Contract.objects.count() == 0


@pytest.mark.feature("PRP-07")
@pytest.mark.parametrize("over", ["declined", "withdrawn"])
def test_a_proposal_that_is_over_gets_no_contract(cast, over):
    proposal = make_proposal(cast.ada, make_job(cast.cyd))
    make_card(cast.cyd)
    offer = make_offer(cast.cyd, TERMS, proposal_id=proposal.id)
    if over == "declined":
        decline_proposal(cast.cyd, proposal.id, "price")
    else:
        withdraw_proposal(cast.ada, proposal.id)
    with pytest.raises(Refused) as caught:
        accept_offer(cast.ada, offer.id)
    assert caught.value.code == "offer:proposal_over"
    decline_offer(cast.cyd, offer.id)
    with pytest.raises((Refused, NotFound)):
        make_offer(cast.cyd, TERMS, proposal_id=proposal.id)
    assert not Contract.objects.exists()


@pytest.mark.feature("PRP-07")
def test_a_proposal_is_hired_once(cast):
    proposal = make_proposal(cast.ada, make_job(cast.cyd))
    make_card(cast.cyd)
    accept_offer(cast.ada, make_offer(cast.cyd, TERMS, proposal_id=proposal.id).id)
    with pytest.raises(Refused) as caught:
        make_offer(cast.cyd, TERMS, proposal_id=proposal.id)
    assert caught.value.code == "offer:proposal_over"


def test_accepting_locks_from_the_top_down(cast):
    """Offer, proposal, job: in any other order two who act at the same moment could wait for each other for ever."""
    proposal = make_proposal(cast.ada, make_job(cast.cyd))
    make_card(cast.cyd)
    offer = make_offer(cast.cyd, TERMS, proposal_id=proposal.id)
    with CaptureQueriesContext(connection) as seen:
        accept_offer(cast.ada, offer.id)
    locked = [q["sql"].split(" FROM ")[1].split()[0].strip('"') for q in seen if "FOR UPDATE" in q["sql"]]
    order = [table for table in dict.fromkeys(locked) if table.startswith(("contracts_offer", "proposals_", "jobs_"))]
    assert order == ["contracts_offer", "proposals_proposal", "jobs_job"]


@pytest.mark.parametrize("role", ["viewer", "finance", "member"])
def test_a_colleague_without_the_power_ends_no_talk(cast, role):
    offer = make_offer_to(cast.cyd, cast.ada)
    for actor in (cast.cyd, cast.ada):
        with pytest.raises(Refused) as caught:
            decline_offer(replace(actor, role=role), offer.id)
        assert caught.value.code == "party:role"
