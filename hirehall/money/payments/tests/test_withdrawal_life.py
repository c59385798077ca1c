"""A withdrawal after it was asked for: taken back, waiting for the tax form, failed, sent back, tried again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hirehall.kernel import clock
from hirehall.kernel.errors import NotFound, Refused
from hirehall.money.ledger import queries as ledger
from hirehall.money.payments import intake, payout_queries, seals
from hirehall.money.payments.actions import payouts
from hirehall.money.payments.actions.tax_forms import sign_tax_form
from hirehall.money.payments.actions.withdrawals import claim_withdrawal, retry_withdrawal, take_back_withdrawal
from hirehall.money.payments.gateways.port import News
from hirehall.money.payments.gateways.registry import gateway
from hirehall.money.payments.models import PayoutMethod, TaxForm, Withdrawal
from hirehall.money.payments.queries import balances_for
from hirehall.money.payments.settlement import take_news
from hirehall.people.accounts.models import Party
from hirehall.people.notifications.queries import list_notices_for
from tests.support.at_once import at_once
from tests.support.jobs import pass_time, run_jobs
from tests.support.money import (
    CLOSED_IBAN,
    IBAN,
    RETURNING_IBAN,
    UNIT,
    check_books,
    make_earnings,
    make_payout_method,
    make_tax_form,
)  # fmt: skip


@pytest.fixture
def rich(cast):
    """Ada with 90.00 available and an account that can be used."""
    make_earnings(cast.ada, cast.cyd)
    return make_payout_method(cast.ada)


def available(actor) -> int:
    return balances_for(actor).available


def refused(code: str, run) -> None:
    with pytest.raises(Refused) as caught:
        run()
    assert caught.value.code == code


# Taken back


@pytest.mark.feature("PAY-05")
def test_a_withdrawal_can_be_taken_back_until_it_leaves(cast, rich):
    asked = payouts.withdraw(cast.ada, rich.id, 5_000, undo=True)
    run_jobs()
    pass_time(minutes=9)
    assert available(cast.ada) == 4_000
    assert take_back_withdrawal(cast.ada, asked.id).state == "undone"
    assert take_back_withdrawal(cast.ada, asked.id).state == "undone"
    pass_time(hours=1)
    assert (available(cast.ada), balances_for(cast.ada).on_the_way) == (9_000, 0)
    late = payouts.withdraw(cast.ada, rich.id, 5_000, undo=True)
    pass_time(minutes=10)
    refused("withdrawal:left", lambda: take_back_withdrawal(cast.ada, late.id))
    late.refresh_from_db()
    assert (late.state, available(cast.ada)) == ("paid", 4_000)
    check_books()


def test_nobody_else_takes_it_back(cast, rich):
    asked = payouts.withdraw(cast.ada, rich.id, 5_000, undo=True)
    for other in (cast.ben, cast.cyd, cast.sam):
        with pytest.raises(NotFound):
            take_back_withdrawal(other, asked.id)
        with pytest.raises(NotFound):
            retry_withdrawal(other, asked.id)
    refused("party:role", lambda: take_back_withdrawal(replace(cast.ada, role="viewer"), asked.id))


@pytest.mark.django_db(transaction=True)
@pytest.mark.feature("PAY-05")
def test_taken_back_and_sent_at_the_same_moment_only_one_holds(cast):
    make_earnings(cast.ada, cast.cyd)
    method = make_payout_method(cast.ada)
    for _ in range(4):
        asked = payouts.withdraw(cast.ada, method.id, 1_000, undo=True)
        run_jobs()
        clock.advance(timedelta(minutes=10))
        answers = at_once([lambda a=asked: claim_withdrawal(a.id), lambda a=asked: take_back_withdrawal(cast.ada, a.id)])
        asked.refresh_from_db()
        left = asked.sent_at is not None
        assert (asked.state == "undone") != left
        assert isinstance(answers[1], Refused) == left
    check_books()


# The tax form


@pytest.mark.feature("PAY-05")
def test_without_a_tax_form_it_waits_and_leaves_when_that_is_signed(cast):
    make_earnings(cast.ada, cast.cyd)
    method = payouts.add_payout_method(cast.ada, "bank", gateway().keep_account("bank", IBAN, "Ada Obi"), "Ada Obi")
    pass_time(days=3)
    asked = payouts.withdraw(cast.ada, method.id, 5_000)
    pass_time(days=2)
    asked.refresh_from_db()
    assert (asked.state, asked.waits_for, asked.sent_at) == ("asked", "tax_form", None)
    form = make_tax_form(cast.ada)
    run_jobs()
    asked.refresh_from_db()
    assert (asked.state, asked.waits_for) == ("paid", "")
    assert (form.kind, form.number_last4) == ("W-8BEN", "8903")
    assert "678" not in form.number_sealed
    assert seals.unseal(form.number_sealed) == "12 345 678 903"
    second = sign_tax_form(cast.ada, "Obi Ada", "US", "123-45-6789", True)
    assert second.kind == "W-9"
    assert payout_queries.find_tax_form(cast.ada.party_id) == second
    assert TaxForm.objects.count() == 2


@pytest.mark.feature("PAY-05")
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": "Ben Roy"}, "tax:name"),
        ({"country": "ZZ"}, "tax:country"),
        ({"country": ""}, "tax:country"),
        ({"number": "1"}, "tax:number"),
        ({"number": "<b>123</b>"}, "tax:number"),
        ({"country": "US", "number": "12345"}, "tax:number"),
        ({"agrees": False}, "tax:declaration"),
    ],
)
def test_a_wrong_tax_form_is_refused(cast, changes, code):
    right = {"name": "Ada Obi", "country": "NG", "number": "12345678-0001", "agrees": True}
    refused(code, lambda: sign_tax_form(cast.ada, **{**right, **changes}))
    refused("party:role", lambda: sign_tax_form(replace(cast.ada, role="member"), **right))
    assert not TaxForm.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.feature("PAY-05")
def test_signed_and_asked_at_the_same_moment_nothing_waits_for_ever(cast):
    make_earnings(cast.ada, cast.cyd)
    method = payouts.add_payout_method(cast.ada, "bank", gateway().keep_account("bank", IBAN, "Ada Obi"), "Ada Obi")
    pass_time(days=3)
    runs = [lambda: payouts.withdraw(cast.ada, method.id, 900), lambda: make_tax_form(cast.ada)] * 4
    assert not [answer for answer in at_once(runs) if isinstance(answer, Exception)]
    run_jobs()
    assert set(Withdrawal.objects.values_list("state", "waits_for")) == {("paid", "")}
    assert TaxForm.objects.filter(replaced_at=None).count() == 1


# The name


@pytest.mark.feature("PAY-05")
def test_an_account_in_another_name_is_refused_when_added_and_when_used(cast, rich):
    kept = intake.keep_account("bank", IBAN, "Ben Roy")
    with pytest.raises(Refused) as caught:
        payouts.add_payout_method(cast.ada, "bank", kept, "Ben Roy")
    assert (caught.value.code, caught.value.field) == ("payout:name", "holder_name")
    assert "Ada Obi" in caught.value.sentence
    assert payouts.add_payout_method(cast.ada, "bank", kept, "OBI, Ada M.").holder_name == "OBI, Ada M."
    Party.objects.filter(pk=cast.ada.party_id).update(name="Somebody Else")
    refused("payout:name", lambda: payouts.withdraw(cast.ada, rich.id, 900))


# The link in the mail


@pytest.mark.feature("PAY-05")
def test_whoever_reads_the_mail_stops_a_new_account_without_signing_in(cast, rich, client, mailoutbox):
    pass_time(days=30)
    new = make_payout_method(cast.ada, wait=False)
    run_jobs()
    link = next(n.link for n in list_notices_for(cast.ada) if "A new account" in n.title)
    assert link in "".join(mail.body for mail in mailoutbox)
    assert "It was not me" in client.get(link).content.decode()
    answer = client.post(link)
    assert answer.status_code == 303
    assert "Stopped" in client.get(link).content.decode()
    new.refresh_from_db()
    assert new.removed_at is not None
    run_jobs()
    assert "was stopped" in list_notices_for(cast.ada)[0].title
    assert PayoutMethod.objects.get(pk=rich.id).removed_at is None
    assert client.post(link).status_code == 303
    assert client.get(link[:-5] + "xxxx/").status_code == 404


def test_stopping_takes_back_what_had_not_left(cast, rich):
    asked = payouts.withdraw(cast.ada, rich.id, 5_000, undo=True)
    payouts.stop_payout_method(payout_queries.stop_token(rich.id))
    asked.refresh_from_db()
    assert (asked.state, available(cast.ada)) == ("undone", 9_000)
    pass_time(hours=1)
    check_books()


# Failed, sent back, tried again


@pytest.mark.feature("PAY-05")
def test_the_bank_sends_money_back_days_after_it_was_paid(cast):
    make_earnings(cast.ada, cast.cyd)
    method = payouts.add_payout_method(
        cast.ada, "card", gateway().keep_account("card", "4000000000001111", "Ada Obi"), "Ada Obi"
    )
    make_tax_form(cast.ada)
    pass_time(days=3)
    asked = payouts.withdraw(cast.ada, method.id)
    run_jobs()
    asked.refresh_from_db()
    assert (asked.state, asked.fee_minor, available(cast.ada)) == ("paid", 90, 0)
    pass_time(days=2)
    assert available(cast.ada) == 0
    pass_time(days=1)
    asked.refresh_from_db()
    assert (asked.state, asked.reason) == ("returned", "account_not_found")
    assert (available(cast.ada), ledger.balance("payout", cast.ada.party_id, UNIT)) == (9_000, 0)
    told = list_notices_for(cast.ada)[0]
    assert "sent your withdrawal of $90.00 back" in told.title
    assert "did not find the account" in told.body
    check_books()


@pytest.mark.feature("PAY-05")
@pytest.mark.parametrize("order", [("returned", "paid", "processing"), ("paid", "returned", "paid"), ("returned", "returned")])
def test_news_of_a_return_may_come_in_any_order(cast, rich, order):
    asked = payouts.withdraw(cast.ada, rich.id, 5_000)
    for place, state in enumerate(order):
        take_news("sandbox", News(f"n{place}", "payout", f"withdrawal:{asked.id}", state, "account_not_found"))
    asked.refresh_from_db()
    assert (asked.state, available(cast.ada)) == ("returned", 9_000)
    check_books()


@pytest.mark.feature("PAY-05")
@pytest.mark.parametrize("iban", [CLOSED_IBAN, RETURNING_IBAN])
def test_what_came_back_is_sent_again_once_with_the_same_or_another_account(cast, rich, iban):
    bad = make_payout_method(cast.ada, iban)
    asked = payouts.withdraw(cast.ada, bad.id, 5_000)
    refused("withdrawal:not_failed", lambda: retry_withdrawal(cast.ada, asked.id))
    run_jobs()
    pass_time(days=3)
    assert available(cast.ada) == 9_000
    assert payout_queries.last_came_back(bad.id)
    again = retry_withdrawal(cast.ada, asked.id, rich.id)
    assert (again.amount_minor, again.method_id, again.retry_of_id) == (5_000, rich.id, asked.id)
    refused("withdrawal:retried", lambda: retry_withdrawal(cast.ada, asked.id, rich.id))
    pass_time(minutes=10)
    again.refresh_from_db()
    assert (again.state, available(cast.ada)) == ("paid", 4_000)
    check_books()


@pytest.mark.django_db(transaction=True)
@pytest.mark.feature("PAY-05")
def test_eight_retries_at_once_send_once(cast):
    make_earnings(cast.ada, cast.cyd)
    closed = make_payout_method(cast.ada, CLOSED_IBAN)
    asked = payouts.withdraw(cast.ada, closed.id, 1_000)
    run_jobs()
    answers = at_once([lambda: retry_withdrawal(cast.ada, asked.id)] * 8)
    assert sorted(a.code if isinstance(a, Refused) else "done" for a in answers) == ["done", *["withdrawal:retried"] * 7]
    assert available(cast.ada) == 8_000
    check_books()


def test_claiming_twice_and_too_early(cast, rich):
    asked = payouts.withdraw(cast.ada, rich.id, 5_000, undo=True)
    assert claim_withdrawal(asked.id) is None
    clock.advance(timedelta(minutes=10))
    assert claim_withdrawal(asked.id).sent_at == claim_withdrawal(asked.id).sent_at == clock.now()
