"""Fees of a contract: frozen at its start, told before it, taken once each, returned with what they were on."""

from dataclasses import replace

import pytest

from hirehall.kernel import policy
from hirehall.kernel.errors import Refused
from hirehall.money.ledger.models import Transfer
from hirehall.money.ledger.queries import trial_balance
from hirehall.money.payments.actions.methods import choose_method
from hirehall.money.payments.fees import DIRECT, Step
from hirehall.money.payments.models import Charge, Refund, TaxNumber
from hirehall.money.payments.policy import FeesPolicy, VatPolicy, fee_numbers, vat_numbers
from hirehall.money.payments.queries import balances_for
from hirehall.money.payments.quoting import fees_between
from hirehall.work.contracts.actions.bonuses import give_bonus
from hirehall.work.contracts.actions.endings import end_contract
from hirehall.work.contracts.actions.milestones import approve_milestone, fund_milestone
from hirehall.work.contracts.actions.offers import accept_offer
from hirehall.work.contracts.actions.repayments import answer_repayment, propose_repayment
from hirehall.work.contracts.models import Offer
from tests.support.cast import browse_as
from tests.support.contracts import make_contract, make_offer_to
from tests.support.jobs import run_jobs
from tests.support.money import NO_MONEY, WORKS, check_books, make_card


@pytest.fixture
def dear(monkeypatch):
    """Every fee there can be. Cyd is in the operator's country, Ada is elsewhere."""
    monkeypatch.setitem(policy._current, FeesPolicy, replace(fee_numbers(), client_fee_basis_points=300, initiation_fee_minor=499))
    vat = replace(vat_numbers(), country="US", home_basis_points=2_000, elsewhere_basis_points=1_000)
    monkeypatch.setitem(policy._current, VatPolicy, vat)


def kept() -> tuple[int, int]:
    """What the market and the state have."""
    held = {kind: total for books in trial_balance() if books.unit == "USD" for kind, _, total in books.by_kind}
    return held.get("fee", 0), held.get("tax", 0)


def taken(code: str) -> list[tuple[int, dict]]:
    return [(t.amount, {k: t.memo.get(k) for k in ("basis_points", "of_minor", "on")}) for t in Transfer.objects.filter(code=code).order_by("id")]


@pytest.mark.feature("PAY-02")
def test_each_fee_is_an_entry_with_its_reason(cast, dear):
    contract, (first, second) = make_contract(cast.cyd, cast.ada)
    first.refresh_from_db()
    assert (first.state, first.funded_minor, first.asked_minor) == ("funded", 20_000, 0)
    assert Charge.objects.get(subject_id=first.id).amount_minor == 20_000 + 600 + 120 + 499 + 100
    assert taken("client_fee") == [(600, {"basis_points": 300, "of_minor": 20_000, "on": None})]
    assert taken("initiation_fee") == [(499, {"basis_points": 0, "of_minor": 499, "on": None})]
    assert sorted(amount for amount, _ in taken("vat_on_fee")) == [100, 120]
    fund_milestone(cast.cyd, second.id)
    run_jobs()
    assert len(taken("initiation_fee")) == 1
    assert Charge.objects.get(subject_id=second.id).amount_minor == 25_000 + 750 + 150
    approve_milestone(cast.cyd, first.id)
    assert balances_for(cast.ada).pending == 20_000 - 2_000 - 200
    assert taken("vat_on_fee")[-1] == (200, {"basis_points": 1_000, "of_minor": 2_000, "on": "service_fee"})
    assert kept() == (600 + 499 + 750 + 2_000, 120 + 100 + 150 + 200)
    check_books()


@pytest.mark.feature("PAY-02", "PAY-04")
def test_what_was_never_released_comes_back_with_every_fee(cast, dear):
    contract, _ = make_contract(cast.cyd, cast.ada)
    end_contract(cast.ada, contract.id)
    run_jobs()
    assert kept() == (0, 0)
    assert (Refund.objects.get().amount_minor, balances_for(cast.cyd).available) == (21_319, 0)
    check_books()


@pytest.mark.feature("PAY-02", "CTR-10")
def test_released_money_that_goes_back_takes_the_fees_of_both_sides_along(cast, dear):
    contract, (first, _) = make_contract(cast.cyd, cast.ada)
    approve_milestone(cast.cyd, first.id)
    give_bonus(cast.cyd, contract.id, 1_000)
    run_jobs()
    for amount, both in ((5_000, None), (16_000, (0, 0))):
        asked = propose_repayment(cast.ada, contract.id, amount, "Mine to give")
        answer_repayment(cast.cyd, asked.id, accept=True)
        run_jobs()
        check_books()
        if both is None:
            # The bonus went back whole, and 40.00 of the milestone: 160.00 are left with their fees.
            assert kept() == (480 + 499 + 1_600, 96 + 100 + 160)
    assert kept() == (0, 0)
    assert (balances_for(cast.ada).pending, balances_for(cast.cyd).available) == (0, 0)
    assert sum(Refund.objects.values_list("amount_minor", flat=True)) == 21_319 + 1_000 + 30 + 6


