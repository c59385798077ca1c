"""Sending a proposal: paid with Connects, once, whole or not at all; and what comes back."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hirehall.kernel.errors import NotFound, Refused
from hirehall.market.jobs.actions.activity import note_hire
from hirehall.market.jobs.actions.posts import close_job, edit_job, pause_job, terms_of
from hirehall.market.proposals.actions.deciding import view_proposal
from hirehall.market.proposals.actions.sending import revise_proposal, submit_proposal, withdraw_proposal
from hirehall.market.proposals.models import Proposal
from hirehall.market.proposals.queries import get_proposal_for, list_files, list_mine_for, list_to_job_for
from hirehall.market.proposals.rules import Part
from hirehall.money.connects.queries import connects_held, list_wrong_lots
from hirehall.people.notifications.queries import list_notices_for
from tests.support.jobs import pass_time, run_jobs
from tests.support.jobs_market import make_job
from tests.support.profiles import make_profile
from tests.support.proposals import TERMS, make_proposal


@pytest.mark.feature("PRP-01", "CON-04")
def test_a_proposal_costs_its_connects_and_reaches_the_client(cast):
    job = make_job(cast.cyd)
    proposal = make_proposal(cast.ada, job)
    assert (proposal.state, proposal.connects, proposal.price_minor) == ("sent", 8, 45_000)
    assert connects_held(cast.ada.party_id) == 42
    assert [n.kind for n in list_notices_for(cast.cyd)] == ["proposal.new"]
    job.refresh_from_db()
    assert job.proposals == 1
    assert list(list_to_job_for(cast.cyd, job.id)) == [proposal]
    assert list(list_mine_for(cast.ada)) == [proposal]
    assert list_wrong_lots() == []


@pytest.mark.feature("PRP-01")
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"letter": "Hi"}, "proposal:letter_short"), ({"letter": "x" * 5_001}, "proposal:letter_long"),
        ({"letter": TERMS.letter + " Call +44 20 7946 0958"}, "screening:contact_before_contract"),
        ({"answers": ("One",)}, "proposal:answer_missing"), ({"answers": ("One", "x" * 2_001)}, "proposal:answer_long"),
        ({"answers": ("One", "ada@mailbox.com")}, "screening:contact_before_contract"),
        ({"price_minor": 499}, "proposal:price_low"), ({"price_minor": 10**12}, "proposal:price_high"),
        ({"parts": (Part("", 50_000),)}, "proposal:part_title"), ({"parts": (Part("A", 1),)}, "proposal:part_low"),
        ({"parts": (Part("x" * 121, 9_000),)}, "proposal:part_long"),
        ({"parts": (Part("A", 9_000),) * 21}, "proposal:parts_many"), ({"sub_id": "0" * 26}, "proposal:sub"),
    ],
)  # fmt: skip
def test_each_refusal_changes_nothing(cast, changes, code):
    make_profile(cast.ada)
    run_jobs()
    job = make_job(cast.cyd)
    with pytest.raises(Refused) as caught:
        submit_proposal(cast.ada, job.id, replace(TERMS, **changes))
    assert caught.value.code == code
    assert (Proposal.objects.count(), connects_held(cast.ada.party_id)) == (0, 50)


def test_who_may_not_send(cast):
    job = make_job(cast.cyd)
    for actor, code in ((cast.dot, "proposal:not_freelancer"), (cast.ada, "proposal:no_profile")):
        with pytest.raises(Refused) as caught:
            submit_proposal(actor, job.id, TERMS)
        assert caught.value.code == code
    make_proposal(cast.ada, job)
    with pytest.raises(Refused) as caught:
        make_proposal(cast.ada, job)
    assert caught.value.code == "proposal:exists"
    pause_job(cast.cyd, job.id, paused=True)
    with pytest.raises(Refused, match="paused"):
        make_proposal(cast.ben, job)
    with pytest.raises(NotFound):
        make_proposal(cast.ben, make_job(cast.cyd, visibility="invited"))


def test_too_few_connects_stop_the_whole(cast):
    make_profile(cast.ada)
    run_jobs()
    for _ in range(6):
        make_proposal(cast.ada, make_job(cast.cyd))
    with pytest.raises(Refused) as caught:
        make_proposal(cast.ada, make_job(cast.cyd))
    assert caught.value.code == "connects:too_few"
    assert (Proposal.objects.count(), connects_held(cast.ada.party_id)) == (6, 2)


@pytest.mark.feature("PRP-01")
def test_milestones_make_the_price_and_files_open_only_to_the_two_sides(cast):
    make_profile(cast.ada)
    run_jobs()
    job = make_job(cast.cyd)
    terms = replace(TERMS, price_minor=0, parts=(Part("Draft", 10_000), Part("Page", 30_000)))
    proposal = submit_proposal(cast.ada, job.id, terms, [SimpleUploadedFile("sketch.txt", b"A sketch")])
    assert (proposal.price_minor, proposal.parts) == (40_000, [["Draft", 10_000], ["Page", 30_000]])
    assert [f.name for f in list_files(proposal.id)] == ["sketch.txt"]


@pytest.mark.feature("PRP-01")
def test_terms_change_until_decided_and_the_letter_stays(cast):
    proposal = make_proposal(cast.ada, make_job(cast.cyd))
    revised = revise_proposal(cast.ada, proposal.id, replace(TERMS, letter="", price_minor=40_000))
    assert (revised.price_minor, revised.letter) == (40_000, TERMS.letter)
    with pytest.raises(NotFound):
        revise_proposal(cast.ben, proposal.id, TERMS)
    withdraw_proposal(cast.ada, proposal.id)
    with pytest.raises(Refused):
        revise_proposal(cast.ada, proposal.id, TERMS)


@pytest.mark.feature("PRP-01", "CON-04")
def test_a_withdrawn_proposal_is_gone_for_the_client_and_its_connects_stay_spent(cast):
    job = make_job(cast.cyd)
    proposal = make_proposal(cast.ada, job)
    withdraw_proposal(cast.ada, proposal.id)
    withdraw_proposal(cast.ada, proposal.id)
    with pytest.raises(NotFound):
        get_proposal_for(cast.cyd, proposal.id)
    close_job(cast.cyd, job.id, "no_fit")
    run_jobs()
    assert connects_held(cast.ada.party_id) == 42
    job.refresh_from_db()
    assert job.proposals == 0


@pytest.mark.feature("CON-04")
def test_connects_come_back_once_when_the_client_closes_without_a_hire(cast):
    job = make_job(cast.cyd)
    proposal = make_proposal(cast.ada, job)
    close_job(cast.cyd, job.id, "not_needed")
    run_jobs()
    proposal.refresh_from_db()
    assert (proposal.state, proposal.returned, connects_held(cast.ada.party_id)) == ("closed", 8, 50)
    pass_time(days=31)
    assert connects_held(cast.ada.party_id) == 50 + 10  # the month's own Connects
    assert list_wrong_lots() == []


@pytest.mark.feature("CON-04")
def test_nothing_comes_back_when_somebody_else_was_hired(cast):
    job = make_job(cast.cyd)
    make_proposal(cast.ada, job)
    note_hire(job.id)
    close_job(cast.cyd, job.id, "hired_here")
    run_jobs()
    assert connects_held(cast.ada.party_id) == 42


@pytest.mark.feature("CON-04")
@pytest.mark.parametrize(("opened", "back"), [(False, 8), (True, 0)])
def test_a_client_that_never_looks_costs_nobody_connects(cast, opened, back):
    job = make_job(cast.cyd)
    proposal = make_proposal(cast.ada, job)
    other = make_proposal(cast.ben, job)
    pass_time(days=15)
    if opened:
        view_proposal(cast.cyd, other.id)
    else:
        edit_job(cast.cyd, job.id, replace(terms_of(job), level="expert"))
    pass_time(days=15, minutes=-30)
    proposal.refresh_from_db()
    assert proposal.returned == 0
    pass_time(hours=1)
    proposal.refresh_from_db()
    assert proposal.returned == back


@pytest.mark.parametrize("who", ["ben", "dot", "eve"])
def test_strangers_do_not_see_it(cast, who):
    proposal = make_proposal(cast.ada, make_job(cast.cyd))
    with pytest.raises(NotFound):
        get_proposal_for(getattr(cast, who), proposal.id)
