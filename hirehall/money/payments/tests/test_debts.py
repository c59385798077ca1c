"""Debts: opened when the guarantee account pays, tried again, paid by card or by bank, and what is closed meanwhile."""

import pytest
from django.urls import reverse

from hirehall.kernel import clock
from hirehall.kernel.errors import NotFound, Refused
from hirehall.kernel.models import Event
from hirehall.money.ledger.chart import Address
from hirehall.money.ledger.queries import balance
from hirehall.money.payments import debt_queries
from hirehall.money.payments.actions import methods, recovery
from hirehall.money.payments.models import Charge, DebtTransfer
from hirehall.money.payments.queries import balances_for, list_methods_for
from hirehall.people.notifications.queries import list_notices_for
from tests.support.at_once import at_once
from tests.support.cast import browse_as, call_as
from tests.support.jobs import pass_time, run_jobs
from tests.support.money import NO_MONEY, UNIT, WORKS, check_all_books, make_card, make_debt


@pytest.fixture
def owed(cast):
    """Cyd owes 100.00; Ada has her 90.00."""
    debt = make_debt(cast.cyd, cast.ada)
    assert balances_for(cast.ada).available == 9_000
    return debt


def use(actor, number):
    methods.choose_method(actor, make_card(actor, number).id)


def refused(act):
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.code


@pytest.mark.feature("PAY-07")
def test_the_guarantee_account_pays_once_for_one_reference(cast):
    def pay(amount=700):
        return recovery.pay_from_guarantee(
            debtor_id=cast.cyd.party_id, goal=Address("escrow", "e" * 26, cast.cyd.party_id), amount=amount, unit=UNIT,
            cause="bill", subject_id="e" * 26, ref="bill:1",
        )  # fmt: skip

    assert pay().pk == pay().pk
    assert (balance("guarantee", "", UNIT), balance("escrow", "e" * 26, UNIT)) == (-700, 700)
    assert refused(lambda: pay(800)) == "payment:ref_reused"
    check_all_books()


@pytest.mark.feature("PAY-07")
def test_a_debt_is_tried_after_three_and_seven_days_with_a_notice_each(cast, owed):
    told = next(notice for notice in list_notices_for(cast.cyd) if notice.title == "You owe $100.00.")
    assert "tried again by itself on 21 March 2026" in told.body
    use(cast.cyd, NO_MONEY)
    pass_time(days=2, hours=23)
    assert not Charge.objects.filter(purpose="debt").exists()
    for days, again in ((1, "tried again by itself on"), (4, "not tried again by itself")):
        pass_time(days=days)
        owed.refresh_from_db()
        told = list_notices_for(cast.cyd)[0]
        assert "not enough money" in told.body
        assert again in told.body
    assert (owed.next_try_at, owed.tries, owed.left_minor) == (None, 2, 10_000)
    pass_time(days=30)
    assert Charge.objects.filter(purpose="debt").count() == 2
    use(cast.cyd, WORKS)
    recovery.pay_debt(cast.cyd, owed.id)
    run_jobs()
    owed.refresh_from_db()
    assert (owed.state, owed.left_minor, balance("guarantee", "", UNIT)) == ("paid", 0, 0)
    assert list_notices_for(cast.cyd)[0].title == "What you owed is paid."
    assert refused(lambda: recovery.pay_debt(cast.cyd, owed.id)) == "debt:paid"
    check_all_books()


@pytest.mark.feature("PAY-07")
def test_without_a_card_the_try_is_told_and_costs_nothing(cast, owed):
    for card in list_methods_for(cast.cyd):
        methods.remove_method(cast.cyd, card.id)
    pass_time(days=3)
    owed.refresh_from_db()
    assert (owed.fail_reason, owed.tries, owed.next_try_at is None) == ("no_card", 0, False)
    recovery.retry_debt(owed.id)
    assert "no card that can be charged" in list_notices_for(cast.cyd)[0].body
    assert refused(lambda: recovery.pay_debt(cast.cyd, owed.id)) == "payment:no_method"


@pytest.mark.feature("PAY-07")
def test_a_bank_transfer_pays_a_part_and_the_rest_and_counts_once(cast, owed):
    def record(amount, reference="REF-1", reason="Seen on the statement of March.", actor=cast.sam):
        return recovery.record_debt_transfer(actor, owed.id, amount, reference, reason)

    assert refused(lambda: record(100, reference=" ")) == "debt:reference"
    assert refused(lambda: record(100, reason="")) == "debt:reason"
    assert refused(lambda: record(0)) == "debt:nothing"
    assert refused(lambda: record(10_001)) == "debt:too_much"
    for stranger in (cast.cyd, cast.ada):
        with pytest.raises(NotFound):
            record(100, actor=stranger)
    assert record(4_000).pk == record(4_000).pk
    assert refused(lambda: record(4_100)) == "payment:ref_reused"
    owed.refresh_from_db()
    assert (owed.left_minor, owed.state, balance("bank", "", UNIT)) == (6_000, "open", -4_000)
    use(cast.cyd, WORKS)
    recovery.pay_debt(cast.cyd, owed.id)
    assert refused(lambda: record(6_000, "REF-2")) == "debt:charging"
    run_jobs()
    assert refused(lambda: record(1, "REF-3")) == "debt:paid"
    told = Event.objects.get(name="debt:transfer_recorded")
    assert (told.user_id, told.data["reason"]) == (cast.sam.user_id, "Seen on the statement of March.")
    assert balance("guarantee", "", UNIT) == 0
    check_all_books()


