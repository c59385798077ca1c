"""Proposals of the mediator, offers between the sides, and what becomes of them."""

import pytest

from hirehall.kernel import clock
from hirehall.kernel.errors import NotFound, Refused
from hirehall.kernel.events import list_events
from hirehall.money.payments.queries import balances_for
from hirehall.people.accounts.actions import add_seat
from hirehall.people.notifications.models import Notice
from hirehall.work.disputes.actions.claims import answer_claim
from hirehall.work.disputes.actions.solutions import answer_solution, offer_settlement, propose_solution
from hirehall.work.disputes.models import Solution
from hirehall.work.disputes.rules import Claim, Split
from tests.support.at_once import at_once
from tests.support.disputes import ANSWER, fresh, make_dispute, make_heard, make_refused, make_undecided, waiting_in
from tests.support.jobs import pass_time, run_jobs
from tests.support.money import check_books


def refused(code, act):
    with pytest.raises(Refused) as caught:
        act()
    assert caught.value.code == code


@pytest.mark.feature("CTR-11")
def test_both_accept_the_mediators_proposal(cast):
    dispute = make_heard(cast)
    solution = propose_solution(cast.sam, dispute.id, Split(13_333), "Two thirds were done.")
    assert (fresh(dispute).state, (dispute.due_at - clock.now()).days) == ("proposed", 2)
    answer_solution(cast.ada, solution.id, accept=True)
    answer_solution(cast.ada, solution.id, accept=True)
    assert fresh(dispute).state == "proposed"
    refused("solution:answered", lambda: answer_solution(cast.ada, solution.id, accept=False))
    answer_solution(cast.cyd, solution.id, accept=True)
    answer_solution(cast.cyd, solution.id, accept=True)
    run_jobs()
    contract = dispute.contract
    assert (fresh(dispute).state, dispute.how, dispute.won_by, waiting_in(contract)) == ("settled", "proposal", "split", 0)
    assert balances_for(cast.ada).pending == 13_333 - 1_333
    assert [e.name for e in list_events(contract.id) if e.name.startswith("dispute:")] == [
        "dispute:opened", "dispute:answered", "dispute:proposed", "dispute:settled",
    ]  # fmt: skip
    assert Notice.objects.filter(kind="contract.dispute_proposed").count() == 2
    check_books()


@pytest.mark.feature("CTR-11")
@pytest.mark.parametrize("how", ["declined", "silent", "one silent"])
def test_without_two_yes_it_is_to_be_decided(cast, how):
    dispute = make_heard(cast)
    solution = propose_solution(cast.sam, dispute.id, Split(10_000), "Half.")
    if how == "declined":
        answer_solution(cast.cyd, solution.id, accept=False)
    else:
        if how == "one silent":
            answer_solution(cast.ada, solution.id, accept=True)
        pass_time(days=1, hours=23)
        waits = 1 if how == "one silent" else 2
        assert Notice.objects.filter(kind="contract.dispute_due").count() == waits
        assert fresh(dispute).state == "proposed"
        clock.freeze(dispute.due_at)
        refused("dispute:time_over", lambda: answer_solution(cast.cyd, solution.id, accept=True))
        pass_time(minutes=1)
    solution.refresh_from_db()
    assert fresh(dispute).state == "deciding"
    assert solution.state == ("declined" if how == "declined" else "lapsed")
    assert waiting_in(dispute.contract) == 20_000


@pytest.mark.feature("CTR-11")
def test_mediation_ends_after_its_days_even_without_a_proposal(cast):
    dispute = make_heard(cast)
    pass_time(days=29, hours=23)
    assert fresh(dispute).state == "mediation"
    refused("dispute:mediation_over", lambda: propose_solution(cast.sam, dispute.id, Split(1), "Late."))
    pass_time(hours=1)
    assert fresh(dispute).state == "deciding"


def test_the_mediator_can_try_again_while_there_is_time(cast):
    dispute = make_undecided(cast)
    second = propose_solution(cast.sam, dispute.id, Split(9_000), "Then this.")
    assert fresh(dispute).state == "proposed"
    for side in (cast.ada, cast.cyd):
        answer_solution(side, second.id, accept=True)
    assert fresh(dispute).state == "settled"


