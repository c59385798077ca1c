"""Feedback is given blind, published together or when the time is over, and counted once."""

import pytest

from hirehall.kernel import clock
from hirehall.kernel.errors import NotFound, Refused
from hirehall.kernel.events import list_events
from hirehall.market.jobs.queries import client_facts
from hirehall.market.profiles.queries import list_cards
from hirehall.people.notifications.queries import list_notices_for
from hirehall.trust.reputation.actions.answering import allow_change, ask_to_change, change_feedback, reply_to_feedback
from hirehall.trust.reputation.actions.giving import give_feedback
from hirehall.trust.reputation.models import Feedback
from hirehall.trust.reputation.queries import get_exchange_for, list_public_about, list_waiting_for, public_by_contract
from hirehall.work.contracts.actions.endings import end_contract
from tests.support.at_once import at_once
from tests.support.contracts import make_contract
from tests.support.jobs import pass_time, run_jobs
from tests.support.profiles import make_profile
from tests.support.reputation import answers, make_ended

pytestmark = pytest.mark.feature("REP-01")


@pytest.fixture
def contract(cast):
    make_profile(cast.ada)
    run_jobs()
    return make_ended(cast.cyd, cast.ada)


def theirs(actor, contract):
    return get_exchange_for(actor, contract.id).theirs


def titles(actor):
    return [notice.title for notice in list_notices_for(actor)]


def rating(cast):
    return list_cards([cast.ada.party_id])[cast.ada.party_id].rating


def test_hidden_until_both_have_given_it(cast, contract):
    give_feedback(cast.cyd, contract.id, answers("client", 4, score=9, reasons=("reliable",), private_note="A gem."))
    run_jobs()
    found = get_exchange_for(cast.ada, contract.id)
    assert (found.theirs, found.theirs_given) == ([], True)
    assert any("has given feedback" in title for title in titles(cast.ada))
    assert not list_public_about(cast.ada.party_id).exists()
    assert rating(cast) is None or rating(cast) == 0
    give_feedback(cast.ada, contract.id, answers("freelancer", 5))
    run_jobs()
    assert [row.overall for row in theirs(cast.ada, contract)] == [400]
    assert [row.overall for row in theirs(cast.cyd, contract)] == [500]
    assert rating(cast) == 400
    assert client_facts([cast.cyd.party_id])[cast.cyd.party_id].rating == 500
    assert public_by_contract([contract.id], "client")[contract.id].overall == 400


def test_the_private_part_is_nowhere_in_what_the_other_side_gets(cast, contract):
    give_feedback(cast.cyd, contract.id, answers("client", score=3, private_note="Too slow for us.", english="basic"))
    give_feedback(cast.ada, contract.id, answers("freelancer"))
    run_jobs()
    (seen,) = theirs(cast.ada, contract)
    assert not {"score", "reasons", "english", "private_note"} & set(vars(seen))
    events = [event.data for event in list_events(seen.id)]
    assert "Too slow" not in f"{events} {titles(cast.ada)}"


def test_published_alone_when_the_time_is_over(cast, contract):
    give_feedback(cast.cyd, contract.id, answers("client", 3))
    pass_time(days=14)
    assert theirs(cast.ada, contract) == []
    pass_time(days=1)
    assert [row.overall for row in theirs(cast.ada, contract)] == [300]
    with pytest.raises(Refused) as caught:
        give_feedback(cast.ada, contract.id, answers("freelancer"))
    assert caught.value.code == "feedback:late"
    assert not list_waiting_for(cast.ada, clock.now()).exists()


def test_the_silent_side_is_reminded_once(cast, contract):
    give_feedback(cast.cyd, contract.id, answers("client"))
    pass_time(days=12)
    pass_time(days=1)
    assert sum("can be given until" in title for title in titles(cast.ada)) == 1
    assert not any("can be given until" in title for title in titles(cast.cyd))


def test_without_payment_only_the_two_see_it(cast):
    contract = make_ended(cast.cyd, cast.ada, paid=False)
    give_feedback(cast.cyd, contract.id, answers("client", 1))
    give_feedback(cast.ada, contract.id, answers("freelancer"))
    run_jobs()
    assert [row.public for row in theirs(cast.ada, contract)] == [False]
    assert not list_public_about(cast.ada.party_id).exists()