@pytest.mark.feature("PAY-02")
def test_a_failed_first_charge_leaves_the_one_time_fee_to_the_next(cast, dear):
    make_card(cast.cyd)
    offer = make_offer_to(cast.cyd, cast.ada)
    choose_method(cast.cyd, make_card(cast.cyd, NO_MONEY).id)
    contract = accept_offer(cast.ada, offer.id)
    run_jobs()
    contract.refresh_from_db()
    first = contract.milestones.first()
    assert (first.state, first.asked_minor, contract.initiation_milestone_id, kept()) == ("proposed", 0, "", (0, 0))
    choose_method(cast.cyd, make_card(cast.cyd, WORKS).id)
    fund_milestone(cast.cyd, first.id)
    run_jobs()
    assert [amount for amount, _ in taken("initiation_fee")] == [499]
    check_books()


@pytest.mark.feature("PAY-02")
def test_a_contract_keeps_the_fees_that_it_was_made_under(cast, dear, monkeypatch):
    contract, (first, second) = make_contract(cast.cyd, cast.ada)
    monkeypatch.setitem(policy._current, FeesPolicy, replace(fee_numbers(), client_fee_basis_points=900, sliding=(Step(0, 1_500),)))
    fund_milestone(cast.cyd, second.id)
    run_jobs()
    approve_milestone(cast.cyd, first.id)
    assert taken("client_fee")[-1][0] == 750
    assert taken("service_fee")[-1][0] == 2_000


@pytest.mark.feature("PAY-02")
def test_the_sliding_rate_follows_what_the_client_was_billed(cast, monkeypatch):
    steps = (Step(0, 1_500), Step(20_000, 500))
    monkeypatch.setitem(policy._current, FeesPolicy, replace(fee_numbers(), sliding=steps))
    contract, (first, _) = make_contract(cast.cyd, cast.ada)
    assert (contract.fee_basis_points, contract.fee_rule) == (1_500, "sliding")
    approve_milestone(cast.cyd, first.id)
    assert make_contract(cast.cyd, cast.ada)[0].fee_basis_points == 500
    assert make_contract(cast.cyd, cast.ben)[0].fee_basis_points == 1_500
    asked = propose_repayment(cast.cyd, contract.id, 1, "One cent")
    answer_repayment(cast.ada, asked.id, accept=True)
    assert make_contract(cast.cyd, cast.ada)[0].fee_basis_points == 1_500


@pytest.mark.feature("PAY-02")
def test_a_direct_contract_has_its_own_rate_and_a_plan_takes_it_away(cast):
    offer = make_offer_to(cast.cyd, cast.ada, fee_kind=DIRECT)
    contract = accept_offer(cast.ada, offer.id)
    assert (contract.fee_basis_points, contract.fee_rule) == (500, "direct")
    with_plan = fees_between(cast.cyd.party_id, cast.ada.party_id, "USD", DIRECT, no_direct_fee=True)
    assert (with_plan.fee.basis_points, with_plan.fee.rule) == (0, "plan")


@pytest.mark.feature("PAY-02")
def test_a_vat_number_turns_the_tax_around(cast, monkeypatch):
    vat = replace(vat_numbers(), country="FR", union_other_basis_points=2_000)
    monkeypatch.setitem(policy._current, VatPolicy, vat)
    pair = (cast.dot.party_id, cast.ada.party_id, "USD")
    assert fees_between(*pair).client.vat_basis_points == 2_000
    TaxNumber.objects.create(party_id=cast.dot.party_id, number="DE123456789", saved_at="2026-03-10T12:00:00Z")
    assert fees_between(*pair).client.vat_basis_points == 0


@pytest.mark.feature("PAY-02")
def test_both_sides_read_every_fee_before_they_say_yes(cast, dear):
    make_card(cast.cyd)
    form = browse_as(cast.cyd).get(f"/contracts/offers/direct/{cast.ada.party_id}/").content.decode()
    for words in ("A fee of 10 % leaves", "You pay 3 % on top", "one-time fee of $4.99", "VAT of 20 % is added"):
        assert words in form
    offer = make_offer_to(cast.cyd, cast.ada)
    for side in (cast.ada, cast.cyd):
        page = browse_as(side).get(f"/contracts/offers/{offer.id}/").content.decode()
        # 450.00 + 13.50 + 2.70 + 4.99 + 1.00, and 450.00 - 45.00 - 4.50
        for words in ("The client pays in all", "$472.19", "The freelancer receives", "$400.50", "Payment fee, 3 %"):
            assert words in page
    contract = accept_offer(cast.ada, offer.id)
    run_jobs()
    room = browse_as(cast.cyd).get(f"/contracts/{contract.id}/").content.decode()
    assert "3 % on top" in room
    bonus = browse_as(cast.cyd).get(f"/contracts/{contract.id}/bonus/").content.decode()
    assert "You pay 3 % on top" in bonus
    statement = browse_as(cast.cyd).get("/money/statement/").content.decode()
    for words in ("Payment fee of 3 %", "One-time fee of the contract", "VAT of 20 % on a fee"):
        assert words in statement


@pytest.mark.feature("PAY-02")
def test_as_shipped_a_client_pays_the_price_and_nothing_else(cast):
    make_contract(cast.cyd, cast.ada)
    assert Charge.objects.get().amount_minor == 20_000
    offer = Offer.objects.get()
    page = browse_as(cast.cyd).get(f"/contracts/offers/{offer.id}/").content.decode()
    assert "$450.00" in page
    assert "$405.00" in page
    with pytest.raises(Refused):
        accept_offer(cast.cyd, make_offer_to(cast.cyd, cast.ada).id)
