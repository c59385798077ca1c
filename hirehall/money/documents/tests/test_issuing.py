"""Documents follow from money's events, once each, frozen, and numbered without a gap by each issuer in each year."""

import random
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from hirehall.kernel import clock, events, policy
from hirehall.kernel.models import Event
from hirehall.money.documents.actions.details import keep_details
from hirehall.money.documents.actions.issuing import issue_document, issue_once
from hirehall.money.documents.models import Certificate, Counter, Document
from hirehall.money.documents.reactions import issue_documents
from hirehall.money.ledger.queries import list_posted
from hirehall.money.payments.actions import escrow, payouts
from hirehall.money.payments.models import Hold, Refund, Withdrawal
from hirehall.money.payments.policy import VatPolicy, vat_numbers
from hirehall.money.payments.policy import numbers as payment_numbers
from tests.support.at_once import at_once
from tests.support.cast import make_cast
from tests.support.documents import issue_all, make_draft, make_release
from tests.support.jobs import pass_time, run_jobs
from tests.support.money import UNIT, make_earnings, make_escrow, make_payout_method


def numbers(issuer: str = "", year: int = 2026) -> list[int]:
    return list(Document.objects.filter(issuer=issuer, year=year).order_by("number").values_list("number", flat=True))


@pytest.mark.feature("PAY-06")
def test_a_release_makes_the_freelancers_invoice_and_the_markets_for_its_fee(cast):
    keep_details(cast.ada, "Adaeze Obi", "12 Marina Road\nLagos", "NG", "12345678-0001")
    make_earnings(cast.ada, cast.cyd, 12_345, wait=False)
    run_jobs()
    invoice, fee = Document.objects.get(kind="invoice"), Document.objects.get(kind="fee_invoice")
    hold = Hold.objects.get()
    assert (invoice.issuer, invoice.recipient_id, invoice.total_minor) == (
        cast.ada.party_id,
        cast.cyd.party_id,
        hold.gross_minor,
    )
    assert (fee.issuer, fee.recipient_id, fee.total_minor) == ("", cast.ada.party_id, hold.fee_minor)
    assert invoice.facts["issuer"]["name"] == "Adaeze Obi"
    assert invoice.facts["issuer"]["tax_number"] == "123456780001"
    assert invoice.facts["by"]["name"] == "Hirehall"
    assert invoice.label == f"{cast.ada.party_id[-6:].upper()}-2026-000001"
    for document in (invoice, fee):
        for line in document.facts["lines"]:
            assert list_posted([line["ref"]])[0].amount == line["amount"]
    keep_details(cast.ada, "Another Name", "", "", "")
    invoice.refresh_from_db()
    assert invoice.facts["issuer"]["name"] == "Adaeze Obi"


@pytest.mark.feature("PAY-06")
def test_charges_refunds_and_withdrawals_make_receipts_credit_notes_and_confirmations(cast):
    escrow_id = make_escrow(cast.cyd, 10_000)
    escrow.return_escrow(
        escrow_id=escrow_id, contract_id="c" * 26, client_id=cast.cyd.party_id, amount=2_500, unit=UNIT, ref="r"
    )
    run_jobs()
    receipt, note = Document.objects.get(kind="receipt"), Document.objects.get(kind="credit_note")
    assert (receipt.total_minor, receipt.recipient_id) == (10_000, cast.cyd.party_id)
    assert (note.total_minor, note.facts["corrects"]["id"]) == (2_500, receipt.id)
    assert Refund.objects.get().amount_minor == note.total_minor
    make_earnings(cast.ada, cast.cyd)
    payouts.withdraw(cast.ada, make_payout_method(cast.ada).id, 4_000)
    run_jobs()
    paid = Document.objects.get(kind="withdrawal")
    assert (paid.total_minor, paid.cause) == (4_000, f"withdrawal:market:{Withdrawal.objects.get().id}")
    assert numbers() == [1, 2, 3, 4, 5]


@pytest.mark.feature("PAY-06", "PAY-05")
def test_a_withdrawal_that_the_bank_sends_back_has_its_fee_credited(cast):
    make_earnings(cast.ada, cast.cyd)
    card = make_payout_method(cast.ada, "4000000000001111", "card")
    withdrawal = payouts.withdraw(cast.ada, card.id, 4_000)
    run_jobs()
    invoice = Document.objects.get(kind="fee_invoice", cause=f"fee_invoice:market:{withdrawal.id}")
    assert invoice.total_minor == 40
    pass_time(days=3)
    note = Document.objects.get(kind="credit_note")
    assert (note.total_minor, note.recipient_id, note.facts["corrects"]["id"]) == (40, cast.ada.party_id, invoice.id)
    # What failed before it was paid was never invoiced: there is nothing to credit.
    closed = make_payout_method(cast.ada, "4000000000000000", "card")
    payouts.withdraw(cast.ada, closed.id, 4_000)
    run_jobs()
    assert Document.objects.filter(kind="credit_note").count() == 1


