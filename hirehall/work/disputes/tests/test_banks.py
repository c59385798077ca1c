"""A bank freezes or takes back money that a dispute holds: the dispute decides all the same, and nobody gets a cent twice."""

import os

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hirehall.kernel.errors import Refused
from hirehall.money.ledger.queries import balance
from hirehall.money.payments.actions.chargebacks import book_chargeback
from hirehall.money.payments.actions.methods import choose_method
from hirehall.money.payments.models import Chargeback, Debt
from hirehall.money.payments.queries import balances_for
from hirehall.work.contracts.actions.endings import answer_refund, end_contract
from hirehall.work.contracts.actions.holds import settle_dispute
from hirehall.work.contracts.actions.milestones import fund_milestone
from hirehall.work.disputes.actions.claims import answer_claim, withdraw_dispute
from hirehall.work.disputes.actions.evidence import finish_evidence
from hirehall.work.disputes.actions.solutions import answer_solution, decide_dispute, propose_solution
from hirehall.work.disputes.pictures import money
from hirehall.work.disputes.rules import Claim, Split
from tests.support.cast import browse_as
from tests.support.contracts import make_contract
from tests.support.disputes import ANSWER, fresh, make_dispute
from tests.support.jobs import pass_time, run_jobs
from tests.support.money import TAKEN_BACK, TAKEN_BACK_IN_VAIN, WORKS, amounts_of, check_all_books, make_card

LONG = os.environ.get("HIREHALL_LONG") == "1"


def make_refused_with(cast, card, second=""):
    """Paid with a card whose bank will dispute it, ended by the client, not returned; `second` pays the other part."""
    make_card(cast.cyd, card)
    contract, parts = make_contract(cast.cyd, cast.ada)
    if second:
        choose_method(cast.cyd, make_card(cast.cyd, second).id)
        fund_milestone(cast.cyd, parts[1].id)
        run_jobs()
    end_contract(cast.cyd, contract.id)
    answer_refund(cast.ada, contract.id, agree=False)
    run_jobs()
    return contract


def make_case(cast, card=TAKEN_BACK):
    """The same of one part, of which the client asks all back."""
    contract = make_refused_with(cast, card)
    return contract, make_dispute(cast.cyd, contract)


def hear(cast, dispute, given=0):
    """Answered, and so far that it can be decided."""
    other = cast.ada if dispute.claimant == "client" else cast.cyd
    answer_claim(other, dispute.id, Claim(given), ANSWER)
    if fresh(dispute).is_open:
        for side in (cast.ada, cast.cyd):
            finish_evidence(side, dispute.id)
        answer_solution(cast.cyd, propose_solution(cast.sam, dispute.id, Split(0), "So.").id, accept=False)


def decide(cast, dispute, to_freelancer):
    decide_dispute(cast.sam, dispute.id, Split(to_freelancer), "By the evidence.")
    run_jobs()


def stands(contract):
    contract.refresh_from_db()
    parts = list(contract.milestones.all())
    return (contract.state, *(sum(getattr(part, f"{name}_minor") for part in parts) for name in ("released", "contested", "awarded", "taken", "returned")))


def freeze():
    pass_time(hours=1)


def bank_decides():
    pass_time(days=7)
    run_jobs()


@pytest.mark.feature("CTR-11", "PAY-04", "PAY-07")
def test_a_decision_about_frozen_money_waits_for_the_bank_and_is_paid_when_the_bank_takes_it(cast):
    contract, dispute = make_case(cast)
    hear(cast, dispute)
    freeze()
    assert "is set aside until it has decided" in browse_as(cast.ada).get(f"/disputes/{dispute.id}/").content.decode()
    decide(cast, dispute, 12_000)
    assert stands(contract) == ("closing", 0, 20_000, 12_000, 0, 0)
    assert (fresh(dispute).state, contract.held_by, balances_for(cast.ada).pending) == ("decided", "", 0)
    page = browse_as(cast.ada).get(f"/disputes/{dispute.id}/").content.decode()
    assert "$120.00 is paid to the freelancer" in page
    assert money(dispute, list(contract.milestones.all())) == [
        ("Waits for the word of a bank", 20_000), ("Released to the freelancer", 0), ("Returned to the client", 0),
    ]  # fmt: skip
    room = browse_as(cast.cyd).get(f"/contracts/{contract.id}/").content.decode()
    assert "$120.00 of it is paid to the freelancer then, whatever the bank decides." in room
    bank_decides()
    assert stands(contract) == ("ended", 12_000, 0, 0, 20_000, 0)
    debt = Debt.objects.get()
    assert (debt.party_id, debt.cause, debt.amount_minor) == (cast.cyd.party_id, "award", 12_000)
    assert (balances_for(cast.ada).pending, balance("guarantee", "", "USD"), balance("gateway", "", "USD")) == (10_800, -12_000, 0)
    assert "a dispute gave to the freelancer" in browse_as(cast.cyd).get("/money/debts/").content.decode()
    check_all_books()


@pytest.mark.feature("CTR-11", "PAY-04", "PAY-07")
def test_when_the_bank_lets_the_payment_stand_both_get_their_part_of_it(cast):
    contract, dispute = make_case(cast, TAKEN_BACK_IN_VAIN)
    hear(cast, dispute)
    freeze()
    decide(cast, dispute, 12_000)
    bank_decides()
    assert stands(contract) == ("ended", 12_000, 0, 0, 0, 8_000)
    assert (balances_for(cast.ada).pending, Debt.objects.exists(), amounts_of("refund")) == (10_800, False, [8_000])
    check_all_books()


