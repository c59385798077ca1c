"""What the client does with proposals, and what the freelancer sees of it."""

import pytest

from hirehall.kernel.errors import NotFound, Refused
from hirehall.kernel.events import list_events
from hirehall.market.proposals.actions import deciding
from hirehall.market.proposals.queries import state_told
from hirehall.people.messages.actions import post_message
from hirehall.people.notifications.queries import list_notices_for
from tests.support.jobs import pass_time
from tests.support.jobs_market import make_job
from tests.support.proposals import make_proposal


@pytest.fixture
def proposal(cast):
    return make_proposal(cast.ada, make_job(cast.cyd))


def names(proposal):
    return [event.name for event in list_events(proposal.id)]


@pytest.mark.feature("PRP-05")
def test_opening_is_told_once(cast, proposal):
    for _ in range(2):
        deciding.view_proposal(cast.cyd, proposal.id)
    assert names(proposal).count("proposal:viewed") == 1
    proposal.refresh_from_db()
    assert state_told(proposal) == "viewed"


@pytest.mark.feature("PRP-03", "PRP-05")
def test_the_short_list_the_archive_and_back(cast, proposal):
    assert deciding.shortlist_proposal(cast.cyd, proposal.id).state == "shortlisted"
    deciding.shortlist_proposal(cast.cyd, proposal.id)
    assert [n.kind for n in list_notices_for(cast.ada)] == ["proposal.shortlisted"]
    assert deciding.archive_proposal(cast.cyd, proposal.id).state == "archived"
    assert len(list_notices_for(cast.ada)) == 1
    assert deciding.restore_proposal(cast.cyd, proposal.id).state == "sent"


@pytest.mark.feature("PRP-03", "PRP-05")
def test_declining_needs_a_reason_that_the_freelancer_reads_and_can_be_undone_for_a_day(cast, proposal):
    with pytest.raises(Refused) as caught:
        deciding.decline_proposal(cast.cyd, proposal.id, "because")
    assert caught.value.code == "proposal:reason"
    declined = deciding.decline_proposal(cast.cyd, proposal.id, "price")
    assert (declined.state, declined.reason) == ("declined", "price")
    assert "proposal.declined" in [n.kind for n in list_notices_for(cast.ada)]
    assert deciding.restore_proposal(cast.cyd, proposal.id).state == "sent"
    deciding.decline_proposal(cast.cyd, proposal.id, "price")
    pass_time(hours=25)
    with pytest.raises(Refused) as caught:
        deciding.restore_proposal(cast.cyd, proposal.id)
    assert caught.value.code == "proposal:too_late"


@pytest.mark.feature("PRP-05", "MSG-01")
def test_a_talk_opens_a_room_for_both_once(cast, proposal):
    room = deciding.start_talk(cast.cyd, proposal.id)
    assert deciding.start_talk(cast.cyd, proposal.id).id == room.id
    post_message(cast.ada, room.id, "Hello")
    proposal.refresh_from_db()
    proposal.job.refresh_from_db()
    assert (state_told(proposal), proposal.job.talking) == ("messaged", 1)
    deciding.decline_proposal(cast.cyd, proposal.id, "price")
    with pytest.raises(Refused):
        deciding.start_talk(cast.cyd, proposal.id)


def test_hiring_is_told_by_contracts_once(cast, proposal):
    for _ in range(2):
        assert deciding.mark_hired(proposal.id).state == "hired"
    assert names(proposal).count("proposal:hired") == 1
    with pytest.raises(Refused) as caught:
        deciding.archive_proposal(cast.cyd, proposal.id)
    assert caught.value.code == "proposal:state"


@pytest.mark.parametrize("who", ["ada", "ben", "dot", "sam"])
@pytest.mark.parametrize("what", ["view_proposal", "shortlist_proposal", "archive_proposal", "restore_proposal", "start_talk"])
def test_only_its_client_decides(cast, proposal, who, what):
    with pytest.raises((NotFound, Refused)):
        getattr(deciding, what)(getattr(cast, who), proposal.id)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.viewed_at) == ("sent", None)