def test_an_event_that_comes_twice_makes_no_second_document(cast):
    make_earnings(cast.ada, cast.cyd, wait=False)
    run_jobs()
    before = list(Document.objects.order_by("id").values_list("id", "label"))
    for event in Event.objects.filter(name__in=["charge:settled", "escrow:released"]):
        issue_documents(event)
    assert list(Document.objects.order_by("id").values_list("id", "label")) == before
    assert Counter.objects.get(issuer="").last == len(numbers())


def test_a_fee_of_nothing_makes_no_document(cast):
    told = make_release(cast.ada, cast.cyd, 10_000, 1_000, "USD")
    assert issue_all("escrow:released", "e", {**told, "hold": "0" * 26}) == [None, None]
    assert not Document.objects.exists()


@pytest.mark.feature("PAY-06")
def test_the_vat_on_a_fee_is_a_line_of_its_own(cast):
    told = make_release(cast.ada, cast.cyd, 10_000, 1_000, "USD", vat=190)
    _, fee = issue_all("escrow:released", "e", told)
    assert (fee.facts["net"], fee.facts["tax"], fee.total_minor) == (1_000, 190, 1_190)


def test_what_was_issued_is_neither_changed_nor_deleted(cast):
    issue_document(make_draft(cast.cyd.party_id, "a"))
    for change in (
        lambda: Document.objects.update(total_minor=1),
        lambda: Document.objects.all().delete(),
        lambda: Certificate.objects.update(code="x"),
        lambda: Counter.objects.update(last=7),
        lambda: Counter.objects.update(last=0),
        lambda: Counter.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert Document.objects.get().total_minor == 100


def test_each_issuer_and_each_year_begins_with_one(cast):
    issue_all("escrow:released", "e", make_release(cast.ada, cast.cyd, 10_000, 1_000, "USD"))
    issue_all("escrow:released", "e", make_release(cast.ben, cast.cyd, 10_000, 1_000, "USD"))
    clock.freeze(datetime(2027, 1, 1, 0, 0, tzinfo=UTC))
    issue_all("escrow:released", "e", make_release(cast.ben, cast.cyd, 10_000, 1_000, "USD"))
    assert numbers(cast.ada.party_id) == [1]
    assert numbers(cast.ben.party_id) == [1]
    assert numbers(cast.ben.party_id, 2027) == [1]
    assert (numbers(), numbers("", 2027)) == ([1, 2], [1])


@pytest.mark.feature("PAY-06")
@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_and_some_that_fail_leave_no_gap_and_no_repeat():
    cyd = make_cast().cyd
    drafts = [make_draft(cyd.party_id, f"cause{n}") for n in range(50)]

    def issue(place: int):
        # Every third transaction is undone after it got its number.
        with transaction.atomic():
            made = issue_once(drafts[place])
            if place % 3 == 0:
                raise ZeroDivisionError
            return made

    order = list(range(50))
    random.Random(7).shuffle(order)
    for start in range(0, 50, 10):
        at_once([lambda place=place: issue(place) for place in order[start : start + 10]])
    assert numbers() == list(range(1, 34))
    # Those that failed come again, each twice at the same moment.
    failed = [place for place in range(50) if place % 3 == 0]
    for start in range(0, len(failed), 6):
        some = failed[start : start + 6]
        at_once([lambda place=place: issue_once(drafts[place]) for place in some + some])
    assert numbers() == list(range(1, 51))
    assert Document.objects.count() == 50 == Counter.objects.get(issuer="").last
    connection.close()


def test_a_document_tells_that_it_was_issued(cast):
    made = issue_document(make_draft(cast.cyd.party_id, "a"))
    assert [event.name for event in events.list_events(made.id)] == ["document:issued"]


@pytest.mark.feature("PAY-06")
def test_the_vat_on_the_fee_of_a_withdrawal_is_on_its_invoice(cast, monkeypatch):
    monkeypatch.setattr("hirehall.money.payments.payout_queries.numbers_in", lambda _unit: replace(payment_numbers(), bank_fee_minor=99))
    monkeypatch.setitem(policy._current, VatPolicy, replace(vat_numbers(), country="US", elsewhere_basis_points=1_900))
    make_earnings(cast.ada, cast.cyd)
    payouts.withdraw(cast.ada, make_payout_method(cast.ada).id, 1_000)
    run_jobs()
    invoice = Document.objects.get(kind="fee_invoice", total_minor=118)
    assert (invoice.facts["net"], invoice.facts["tax"]) == (99, 19)