@pytest.mark.feature("CTR-11", "PAY-07")
@pytest.mark.parametrize(("to_freelancer", "owed"), [(20_000, 20_000), (12_000, 12_000), (0, 0)])
def test_what_the_bank_has_taken_before_the_decision_is_paid_at_once(cast, to_freelancer, owed):
    contract, dispute = make_case(cast)
    hear(cast, dispute)
    freeze()
    bank_decides()
    assert stands(contract) == ("closing", 0, 0, 0, 20_000, 0)
    decide(cast, dispute, to_freelancer)
    assert stands(contract) == ("ended", to_freelancer, 0, 0, 20_000, 0)
    assert sum(debt.amount_minor for debt in Debt.objects.all()) == owed
    check_all_books()


@pytest.mark.feature("CTR-11")
def test_news_that_is_still_on_its_way_to_the_contract_is_seen_by_the_decision(cast):
    contract, dispute = make_case(cast)
    hear(cast, dispute)
    freeze()
    # The books know that the bank has taken it; the milestone does not yet.
    Chargeback.objects.update(state="lost")
    book_chargeback(type("Event", (), {"data": {"chargeback": Chargeback.objects.get().pk}})())
    decide_dispute(cast.sam, dispute.id, Split(5_000), "By the evidence.")
    assert stands(contract) == ("ended", 5_000, 0, 0, 20_000, 0)
    run_jobs()
    assert stands(contract) == ("ended", 5_000, 0, 0, 20_000, 0)
    check_all_books()


@pytest.mark.feature("CTR-11", "CTR-12")
@pytest.mark.parametrize(("card", "returned"), [(TAKEN_BACK, 0), (TAKEN_BACK_IN_VAIN, 0)])
def test_a_client_cannot_end_a_contract_past_the_freelancer_by_having_the_bank_freeze_it(cast, card, returned):
    make_card(cast.cyd, card)
    contract, _ = make_contract(cast.cyd, cast.ada)
    freeze()
    end_contract(cast.cyd, contract.id)
    assert stands(contract)[:3] == ("closing", 0, 20_000)
    answer_refund(cast.ada, contract.id, agree=False)
    dispute = make_dispute(cast.ada, contract, 20_000)
    hear(cast, dispute)
    decide(cast, dispute, 20_000)
    bank_decides()
    assert stands(contract)[:2] == ("ended", 20_000)
    assert stands(contract)[5] == returned
    check_all_books()


@pytest.mark.feature("CTR-12")
def test_a_refused_return_of_money_that_the_bank_takes_ends_with_it(cast):
    make_card(cast.cyd, TAKEN_BACK)
    contract, _ = make_contract(cast.cyd, cast.ada)
    freeze()
    end_contract(cast.cyd, contract.id)
    answer_refund(cast.ada, contract.id, agree=False)
    bank_decides()
    assert stands(contract) == ("ended", 0, 0, 0, 20_000, 0)
    check_all_books()


@pytest.mark.feature("CTR-11")
def test_withdrawn_the_other_side_waits_for_the_bank(cast):
    contract, dispute = make_case(cast, TAKEN_BACK_IN_VAIN)
    freeze()
    withdraw_dispute(cast.cyd, dispute.id)
    assert stands(contract)[:4] == ("closing", 0, 20_000, 20_000)
    with pytest.raises(Refused) as caught:
        make_dispute(cast.ada, contract, 1)
    assert caught.value.code == "dispute:nothing"
    bank_decides()
    assert stands(contract) == ("ended", 20_000, 0, 0, 0, 0)
    check_all_books()


def test_never_more_than_is_held(cast):
    contract, dispute = make_case(cast)
    with pytest.raises(Refused) as caught:
        settle_dispute(contract.id, dispute.id, held=20_000, to_freelancer=20_000, to_client=1, over=True)
    assert caught.value.code == "contract:hold_much"


ORDERS = [
    "claim answer decide freeze bank", "claim answer freeze decide bank", "claim answer freeze bank decide", "claim freeze answer decide bank",
    "claim freeze answer bank decide", "claim freeze bank", "freeze claim answer decide bank", "freeze claim answer bank decide", "freeze claim bank",
]  # fmt: skip


@pytest.mark.feature("CTR-11", "PAY-04")
@pytest.mark.slow
@settings(max_examples=200 if LONG else 6, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_banks_do_and_when_each_side_gets_what_was_decided(db, cast, data):
    """Of each cent in dispute the freelancer gets what was decided; the client gets the rest, from us or from the bank, or owes it."""
    with transaction.atomic():
        first, second = data.draw(st.permutations([TAKEN_BACK, TAKEN_BACK_IN_VAIN, WORKS]))[:2]
        claimant, claim = data.draw(st.sampled_from(["cyd", "ada"])), data.draw(st.integers(1, 45_000))
        given_away, wanted = data.draw(st.integers(0, claim)), data.draw(st.integers(0, 45_000))
        contract, dispute = make_refused_with(cast, first, second), None
        for step in data.draw(st.sampled_from(ORDERS)).split():
            if step == "claim":
                dispute = make_dispute(getattr(cast, claimant), contract, claim)
            elif step == "answer":
                hear(cast, dispute, given_away)
            elif step == "decide" and fresh(dispute).is_open:
                decide(cast, dispute, min(wanted, dispute.disputed_escrow))
            elif step in ("freeze", "bank"):
                {"freeze": freeze, "bank": bank_decides}[step]()
        run_jobs()
        check_all_books()
        at_once = dispute.escrow_minor - claim if claimant == "cyd" else fresh(dispute).given_escrow_minor
        _, released, _, _, taken, returned = stood = stands(contract)
        assert stood[:4] == ("ended", at_once + fresh(dispute).to_freelancer_minor, 0, 0)
        owed = sum(debt.amount_minor for debt in Debt.objects.filter(party_id=cast.cyd.party_id, cause="award"))
        assert taken + returned - owed == 45_000 - released
        transaction.set_rollback(True)