def test_the_clients_feedback_completes_what_the_freelancer_ended(cast):
    contract, _ = make_contract(cast.cyd, cast.ada)
    end_contract(cast.ada, contract.id)
    run_jobs()
    with pytest.raises(Refused) as caught:
        give_feedback(cast.ada, contract.id, answers("freelancer"))
    assert caught.value.code == "feedback:closing"
    give_feedback(cast.cyd, contract.id, answers("client"))
    contract.refresh_from_db()
    assert contract.state == "ended"
    give_feedback(cast.ada, contract.id, answers("freelancer"))
    assert len(theirs(cast.ada, contract)) == 1


def test_midway_feedback_is_shown_at_once_and_not_counted(cast):
    make_profile(cast.ada)
    contract, (first, _) = make_contract(cast.cyd, cast.ada)
    with pytest.raises(Refused) as caught:
        give_feedback(cast.cyd, contract.id, answers("client"))
    assert caught.value.code == "feedback:early"
    pass_time(days=30)
    give_feedback(cast.cyd, contract.id, answers("client", 2))
    run_jobs()
    assert [row.phase for row in theirs(cast.ada, contract)] == ["midway"]
    assert not rating(cast)
    with pytest.raises(Refused) as caught:
        give_feedback(cast.cyd, contract.id, answers("client"))
    assert caught.value.code == "feedback:given"


@pytest.mark.parametrize("who", ["ben", "dot", "sam"])
def test_nobody_else_may(cast, contract, who):
    with pytest.raises(NotFound):
        give_feedback(getattr(cast, who), contract.id, answers("client"))
    if who != "sam":
        with pytest.raises(NotFound):
            get_exchange_for(getattr(cast, who), contract.id)


def test_once_each(cast, contract):
    give_feedback(cast.cyd, contract.id, answers("client"))
    with pytest.raises(Refused) as caught:
        give_feedback(cast.cyd, contract.id, answers("client", 1))
    assert caught.value.code == "feedback:given"
    assert Feedback.objects.get().overall == 500


def published(cast, contract):
    given = give_feedback(cast.cyd, contract.id, answers("client", 2))
    give_feedback(cast.ada, contract.id, answers("freelancer"))
    run_jobs()
    return given


def test_one_public_reply_of_the_other_side(cast, contract):
    given = give_feedback(cast.cyd, contract.id, answers("client", 2))
    with pytest.raises(Refused) as caught:
        reply_to_feedback(cast.ada, given.id, "Thank you.")
    assert caught.value.code == "feedback:hidden"
    give_feedback(cast.ada, contract.id, answers("freelancer"))
    for stranger in (cast.cyd, cast.ben):
        with pytest.raises(NotFound):
            reply_to_feedback(stranger, given.id, "Thank you.")
    reply_to_feedback(cast.ada, given.id, "We agreed on another date by message.")
    with pytest.raises(Refused) as caught:
        reply_to_feedback(cast.ada, given.id, "And one more thing.")
    assert caught.value.code == "feedback:replied"
    run_jobs()
    assert any("has replied" in title for title in titles(cast.cyd))


def test_a_change_needs_the_other_sides_leave_and_moves_the_mean(cast, contract):
    given = published(cast, contract)
    assert rating(cast) == 200
    with pytest.raises(Refused) as caught:
        change_feedback(cast.cyd, given.id, answers("client", 5))
    assert caught.value.code == "feedback:locked"
    ask_to_change(cast.cyd, given.id)
    assert any("would like to change" in title for title in titles(cast.ada))
    with pytest.raises(NotFound):
        allow_change(cast.cyd, given.id)
    allow_change(cast.ada, given.id)
    change_feedback(cast.cyd, given.id, answers("client", 5))
    run_jobs()
    assert rating(cast) == 500
    with pytest.raises(Refused):
        change_feedback(cast.cyd, given.id, answers("client", 1))


def test_leave_to_change_runs_out(cast, contract):
    given = published(cast, contract)
    allow_change(cast.ada, given.id)
    pass_time(days=15)
    with pytest.raises(Refused) as caught:
        change_feedback(cast.cyd, given.id, answers("client", 5))
    assert caught.value.code == "feedback:locked"


@pytest.mark.django_db(transaction=True)
def test_both_at_the_same_moment_publish_once(cast):
    make_profile(cast.ada)
    contract = make_ended(cast.cyd, cast.ada)
    at_once([
        lambda: give_feedback(cast.cyd, contract.id, answers("client")),
        lambda: give_feedback(cast.ada, contract.id, answers("freelancer")),
        lambda: give_feedback(cast.cyd, contract.id, answers("client")),
    ])  # fmt: skip
    run_jobs()
    assert Feedback.objects.filter(published_at__isnull=False).count() == 2
    card = list_cards([cast.ada.party_id])[cast.ada.party_id]
    assert card.rating == 500
