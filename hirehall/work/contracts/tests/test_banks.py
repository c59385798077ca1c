"""Banks that freeze or take money back at the worst moment: before it was released, or before anybody here heard of it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from procrastinate.contrib.django import app

from hirehall.kernel.errors import Refused
from hirehall.money.books import checks
from hirehall.money.ledger.queries import balance
from hirehall.money.payments import settlement
from hirehall.money.payments.gateways.models import SandboxEvent
from hirehall.money.payments.gateways.port import News
from hirehall.money.payments.gateways.sandbox import DELIVER
from hirehall.money.payments.models import Charge, Debt
from hirehall.money.payments.queries import balances_for, escrow_balance
from hirehall.work.contracts.actions.amendments import answer_amendment, propose_amendment
from hirehall.work.contracts.actions.bonuses import give_bonus
from hirehall.work.contracts.actions.dormancy import release_dormant
from hirehall.work.contracts.actions.endings import end_contract
from hirehall.work.contracts.actions.expenses import answer_expense, claim_expense
from hirehall.work.contracts.actions.milestones import approve_milestone, fund_milestone, release_all_due, submit_work
from hirehall.work.contracts.actions.repayments import answer_repayment, propose_repayment
from hirehall.work.contracts.models import Dormancy
from hirehall.work.contracts.rules import MilestoneTerms
from tests.support.contracts import make_contract
from tests.support.jobs import _finish, pass_time, run_jobs, waiting
from tests.support.money import TAKEN_BACK, TAKEN_BACK_IN_VAIN, amounts_of, check_all_books, make_card

UNIT = "USD"
TO_MILESTONES = ("match_contested", "mark_funded", "match_after_funding")


def refused(act):
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.code


def run_but(*kept: str) -> None:
    """Every job but some reactions, whose worker stands still."""
    while todo := [job for job in waiting() if job.scheduled_at is None and not _is_of(job, kept)]:
        for job in todo:
            app.tasks[job.task_name].func(**job.args)
            _finish(job.id)


def _is_of(job, names) -> bool:
    return job.args.get("reaction", "").rpartition(".")[2] in names


def hear_from_bank(subject_id: str, *kept: str) -> None:
    """The bank's first word about the payment of something comes in, and all that follows from it but some reactions."""
    key = f"dispute:charge:{Charge.objects.get(subject_id=subject_id).pk}"
    event = SandboxEvent.objects.get(object__key=key, state="opened")
    job = next(job for job in waiting() if job.args.get("event_id") == event.id and job.task_name == DELIVER)
    app.tasks[job.task_name].func(**job.args)
    _finish(job.id)
    run_but(*kept)


def check_all() -> None:
    check_all_books()
    assert [found for name in checks.names() for found in checks.look(name)] == []


@pytest.fixture(params=[TAKEN_BACK, TAKEN_BACK_IN_VAIN], ids=["lost", "won"])
def hired(request, cast):
    """Paid with a card whose bank disputes each payment; whether it wins."""
    make_card(cast.cyd, request.param)
    contract, (first, second) = make_contract(cast.cyd, cast.ada)
    return contract, first, second, request.param == TAKEN_BACK


def fresh(row):
    row.refresh_from_db()
    return row


@pytest.mark.feature("PAY-04", "PAY-07")
def test_a_freeze_that_the_milestone_has_not_heard_of_moves_nothing(cast, hired):
    contract, first, _, lost = hired
    submit_work(cast.ada, first.id, "Done")
    run_but()
    hear_from_bank(first.id, *TO_MILESTONES)
    assert (fresh(first).escrow_minor, escrow_balance(first.id, UNIT)) == (20_000, 0)
    assert refused(lambda: approve_milestone(cast.cyd, first.id)) == "ledger:too_little"
    lower = propose_amendment(cast.cyd, contract.id, MilestoneTerms("First draft", 10_000), milestone_id=first.id)
    assert refused(lambda: answer_amendment(cast.ada, lower.id, accept=True)) == "milestone:contested"
    first.review_due_at = first.submitted_at
    first.save(update_fields=["review_due_at"])
    assert release_all_due() == 1
    assert fresh(first).released_minor == 0
    check_all()
    end_contract(cast.ada, contract.id)
    assert fresh(first).returned_minor == 0
    run_jobs()
    assert (fresh(first).contested_minor, first.escrow_minor) == (20_000, 0)
    pass_time(days=8)
    assert (fresh(first).returned_minor, first.taken_minor) == ((0, 20_000) if lost else (20_000, 0))
    assert balance("gateway", "", UNIT) == 0
    check_all()


@pytest.mark.feature("PAY-04", "PAY-07")
@pytest.mark.parametrize("ended", [False, True])
def test_a_freeze_before_the_milestone_heard_of_its_money(cast, hired, ended):
    contract, first, second, lost = hired
    fund_milestone(cast.cyd, second.id)
    if ended:
        end_contract(cast.ada, contract.id)
    run_but(*TO_MILESTONES)
    hear_from_bank(second.id, "mark_funded", "match_after_funding")
    assert (fresh(second).funded_minor, second.contested_minor, escrow_balance(second.id, UNIT)) == (0, 0, 0)
    check_all()
    run_jobs()
    assert (fresh(second).funded_minor, second.contested_minor, second.returned_minor) == (25_000, 25_000, 0)
    check_all()
    pass_time(days=8)
    stood = (fresh(second).escrow_minor, second.taken_minor, second.returned_minor)
    assert stood == ((0, 25_000, 0) if lost else (0, 0, 25_000) if ended else (25_000, 0, 0))
    check_all()


