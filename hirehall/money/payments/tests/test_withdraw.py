"""Money leaves: to old enough methods, never more than there is, and it comes back when the bank says no."""

from dataclasses import replace
from threading import BoundedSemaphore

import pytest
from django.db import connection

from hirehall.kernel import policy
from hirehall.kernel.errors import NotFound, Refused
from hirehall.kernel.models import Event
from hirehall.money.ledger import queries as ledger
from hirehall.money.payments import intake
from hirehall.money.payments.actions import payouts
from hirehall.money.payments.models import Withdrawal
from hirehall.money.payments.policy import VatPolicy, numbers, vat_numbers
from hirehall.money.payments.queries import balances_for, count_waiting_withdrawals
from hirehall.people.notifications.queries import list_notices_for
from tests.support.at_once import at_once
from tests.support.cast import browse_as
from tests.support.jobs import pass_time, run_jobs
from tests.support.money import CLOSED_IBAN, IBAN, UNIT, check_books, make_earnings, make_payout_method


@pytest.fixture
def rich(cast):
    """Ada with 90.00 available and an account that can be used."""
    make_earnings(cast.ada, cast.cyd)
    return make_payout_method(cast.ada)


@pytest.mark.feature("PAY-05")
def test_a_part_and_then_all_the_rest(cast, rich):
    payouts.withdraw(cast.ada, rich.id, 2_500)
    assert (balances_for(cast.ada).available, balances_for(cast.ada).on_the_way) == (6_500, 2_500)
    assert count_waiting_withdrawals(cast.ada.party_id) == 1
    run_jobs()
    assert payouts.withdraw(cast.ada, rich.id).amount_minor == 6_500
    run_jobs()
    assert (balances_for(cast.ada).available, balances_for(cast.ada).on_the_way) == (0, 0)
    assert set(Withdrawal.objects.values_list("state", flat=True)) == {"paid"}
    assert Event.objects.filter(name="withdrawal:paid").count() == 2
    assert "paid out" in list_notices_for(cast.ada)[0].title
    assert ledger.balance("gateway", "", UNIT) == -1_000
    check_books()


@pytest.mark.feature("PAY-05")
def test_a_failed_withdrawal_gives_the_money_back(cast):
    make_earnings(cast.ada, cast.cyd)
    closed = make_payout_method(cast.ada, CLOSED_IBAN)
    withdrawal = payouts.withdraw(cast.ada, closed.id)
    run_jobs()
    withdrawal.refresh_from_db()
    assert (withdrawal.state, withdrawal.reason) == ("failed", "account_closed")
    assert balances_for(cast.ada).available == 9_000
    assert "the account is closed" in list_notices_for(cast.ada)[0].body
    check_books()


@pytest.mark.feature("PAY-05")
def test_a_fee_is_an_entry_of_its_own_and_comes_back_with_a_failure(cast, monkeypatch):
    monkeypatch.setattr("hirehall.money.payments.payout_queries.numbers_in", lambda _unit: replace(numbers(), bank_fee_minor=99))
    make_earnings(cast.ada, cast.cyd)
    good, closed = make_payout_method(cast.ada), make_payout_method(cast.ada, CLOSED_IBAN)
    fees = ledger.balance("fee", "", UNIT)
    payouts.withdraw(cast.ada, closed.id, 1_000)
    assert ledger.balance("fee", "", UNIT) == fees + 99
    run_jobs()
    assert (ledger.balance("fee", "", UNIT), balances_for(cast.ada).available) == (fees, 9_000)
    payouts.withdraw(cast.ada, good.id, 1_000)
    assert balances_for(cast.ada).on_the_way == 901
    run_jobs()
    assert (ledger.balance("fee", "", UNIT), balances_for(cast.ada).available) == (fees + 99, 8_000)
    check_books()


