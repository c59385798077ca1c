"""What goes back, by agreement, decision, or a bank, has its credit note; and every other paid thing has its paper too."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hirehall.kernel import clock
from hirehall.kernel.models import Event
from hirehall.market.jobs.models import ClientRecord
from hirehall.market.profiles.models import WorkRecord
from hirehall.money.documents.models import Counter, Document
from hirehall.money.documents.reactions import issue_documents
from hirehall.money.documents.summaries import certified, year_for
from hirehall.money.payments.actions import recovery
from hirehall.money.payments.actions.conversions import accept_conversion, quote_conversion
from hirehall.money.payments.actions.methods import choose_method
from hirehall.money.payments.earnings import by_month_for, by_other_for
from hirehall.money.payments.policy import taken
from hirehall.money.payments.release_queries import contract_net_minor, earned_minor, spent_minor
from hirehall.work.contracts.actions.bonuses import give_bonus
from hirehall.work.contracts.actions.expenses import answer_expense, claim_expense
from hirehall.work.contracts.actions.milestones import approve_milestone
from hirehall.work.contracts.actions.offers import accept_offer
from hirehall.work.contracts.actions.repayments import answer_repayment, propose_repayment
from hirehall.work.contracts.rules import MilestoneTerms
from hirehall.work.disputes.actions.claims import answer_claim
from hirehall.work.disputes.rules import Claim
from tests.support.cast import browse_as
from tests.support.contracts import TERMS, make_contract, make_offer_to
from tests.support.disputes import ANSWER, make_dispute, make_paid_and_ended
from tests.support.jobs import pass_time, run_jobs
from tests.support.money import NO_MONEY, check_all_books, make_card, make_debt, make_earnings, make_rate

pytestmark = [pytest.mark.django_db, pytest.mark.feature("PAY-06")]


def papers(kind: str, issuer: str = "") -> list[Document]:
    run_jobs()
    return list(Document.objects.filter(kind=kind, issuer=issuer).order_by("id"))


def no_gap() -> bool:
    """Every number that an issuer gave is one document's."""
    return all(
        list(Document.objects.filter(issuer=one.issuer, year=one.year).order_by("number").values_list("number", flat=True))
        == list(range(1, one.last + 1))
        for one in Counter.objects.all()
    )


def decided_back(cast, amount: int = 12_000):
    """Of 200.00 that were released, a part goes back by a dispute, and was collected."""
    contract = make_paid_and_ended(cast.cyd, cast.ada)
    answer_claim(cast.ada, make_dispute(cast.cyd, contract, 0, amount).id, Claim(0, amount), ANSWER)
    pass_time(days=5)
    return contract


def agreed_back(cast, amount: int = 12_000):
    """The same by agreement."""
    contract = make_paid_and_ended(cast.cyd, cast.ada)
    answer_repayment(cast.cyd, propose_repayment(cast.ada, contract.id, amount, "Not all of it was needed.").id, accept=True)
    return contract


@pytest.mark.feature("CTR-11")
def test_what_a_decision_takes_back_has_its_credit_notes(cast):
    decided_back(cast)
    (note,), (fee_note,) = papers("credit_note", cast.ada.party_id), [
        one for one in papers("credit_note") if one.recipient_id == cast.ada.party_id
    ]
    (invoice,), (fee_invoice,) = papers("invoice", cast.ada.party_id), papers("fee_invoice")
    assert (note.recipient_id, note.total_minor, note.facts["corrects"]["id"]) == (cast.cyd.party_id, 12_000, invoice.id)
    assert (fee_note.total_minor, fee_note.facts["corrects"]["id"]) == (1_200, fee_invoice.id)
    page = browse_as(cast.cyd).get(f"/money/documents/{note.id}/").content.decode()
    assert all(words in page for words in ("Credit note", "Paid back by decision", "$120.00", f"It corrects {invoice.label}."))
    for event in Event.objects.filter(name="release:taken_back"):
        issue_documents(event)
    assert len(papers("credit_note", cast.ada.party_id)) == 1
    assert no_gap()


@pytest.mark.feature("CTR-10")
def test_what_goes_back_by_agreement_has_its_credit_notes(cast):
    contract = make_paid_and_ended(cast.cyd, cast.ada)
    give_bonus(cast.cyd, contract.id, 5_000)
    run_jobs()
    asked = propose_repayment(cast.ada, contract.id, 6_000, "Not all of it was needed.")
    answer_repayment(cast.cyd, asked.id, accept=True)
    (note,) = papers("credit_note", cast.ada.party_id)
    (fee_note,) = [one for one in papers("credit_note") if one.recipient_id == cast.ada.party_id]
    work, bonus = papers("invoice", cast.ada.party_id)
    # The newest goes back first: the whole bonus, and 10.00 of the work.
    assert [line["amount"] for line in note.facts["lines"]] == [5_000, 1_000]
    assert (note.total_minor, note.facts["corrects"]["label"]) == (6_000, f"{work.label}, {bonus.label}")
    assert (fee_note.total_minor, len(fee_note.facts["lines"])) == (600, 2)
    assert no_gap()


