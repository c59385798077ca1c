"""An expense: claimed with its receipt, answered, charged, paid."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hirehall.kernel.errors import NotFound, Refused
from hirehall.kernel.files import get_file_for
from hirehall.kernel.models import Event
from hirehall.money.payments.actions.methods import choose_method
from hirehall.money.payments.models import Charge
from hirehall.money.payments.queries import balances_for
from hirehall.work.contracts.actions.endings import end_contract
from hirehall.work.contracts.actions.expenses import answer_expense, claim_expense, withdraw_expense
from hirehall.work.contracts.extra_queries import list_expenses
from hirehall.work.contracts.models import Expense
from tests.support.at_once import at_once
from tests.support.contracts import make_contract
from tests.support.jobs import pass_time, run_jobs
from tests.support.money import NO_MONEY, WORKS, check_books, make_card

GOOD = {"title": "A font", "amount": 3_000, "reason": "The headline needs it."}


def receipt(name="receipt.txt"):
    return SimpleUploadedFile(name, b"One font, 30.00", "text/plain")


def claim(cast, contract, **changes):
    return claim_expense(cast.ada, contract.id, **{**GOOD, "receipt": receipt(), **changes})


def refused(act):
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.code


@pytest.fixture
def contract(cast):
    return make_contract(cast.cyd, cast.ada)[0]


@pytest.mark.feature("CTR-10")
def test_an_approved_expense_is_charged_and_earned_with_the_fee(cast, contract):
    expense = claim(cast, contract)
    assert answer_expense(cast.cyd, expense.id, approve=True).state == "charging"
    assert answer_expense(cast.cyd, expense.id, approve=True).charges == 1
    run_jobs()
    expense.refresh_from_db()
    assert (expense.state, answer_expense(cast.cyd, expense.id, approve=True).state) == ("paid", "paid")
    assert balances_for(cast.ada).pending == 2_700
    approved, paid = (Event.objects.get(name=f"expense:{name}").data for name in ("approved", "paid"))
    told = {
        "contract": contract.id, "id": expense.id, "freelancer": cast.ada.party_id, "client": cast.cyd.party_id,
        "amount": 3_000, "unit": "USD", "title": "A font",
    }  # fmt: skip
    assert (approved, paid) == (told, {**told, "fee": 300, "vat": 0})
    check_books()


@pytest.mark.feature("CTR-10")
def test_both_sides_and_nobody_else_open_the_receipt(cast, contract):
    claim(cast, contract)
    (expense,) = list_expenses(contract.id)
    for side in (cast.ada, cast.cyd):
        assert get_file_for(side, expense.receipt.pk).name == "receipt.txt"
    for stranger in (cast.ben, cast.dot):
        with pytest.raises(NotFound):
            get_file_for(stranger, expense.receipt.pk)


@pytest.mark.feature("CTR-10")
@pytest.mark.parametrize(("changes", "code"), [
    ({"title": " "}, "expense:title"), ({"title": "x" * 121}, "expense:title"), ({"amount": 99}, "extra:low"),
    ({"amount": 10_000_001}, "extra:high"), ({"reason": " "}, "extra:no_reason"), ({"reason": "x" * 2_001}, "extra:text_long"),
    ({"receipt": None}, "expense:no_receipt"),
])  # fmt: skip
def test_a_claim_that_is_not_whole_is_refused(cast, contract, changes, code):
    assert refused(lambda: claim(cast, contract, **changes)) == code
    assert not Expense.objects.exists()


@pytest.mark.feature("CTR-10")
def test_declining_needs_a_reason_which_the_freelancer_reads(cast, contract):
    expense = claim(cast, contract)
    assert refused(lambda: answer_expense(cast.cyd, expense.id, approve=False)) == "extra:no_reason"
    answered = answer_expense(cast.cyd, expense.id, approve=False, reason="We have this font already.")
    assert (answered.state, answered.answer) == ("declined", "We have this font already.")
    assert refused(lambda: answer_expense(cast.cyd, expense.id, approve=True)) == "expense:answered"
    assert refused(lambda: withdraw_expense(cast.ada, expense.id)) == "expense:answered"
    assert not Charge.objects.filter(subject_id=expense.id).exists()


@pytest.mark.feature("CTR-10")
def test_a_claim_can_be_taken_back(cast, contract):
    expense = claim(cast, contract)
    assert withdraw_expense(cast.ada, expense.id).state == "withdrawn"
    assert withdraw_expense(cast.ada, expense.id).state == "withdrawn"
    assert refused(lambda: answer_expense(cast.cyd, expense.id, approve=True)) == "expense:answered"


@pytest.mark.feature("CTR-10")
def test_each_side_has_its_own_part_and_strangers_find_nothing(cast, contract):
    expense = claim(cast, contract)
    assert refused(lambda: claim_expense(cast.cyd, contract.id, **GOOD, receipt=receipt())) == "contract:other_side"
    assert refused(lambda: answer_expense(cast.ada, expense.id, approve=True)) == "contract:other_side"
    assert refused(lambda: withdraw_expense(cast.cyd, expense.id)) == "contract:other_side"
    for act in (lambda: answer_expense(cast.dot, expense.id, approve=True), lambda: withdraw_expense(cast.ben, expense.id),
                lambda: answer_expense(cast.cyd, "0" * 26, approve=True)):  # fmt: skip
        with pytest.raises(NotFound):
            act()


@pytest.mark.feature("CTR-10")
def test_a_failed_charge_leaves_the_claim_to_be_approved_again(cast, contract):
    expense = claim(cast, contract)
    choose_method(cast.cyd, make_card(cast.cyd, NO_MONEY).id)
    answer_expense(cast.cyd, expense.id, approve=True)
    run_jobs()
    expense.refresh_from_db()
    assert (expense.state, expense.fail_reason) == ("claimed", "insufficient_funds")
    choose_method(cast.cyd, make_card(cast.cyd, WORKS).id)
    answer_expense(cast.cyd, expense.id, approve=True)
    run_jobs()
    expense.refresh_from_db()
    assert (expense.state, expense.charges, balances_for(cast.ada).pending) == ("paid", 2, 2_700)
    check_books()


@pytest.mark.feature("CTR-10")
def test_claims_end_some_days_after_the_contract_and_are_not_endless(cast, contract):
    for _ in range(20):
        claim(cast, contract)
    assert refused(lambda: claim(cast, contract)) == "expense:many"
    end_contract(cast.ada, contract.id)
    pass_time(days=14)
    pass_time(days=29)
    assert refused(lambda: claim(cast, contract)) == "expense:many"
    pass_time(days=1)
    assert refused(lambda: claim(cast, contract)) == "expense:late"


@pytest.mark.feature("CTR-10")
@pytest.mark.django_db(transaction=True)
def test_approved_twice_at_once_is_charged_once(cast):
    contract, _ = make_contract(cast.cyd, cast.ada)
    expense = claim(cast, contract)
    at_once([lambda: answer_expense(cast.cyd, expense.id, approve=True) for _ in range(4)])
    run_jobs()
    assert Charge.objects.filter(subject_id=expense.id).count() == 1
    assert balances_for(cast.ada).pending == 2_700
    check_books()