@pytest.mark.feature("PAY-02")
@pytest.mark.feature("PAY-05")
def test_the_vat_on_a_fee_is_an_entry_of_its_own_and_comes_back_too(cast, monkeypatch):
    """19 % on 0.99 is 0.19: 1.18 leave with each withdrawal, and of one that failed nothing stays with the market."""
    monkeypatch.setattr("hirehall.money.payments.payout_queries.numbers_in", lambda _unit: replace(numbers(), bank_fee_minor=99))
    monkeypatch.setitem(policy._current, VatPolicy, replace(vat_numbers(), country="US", elsewhere_basis_points=1_900))
    make_earnings(cast.ada, cast.cyd)
    good, closed = make_payout_method(cast.ada), make_payout_method(cast.ada, CLOSED_IBAN)
    before = ledger.balance("fee", "", UNIT), ledger.balance("tax", "", UNIT)
    payouts.withdraw(cast.ada, closed.id, 1_000)
    assert (ledger.balance("fee", "", UNIT), ledger.balance("tax", "", UNIT)) == (before[0] + 99, before[1] + 19)
    run_jobs()
    assert (ledger.balance("fee", "", UNIT), ledger.balance("tax", "", UNIT)) == before
    kept = payouts.withdraw(cast.ada, good.id, 1_000)
    assert (kept.fee_minor, kept.vat_minor, kept.net_minor) == (118, 19, 882)
    run_jobs()
    assert balances_for(cast.ada).available == 8_000
    check_books()
    lines = browse_as(cast.ada).get("/money/statement/").content.decode()
    assert "VAT of 19 % on a fee" in lines and "VAT of 19 % on a fee returned" in lines


@pytest.mark.feature("PAY-05")
@pytest.mark.parametrize(
    ("amount", "code"),
    [(499, "withdrawal:too_small"), (9_001, "withdrawal:too_much"), (-5, "withdrawal:too_small")],
)
def test_too_little_and_too_much_are_refused(cast, rich, amount, code):
    with pytest.raises(Refused) as caught:
        payouts.withdraw(cast.ada, rich.id, amount)
    assert caught.value.code == code
    assert balances_for(cast.ada).available == 9_000


@pytest.mark.feature("PAY-05")
def test_a_new_method_waits_three_days(cast):
    make_earnings(cast.ada, cast.cyd)
    new = make_payout_method(cast.ada, wait=False)
    run_jobs()
    assert "A new account" in list_notices_for(cast.ada)[0].title
    for hours, refused in [(0, True), (71, True), (72, False)]:
        pass_time(hours=hours and hours - (71 if hours == 72 else 0))
        if refused:
            with pytest.raises(Refused) as caught:
                payouts.withdraw(cast.ada, new.id)
            assert caught.value.code == "withdrawal:method_waits"
    assert payouts.withdraw(cast.ada, new.id).amount_minor == 9_000


def test_a_fee_that_takes_all_is_refused(cast, rich, monkeypatch):
    monkeypatch.setattr("hirehall.money.payments.payout_queries.numbers_in", lambda _unit: replace(numbers(), bank_fee_minor=600))
    with pytest.raises(Refused) as caught:
        payouts.withdraw(cast.ada, rich.id, 600)
    assert caught.value.code == "withdrawal:fee"


def test_pending_money_cannot_be_withdrawn(cast):
    payout = make_payout_method(cast.ada)
    make_earnings(cast.ada, cast.cyd, wait=False)
    with pytest.raises(Refused) as caught:
        payouts.withdraw(cast.ada, payout.id, 500)
    assert caught.value.code == "withdrawal:too_much"


def test_to_another_ones_or_a_removed_account_nothing_goes(cast, rich):
    make_earnings(cast.ben, cast.cyd)
    with pytest.raises(NotFound):
        payouts.withdraw(cast.ben, rich.id, 500)
    with pytest.raises(NotFound):
        payouts.remove_payout_method(cast.ben, rich.id)
    payouts.remove_payout_method(cast.ada, rich.id)
    with pytest.raises(NotFound):
        payouts.withdraw(cast.ada, rich.id, 500)


