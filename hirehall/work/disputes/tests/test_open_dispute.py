"""Opening a dispute: who, when, for how much; what is not claimed moves at once and the rest is held."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hirehall.kernel import files
from hirehall.kernel.errors import NotFound, Refused
from hirehall.kernel.events import list_events
from hirehall.kernel.models import StoredFile
from hirehall.money.payments.queries import balances_for
from hirehall.people.accounts.actions import add_seat
from hirehall.people.accounts.queries import find_actor, get_user
from hirehall.people.notifications.models import Notice
from hirehall.work.contracts.actions.endings import answer_refund, close_due, end_contract
from hirehall.work.contracts.actions.holds import hold_for_dispute, settle_dispute
from hirehall.work.contracts.actions.milestones import approve_milestone
from hirehall.work.disputes.actions.claims import open_dispute, withdraw_dispute
from hirehall.work.disputes.models import Dispute
from hirehall.work.disputes.rules import Claim
from tests.support.at_once import at_once
from tests.support.cast import sign_up
from tests.support.contracts import make_contract
from tests.support.disputes import WHY, make_dispute, make_paid_and_ended, make_refused, waiting_in
from tests.support.jobs import pass_time, run_jobs
from tests.support.money import check_books


def refused(code, act):
    with pytest.raises(Refused) as caught:
        act()
    assert caught.value.code == code


@pytest.mark.feature("CTR-11", "PAY-04")
def test_the_client_claims_a_part_and_the_rest_is_released_at_once(cast):
    contract = make_refused(cast.cyd, cast.ada, both=True)
    dispute = make_dispute(cast.cyd, contract, 30_000)
    run_jobs()
    contract.refresh_from_db()
    assert (contract.held_by, contract.state, waiting_in(contract)) == (dispute.id, "closing", 30_000)
    # 450.00 waited, 150.00 were not claimed: less the fee of 10 % they are Ada's.
    assert balances_for(cast.ada).pending == 13_500
    assert (dispute.state, dispute.claimant, dispute.disputed_escrow) == ("claimed", "client", 30_000)
    event = list_events(contract.id, ["dispute:opened"])[0]
    assert event.data["dispute"] == dispute.id
    assert event.data["client"] == cast.cyd.party_id
    assert "opened a dispute" in Notice.objects.get(kind="contract.dispute_opened").title
    check_books()


@pytest.mark.feature("CTR-11", "PAY-04")
def test_the_freelancer_claims_a_part_and_the_rest_returns_at_once(cast):
    contract = make_refused(cast.cyd, cast.ada)
    make_dispute(cast.ada, contract, 12_000)
    run_jobs()
    assert (waiting_in(contract), balances_for(cast.ada).pending, balances_for(cast.cyd).escrow) == (12_000, 0, 12_000)
    check_books()


@pytest.mark.feature("PAY-04")
def test_what_is_held_moves_by_nothing_else(cast):
    contract = make_refused(cast.cyd, cast.ada)
    dispute = make_dispute(cast.cyd, contract)
    first = contract.milestones.first()
    refused("contract:in_dispute", lambda: approve_milestone(cast.cyd, first.id))
    refused("contract:in_dispute", lambda: approve_milestone(cast.cyd, first.id, 100))
    refused("contract:in_dispute", lambda: answer_refund(cast.ada, contract.id, agree=True))
    refused("contract:ended", lambda: end_contract(cast.ada, contract.id))
    refused("contract:in_dispute", lambda: hold_for_dispute(contract.id, "x" * 26))
    refused("contract:not_held", lambda: settle_dispute(contract.id, "x" * 26, held=1, to_freelancer=1, to_client=0, over=False))
    refused("contract:hold_much", lambda: settle_dispute(contract.id, dispute.id, held=20_000, to_freelancer=20_000, to_client=1, over=True))
    close_due(contract.id)
    pass_time(days=4)
    contract.refresh_from_db()
    assert (waiting_in(contract), contract.held_by) == (20_000, dispute.id)
    assert hold_for_dispute(contract.id, dispute.id).held_by == dispute.id


@pytest.mark.feature("CTR-11")
def test_a_claim_on_what_was_released_holds_nothing(cast):
    contract = make_paid_and_ended(cast.cyd, cast.ada)
    dispute = make_dispute(cast.cyd, contract, 0, 5_000)
    contract.refresh_from_db()
    assert (contract.held_by, dispute.disputed_refund) == ("", 5_000)
    refused("dispute:nothing", lambda: open_dispute(cast.ada, make_paid_and_ended(cast.cyd, cast.ada).id, Claim(1), WHY))


def test_claiming_only_what_was_released_lets_the_rest_go(cast):
    contract = make_refused(cast.cyd, cast.ada, released=5_000)
    make_dispute(cast.cyd, contract, 0, 5_000)
    run_jobs()
    contract.refresh_from_db()
    assert (contract.state, contract.held_by, waiting_in(contract)) == ("ended", "", 0)
    check_books()


@pytest.mark.feature("CTR-11")
def test_when_it_is_too_early_and_too_late(cast):
    contract, _ = make_contract(cast.cyd, cast.ada)
    refused("dispute:too_early", lambda: open_dispute(cast.cyd, contract.id, Claim(1), WHY))
    end_contract(cast.cyd, contract.id)
    refused("dispute:too_early", lambda: open_dispute(cast.ada, contract.id, Claim(1), WHY))
    answer_refund(cast.ada, contract.id, agree=False)
    pass_time(days=6, hours=23)
    refused("dispute:no_text", lambda: open_dispute(cast.cyd, contract.id, Claim(20_000), " "))
    pass_time(hours=1)
    refused("dispute:late", lambda: open_dispute(cast.cyd, contract.id, Claim(20_000), WHY))
    assert not Dispute.objects.exists()


def test_each_refusal_leaves_nothing(cast):
    contract = make_refused(cast.cyd, cast.ada)
    for code, claim, text in (
        ("dispute:claim_escrow", Claim(20_001), WHY), ("dispute:claim_refund", Claim(1, 1), WHY),
        ("dispute:claim_nothing", Claim(0), WHY), ("dispute:text_long", Claim(1), "w" * 10_001),
    ):  # fmt: skip
        refused(code, lambda claim=claim, text=text: open_dispute(cast.cyd, contract.id, claim, text))
    many = [SimpleUploadedFile("a.txt", b"a", "text/plain")] * 11
    refused("dispute:files_many", lambda: open_dispute(cast.cyd, contract.id, Claim(1), WHY, many))
    contract.refresh_from_db()
    assert (Dispute.objects.count(), contract.held_by, waiting_in(contract)) == (0, "", 20_000)


def test_a_second_one_is_refused_and_what_was_taken_back_stays_so(cast):
    contract = make_refused(cast.cyd, cast.ada, released=5_000)
    dispute = make_dispute(cast.cyd, contract, 15_000)
    for actor in (cast.cyd, cast.ada):
        refused("dispute:open", lambda actor=actor: open_dispute(actor, contract.id, Claim(1), WHY))
    withdraw_dispute(cast.cyd, dispute.id)
    refused("dispute:taken_back", lambda: open_dispute(cast.cyd, contract.id, Claim(0, 5_000), WHY))


def test_who_may_not(cast):
    contract = make_refused(cast.cyd, cast.ada)
    for actor in (cast.ben, cast.dot, cast.eve, cast.sam):
        with pytest.raises(NotFound):
            open_dispute(actor, contract.id, Claim(1), WHY)
    vera = sign_up("Vera Look", "freelancer")
    add_seat(cast.cyd, vera.user_id, "viewer")
    viewer = find_actor(get_user(vera.user_id), cast.cyd.party_id)
    refused("party:role", lambda: open_dispute(viewer, contract.id, Claim(1), WHY))


@pytest.mark.feature("CTR-11")
def test_evidence_opens_for_both_sides_and_unconcerned_staff_only(cast):
    contract = make_refused(cast.cyd, cast.ada)
    shown = SimpleUploadedFile("chat.txt", b"what was said", "text/plain")
    open_dispute(cast.cyd, contract.id, Claim(20_000), WHY, [shown])
    stored = StoredFile.objects.get(purpose="evidence")
    for actor in (cast.ada, cast.cyd, cast.sam):
        assert files.get_file_for(actor, stored.id).id == stored.id
    for actor in (cast.ben, cast.dot, cast.eve):
        with pytest.raises(NotFound):
            files.get_file_for(actor, stored.id)
    add_seat(cast.cyd, cast.sam.user_id, "viewer")
    with pytest.raises(NotFound):
        files.get_file_for(cast.sam, stored.id)
    with pytest.raises(NotFound):
        files.get_file_for(replace(cast.sam, user_id=None, party_id=None), stored.id)


@pytest.mark.feature("CTR-11")
@pytest.mark.django_db(transaction=True)
def test_both_open_at_once_and_the_client_releases_meanwhile(cast):
    contract = make_refused(cast.cyd, cast.ada)
    first = contract.milestones.first()
    found = at_once([
        lambda: open_dispute(cast.cyd, contract.id, Claim(20_000), WHY), lambda: open_dispute(cast.ada, contract.id, Claim(20_000), WHY),
        lambda: approve_milestone(cast.cyd, first.id),
    ])  # fmt: skip
    assert [f for f in found if isinstance(f, Exception) and not isinstance(f, Refused)] == []
    run_jobs()
    assert Dispute.objects.count() + (waiting_in(contract) == 0) >= 1
    assert Dispute.objects.count() <= 1
    if Dispute.objects.exists():
        assert waiting_in(contract) == 20_000
    check_books()