@pytest.mark.feature("PAY-07")
def test_only_the_debtor_pays_and_others_find_nothing(cast, owed):
    for stranger in (cast.dot, cast.ada, cast.sam):
        with pytest.raises(NotFound):
            recovery.pay_debt(stranger, owed.id)
        assert browse_as(stranger).post(reverse("payments:pay_debt", args=[owed.id])).status_code == 404
        assert "$100.00" not in browse_as(stranger).get(reverse("payments:debts")).content.decode()
    assert browse_as(cast.cyd).get(reverse("payments:all_debts")).status_code == 404
    assert browse_as(cast.cyd).get(reverse("payments:record_transfer", args=[owed.id])).status_code == 404


@pytest.mark.django_db(transaction=True)
@pytest.mark.feature("PAY-07")
def test_paid_ten_times_at_once_it_is_charged_once(cast):
    debt = make_debt(cast.cyd, cast.ada)
    use(cast.cyd, WORKS)
    at_once([lambda: recovery.pay_debt(cast.cyd, debt.id)] * 5 + [
        lambda: recovery.record_debt_transfer(cast.sam, debt.id, 10_000, "REF-1", "Seen.")] * 5)  # fmt: skip
    run_jobs()
    debt.refresh_from_db()
    ways = Charge.objects.filter(purpose="debt").count() + DebtTransfer.objects.count()
    assert (debt.state, ways, balance("guarantee", "", UNIT), balances_for(cast.cyd).available) == ("paid", 1, 0, 0)
    check_all_books()


@pytest.mark.feature("PAY-07")
def test_the_page_tells_and_pays_and_the_statement_explains(cast, owed):
    browser = browse_as(cast.cyd)
    assert "You owe $100.00." in browser.get(reverse("payments:overview")).content.decode()
    page = browser.get(reverse("payments:debts")).content.decode()
    assert "tried again by itself" in page
    use(cast.cyd, WORKS)
    assert browser.post(reverse("payments:pay_debt", args=[owed.id])).status_code == 303
    assert "Your card is being charged." in browser.get(reverse("payments:debts")).content.decode()
    run_jobs()
    assert "Paid on" in browser.get(reverse("payments:debts")).content.decode()
    entries = browser.get(reverse("payments:statement") + "?kind=disputed").content.decode()
    for told in ("Taken back by the bank of Visa 0259", "Paid for you by the market; you owe it", "Paid what you owed"):
        assert told in entries


@pytest.mark.feature("PAY-07", "PAY-09")
def test_the_staff_see_ages_and_record_a_transfer(cast, owed):
    browser = browse_as(cast.sam)
    use(cast.cyd, NO_MONEY)
    pass_time(days=40)
    page = browser.get(reverse("payments:all_debts")).content.decode()
    assert ("Cyd Works" in page, "40 days" in page, "31 to 60 days" in page) == (True, True, True)
    assert [step[2:] for step in debt_queries.ageing(clock.now())[0].steps] == [(0, 0), (1, 10_000), (0, 0), (0, 0)]
    address = reverse("payments:record_transfer", args=[owed.id])
    typed = {"amount": "100.01", "reference": "REF-9", "reason": "Seen at the bank."}
    answer = browser.post(address, typed)
    assert (answer.status_code, "REF-9" in answer.content.decode()) == (422, True)
    assert browser.post(address, typed | {"amount": "x"}).status_code == 422
    assert browser.post(address, typed | {"amount": "100"}).status_code == 303
    assert browser.get(address).status_code == 404
    assert "Nobody owes anything" in browser.get(reverse("payments:all_debts")).content.decode()


@pytest.mark.feature("PAY-07", "OPS-03")
def test_a_program_reads_pays_and_records(client, cast, owed):
    mine, staff = call_as(cast.cyd), call_as(cast.sam)
    read = client.get("/api/v1/money/debts", headers=mine).json()["items"][0]
    assert (read["left_minor"], read["unit"], read["cause"], read["state"]) == (10_000, UNIT, "chargeback", "open")
    assert client.get("/api/v1/money/debts/all", headers=mine).status_code == 404
    assert client.get("/api/v1/money/debts/all", headers=staff).json()["items"][0]["party_id"] == cast.cyd.party_id
    body = {"amount_minor": 2_500, "reference": "REF-1", "reason": "Seen."}
    path, options = f"/api/v1/money/debts/{owed.id}", {"content_type": "application/json"}
    sent = client.post(f"{path}/transfers", body, headers=staff | {"Idempotency-Key": "a" * 20}, **options)
    assert (sent.status_code, sent.json()["amount_minor"]) == (201, 2_500)
    use(cast.cyd, WORKS)
    assert client.post(f"{path}/pay", headers=mine | {"Idempotency-Key": "b" * 20}).status_code == 200
    run_jobs()
    assert client.get("/api/v1/money/debts", headers=mine).json()["items"][0]["state"] == "paid"


@pytest.mark.parametrize(("name", "who", "most"), [("debts", "cyd", 20), ("all_debts", "sam", 18)])
def test_the_pages_ask_as_often_for_much_as_for_little(cast, owed, name, who, most, django_assert_max_num_queries):
    for number in range(6):
        recovery.pay_from_guarantee(
            debtor_id=cast.cyd.party_id, goal=Address("available", cast.cyd.party_id), amount=700, unit=UNIT,
            cause="bill", subject_id="e" * 26, ref=f"bill:{number}",
        )  # fmt: skip
    browser = browse_as(getattr(cast, who))
    browser.get(reverse(f"payments:{name}"))
    with django_assert_max_num_queries(most):
        browser.get(reverse(f"payments:{name}"))