@pytest.mark.feature("CTR-11")
@pytest.mark.parametrize("stage", ["claimed", "mediation", "deciding"])
def test_both_sides_can_agree_at_any_time(cast, stage):
    if stage == "claimed":
        dispute = make_dispute(cast.cyd, make_refused(cast.cyd, cast.ada))
    else:
        dispute = make_heard(cast) if stage == "mediation" else make_undecided(cast)
    first = offer_settlement(cast.ada, dispute.id, Split(15_000), "This was my work.")
    second = offer_settlement(cast.ada, dispute.id, Split(11_000))
    first.refresh_from_db()
    assert first.state == "replaced"
    refused("solution:closed", lambda: answer_solution(cast.cyd, first.id, accept=True))
    refused("solution:own", lambda: answer_solution(cast.ada, second.id, accept=True))
    counter = offer_settlement(cast.cyd, dispute.id, Split(8_000))
    answer_solution(cast.ada, counter.id, accept=False)
    assert fresh(dispute).state == stage
    answer_solution(cast.cyd, second.id, accept=True)
    run_jobs()
    assert (fresh(dispute).state, dispute.how, balances_for(cast.ada).pending) == ("settled", "agreement", 9_900)
    refused("dispute:over", lambda: offer_settlement(cast.ada, dispute.id, Split(1)))
    check_books()


def test_an_offer_is_taken_back_by_its_maker_and_an_answer_replaces_what_was_offered(cast):
    dispute = make_dispute(cast.cyd, make_refused(cast.cyd, cast.ada))
    offer = offer_settlement(cast.cyd, dispute.id, Split(1_000))
    answer_solution(cast.cyd, offer.id, accept=False)
    offer.refresh_from_db()
    assert offer.state == "replaced"
    whole = offer_settlement(cast.cyd, dispute.id, Split(20_000))
    answer_claim(cast.ada, dispute.id, Claim(5_000), ANSWER)
    whole.refresh_from_db()
    assert whole.state == "replaced"


def test_each_refusal_and_who_may_not(cast):
    dispute = make_dispute(cast.cyd, make_refused(cast.cyd, cast.ada))
    refused("dispute:state", lambda: propose_solution(cast.sam, dispute.id, Split(1), "Early."))
    refused("dispute:split_escrow", lambda: offer_settlement(cast.ada, dispute.id, Split(20_001)))
    refused("dispute:split_refund", lambda: offer_settlement(cast.ada, dispute.id, Split(1, 1)))
    refused("dispute:text_long", lambda: offer_settlement(cast.ada, dispute.id, Split(1), "w" * 10_001))
    offer = offer_settlement(cast.ada, dispute.id, Split(1))
    heard = make_heard(cast)
    refused("dispute:no_text", lambda: propose_solution(cast.sam, heard.id, Split(1), ""))
    for actor in (cast.ben, cast.dot, cast.eve):
        for act in (
            lambda a: propose_solution(a, heard.id, Split(1), "Mine."), lambda a: offer_settlement(a, heard.id, Split(1)),
            lambda a: answer_solution(a, offer.id, accept=True), lambda a: answer_solution(a, "0" * 26, accept=True),
        ):  # fmt: skip
            with pytest.raises(NotFound):
                act(actor)
    for actor in (cast.ada, cast.cyd):
        with pytest.raises(NotFound):
            propose_solution(actor, heard.id, Split(1), "Mine.")
    add_seat(cast.cyd, cast.sam.user_id, "viewer")
    refused("dispute:own_case", lambda: propose_solution(cast.sam, heard.id, Split(1), "Mine."))
    assert Solution.objects.filter(by="mediator").count() == 0


@pytest.mark.feature("CTR-11")
@pytest.mark.django_db(transaction=True)
def test_both_answer_at_once_and_it_is_settled_once(cast):
    dispute = make_heard(cast)
    solution = propose_solution(cast.sam, dispute.id, Split(10_000), "Half.")
    found = at_once([
        lambda: answer_solution(cast.ada, solution.id, accept=True), lambda: answer_solution(cast.cyd, solution.id, accept=True),
        lambda: answer_solution(cast.ada, solution.id, accept=True), lambda: answer_solution(cast.cyd, solution.id, accept=True),
    ])  # fmt: skip
    assert [f for f in found if isinstance(f, Exception)] == []
    run_jobs()
    assert (fresh(dispute).state, balances_for(cast.ada).pending) == ("settled", 9_000)
    check_books()