@pytest.mark.feature("CTR-10")
def test_a_bonus_and_an_expense_have_receipt_invoice_and_invoice_for_the_fee(cast):
    contract, _ = make_contract(cast.cyd, cast.ada)
    run_jobs()
    give_bonus(cast.cyd, contract.id, 3_000)
    upload = SimpleUploadedFile("receipt.txt", b"Train, 40.00", "text/plain")
    expense = claim_expense(cast.ada, contract.id, title="Train", amount=4_000, reason="To the shop and back.", receipt=upload)
    answer_expense(cast.cyd, expense.id, approve=True)
    assert [one.total_minor for one in papers("receipt")] == [20_000, 3_000, 4_000]
    assert [one.total_minor for one in papers("invoice", cast.ada.party_id)] == [3_000, 4_000]
    assert [one.total_minor for one in papers("fee_invoice")] == [300, 400]
    assert no_gap()


@pytest.mark.feature("PAY-08")
def test_a_conversion_is_confirmed_with_its_rate_and_margin(cast):
    make_rate("USD", "JPY", "151.87")
    make_earnings(cast.ada, cast.cyd)
    accept_conversion(cast.ada, quote_conversion(cast.ada, "USD", "JPY", 5_000).id)
    (paper,) = papers("conversion")
    assert (paper.recipient_id, paper.total_minor, paper.unit) == (cast.ada.party_id, 5_000, "USD")
    page = browse_as(cast.ada).get(f"/money/documents/{paper.id}/").content.decode()
    for words in ("Confirmation of a conversion", "Converted to ¥7,555", "at 1 USD = 151.87 JPY, margin of 0.5 %: ¥38", "$50.00"):
        assert words in page
    assert browse_as(cast.ada).get("/money/documents/?kind=conversion").content.decode().count(paper.label) >= 1


@pytest.mark.feature("PAY-07")
def test_a_payment_that_a_bank_took_back_has_a_credit_note_and_a_paid_debt_its_receipt(cast):
    debt = make_debt(cast.cyd, cast.ada)
    (receipt,), (note,) = papers("receipt"), papers("credit_note")
    assert (note.recipient_id, note.total_minor, note.facts["corrects"]["id"]) == (cast.cyd.party_id, 10_000, receipt.id)
    choose_method(cast.cyd, make_card(cast.cyd, NO_MONEY).id)
    recovery.record_debt_transfer(cast.sam, debt.id, 2_500, "REF-1", "Seen at the bank.")
    recovery.record_debt_transfer(cast.sam, debt.id, 7_500, "REF-2", "Seen at the bank.")
    assert [one.total_minor for one in papers("receipt")] == [10_000, 2_500, 7_500]
    assert "Paid what you owed" in browse_as(cast.cyd).get(f"/money/documents/{papers('receipt')[-1].id}/").content.decode()
    assert no_gap()


@pytest.mark.feature("PAY-06", "CTR-11")
@pytest.mark.parametrize("back", [decided_back, agreed_back])
def test_what_went_back_is_nowhere_earned_or_spent(cast, back):
    contract = back(cast)
    run_jobs()
    party, client, now = cast.ada.party_id, cast.cyd.party_id, clock.now()
    assert (earned_minor(party, "USD"), spent_minor(client, "USD"), contract_net_minor(contract.id)) == (7_200, 8_000, 7_200)
    assert (by_month_for(cast.ada, "USD", now)[-1][1], by_month_for(cast.cyd, "USD", now)[-1][1]) == (7_200, 8_000)
    assert by_other_for(cast.ada, "USD", now) == [(cast.cyd.name, 7_200)]
    assert by_other_for(cast.cyd, "USD", now) == [(cast.ada.name, 8_000)]
    # Profiles and job pages show what was paid before the fee, as clients read it.
    assert WorkRecord.objects.get(pk=party).earned_minor == ClientRecord.objects.get(pk=client).spent_minor == 8_000
    check_all_books()


def test_in_another_currency_the_counts_take_off_its_worth(cast):
    offer = make_offer_to(cast.cyd, cast.ada, replace(TERMS, milestones=(MilestoneTerms("All", 20_000),)), unit="JPY")
    contract = accept_offer(cast.ada, offer.id)
    run_jobs()
    approve_milestone(cast.cyd, contract.milestones.get().id)
    run_jobs()
    before = WorkRecord.objects.get(pk=cast.ada.party_id).earned_minor
    assert before == taken().worth("JPY", 20_000)
    asked = propose_repayment(cast.ada, contract.id, 20_000, "None of it was needed.")
    answer_repayment(cast.cyd, asked.id, accept=True)
    run_jobs()
    assert WorkRecord.objects.get(pk=cast.ada.party_id).earned_minor == ClientRecord.objects.get(pk=cast.cyd.party_id).spent_minor == 0


@pytest.mark.parametrize("back", [decided_back, agreed_back])
def test_the_year_takes_off_what_went_back(cast, back):
    back(cast)
    run_jobs()
    (mine,), (theirs,) = year_for(cast.ada, 2026), year_for(cast.cyd, 2026)
    assert (mine.totals["earned"], mine.totals["fees"], mine.totals["refunds"]) == (20_000, -2_000 + 1_200, -12_000)
    assert mine.by_other("earned") == [(cast.cyd.name, 8_000)]
    assert theirs.by_other("paid") == [(cast.ada.name, 8_000)]
    assert certified(mine) == {"unit": "USD", "gross": 20_000, "fees": 800, "returned": 12_000, "net": 7_200}