@pytest.mark.feature("CTR-01", "PAY-07")
def test_a_milestone_of_which_a_bank_holds_a_part_is_not_approved_before_that_is_clear(cast, hired):
    contract, first, _, lost = hired
    rise = propose_amendment(cast.ada, contract.id, MilestoneTerms("First draft", 30_000), milestone_id=first.id)
    first_charge = Charge.objects.get()
    pass_time(hours=1)
    assert refused(lambda: answer_amendment(cast.cyd, rise.id, accept=True)) == "milestone:contested"
    pass_time(days=7)
    if lost:
        assert (fresh(first).missing_minor, fresh(first_charge).state) == (20_000, "settled")
        return
    answer_amendment(cast.cyd, rise.id, accept=True)
    run_jobs()
    pass_time(hours=1)
    assert (fresh(first).contested_minor, first.escrow_minor) == (10_000, 20_000)
    approve_milestone(cast.cyd, first.id, 20_000)
    assert fresh(first).state == "funded"
    pass_time(days=7)
    assert fresh(first).escrow_minor == 10_000
    approve_milestone(cast.cyd, first.id)
    assert (fresh(first).state, first.released_minor) == ("approved", 30_000)
    check_all()


@pytest.mark.feature("CTR-10", "PAY-07")
def test_a_bonus_frozen_before_it_was_released_waits_for_the_bank(cast, hired):
    contract, _, _, lost = hired
    pass_time(days=8)
    bonus = give_bonus(cast.cyd, contract.id, 5_000, "Thanks")
    run_but("pay_bonus")
    hear_from_bank(bonus.id, "pay_bonus")
    run_jobs()
    assert (fresh(bonus).state, escrow_balance(bonus.id, UNIT)) == ("charging", 0)
    check_all()
    pass_time(days=8)
    assert (fresh(bonus).state, bonus.fail_reason) == (("failed", "taken_back") if lost else ("paid", ""))
    assert balances_for(cast.ada).pending == (0 if lost else 4_500)
    assert not Debt.objects.exists()
    check_all()


@pytest.mark.feature("CTR-10", "PAY-07")
def test_an_expense_frozen_before_it_was_released_can_be_approved_again(cast, hired):
    contract, _, _, lost = hired
    pass_time(days=8)
    receipt = SimpleUploadedFile("receipt.txt", b"One font", "text/plain")
    expense = claim_expense(cast.ada, contract.id, title="A font", amount=3_000, reason="For the headline.", receipt=receipt)
    answer_expense(cast.cyd, expense.id, approve=True)
    run_but("pay_expense")
    hear_from_bank(expense.id, "pay_expense")
    run_jobs()
    assert fresh(expense).state == "charging"
    pass_time(days=8)
    assert (fresh(expense).state, expense.fail_reason) == (("claimed", "taken_back") if lost else ("paid", ""))
    if lost:
        answer_expense(cast.cyd, expense.id, approve=True)
        run_jobs()
        assert fresh(expense).state == "paid"
    assert amounts_of("release", memo__milestone="A font") == [3_000]
    check_all()


@pytest.mark.feature("CTR-13", "PAY-07")
def test_silence_does_not_end_a_contract_while_a_bank_decides(cast):
    contract, _ = make_contract(cast.cyd, cast.ada)
    for days in (76, 7, 7):
        pass_time(days=days)
    charge = Charge.objects.get()

    def told(state):
        news = News(f"evt_{state}", "dispute", f"charge:{charge.id}", state, "fraudulent", charge.amount_minor, UNIT, "dp_1")
        settlement.take_news("sandbox", news)
        run_jobs()

    told("opened")
    assert refused(lambda: release_dormant(cast.cyd, contract.id)) == "milestone:contested"
    for _ in range(3):
        pass_time(days=7)
    assert Dormancy.objects.get().turn == "client"
    told("won")
    for turn in ("freelancer", ""):
        pass_time(days=7)
        assert [row.turn for row in Dormancy.objects.all()] == ([turn] if turn else [])
    assert (fresh(contract).state, contract.end_reason) == ("ended", "dormant")
    check_all()


@pytest.mark.feature("CTR-10", "PAY-07")
def test_released_money_that_goes_back_is_not_sent_to_a_card_whose_bank_has_it(cast, hired):
    contract, first, _, lost = hired
    approve_milestone(cast.cyd, first.id)
    run_jobs()
    pass_time(hours=1)
    asked = propose_repayment(cast.cyd, contract.id, 20_000, "It was not done.")
    answer_repayment(cast.ada, asked.id, accept=True)
    assert (amounts_of("refund"), balances_for(cast.cyd).available) == ([], 20_000)
    pass_time(days=8)
    assert sum(debt.amount_minor for debt in Debt.objects.all()) == (20_000 if lost else 0)
    check_all()