def test_only_some_roles_may_withdraw(cast, rich):
    for role in ("manager", "member", "viewer"):
        with pytest.raises(Refused) as caught:
            payouts.withdraw(replace(cast.ada, role=role), rich.id, 500)
        assert caught.value.code == "party:role"
    with pytest.raises(NotFound):
        payouts.withdraw(replace(cast.ada, party_id=None), rich.id, 500)


@pytest.mark.parametrize(
    ("kind", "account", "name", "code"),
    [
        ("bank", "DE88370400440532013000", "Ada Obi", "payout:iban"),
        ("bank", "DE89", "Ada Obi", "payout:iban"),
        ("bank", "1289370400440532013000", "Ada Obi", "payout:iban"),
        ("wallet", "nobody", "Ada Obi", "payout:wallet"),
        ("cash", IBAN, "Ada Obi", "payout:kind"),
        ("bank", IBAN, "A", "payout:holder"),
    ],
)
def test_wrong_accounts_are_refused(cast, kind, account, name, code):
    with pytest.raises(Refused) as caught:
        intake.keep_account(kind, account, name)
    assert caught.value.code == code


def test_a_wallet_is_an_account_too_and_methods_have_an_end(cast, monkeypatch):
    monkeypatch.setattr("hirehall.money.payments.actions.payouts.numbers", lambda: replace(numbers(), methods_max=1))
    make_earnings(cast.ada, cast.cyd)
    kept = intake.keep_account("wallet", " Ada@Wallet.example ", "Ada Obi")
    wallet = payouts.add_payout_method(cast.ada, "wallet", kept, "Ada Obi")
    pass_time(days=3)
    payouts.withdraw(cast.ada, wallet.id)
    run_jobs()
    assert balances_for(cast.ada).available == 0
    with pytest.raises(Refused) as caught:
        payouts.add_payout_method(cast.ada, "wallet", kept, "Ada Obi")
    assert caught.value.code == "payout:too_many"


@pytest.mark.django_db(transaction=True)
@pytest.mark.feature("PAY-05")
def test_twenty_at_once_take_exactly_the_balance(cast):
    make_earnings(cast.ada, cast.cyd)
    payout = make_payout_method(cast.ada)
    answers = at_once([lambda: payouts.withdraw(cast.ada, payout.id, 900)] * 20)
    refused = [a for a in answers if isinstance(a, Refused)]
    assert (len(answers) - len(refused), len(refused)) == (10, 10)
    assert {r.code for r in refused} <= {"withdrawal:too_much", "ledger:too_little"}
    assert balances_for(cast.ada).available == 0
    run_jobs()
    assert ledger.balance("payout", cast.ada.party_id, UNIT) == 0
    check_books()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.feature("PAY-05")
def test_two_hundred_at_once_take_exactly_the_balance(cast):
    make_earnings(cast.ada, cast.cyd, 100_000)
    payout = make_payout_method(cast.ada)
    # All two hundred have begun; the database serves as many at a time as a market's pool has connections.
    lines = BoundedSemaphore(60)

    def ask() -> Withdrawal:
        with lines:
            try:
                return payouts.withdraw(cast.ada, payout.id, 900)
            finally:
                connection.close()

    answers = at_once([ask] * 200)
    refused = [a for a in answers if isinstance(a, Refused)]
    assert (sum(isinstance(a, Withdrawal) for a in answers), len(refused)) == (100, 100)
    assert {r.code for r in refused} <= {"withdrawal:too_much", "withdrawal:too_little", "ledger:too_little"}
    assert balances_for(cast.ada).available == 0
    run_jobs()
    assert (Withdrawal.objects.filter(state="paid").count(), balances_for(cast.ada).on_the_way) == (100, 0)
    check_books()
