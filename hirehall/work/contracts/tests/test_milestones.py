"""The life of a milestone, each step by the right side, and every cent where it belongs."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hirehall.kernel.errors import NotFound, Refused
from hirehall.kernel.models import StoredFile
from hirehall.money.payments.queries import balances_for, escrow_balance
from hirehall.work.contracts.actions.amendments import answer_amendment, propose_amendment
from hirehall.work.contracts.actions.milestones import approve_milestone, ask_changes, fund_milestone, submit_work
from hirehall.work.contracts.queries import list_milestones
from hirehall.work.contracts.rules import MilestoneTerms
from tests.support.cast import browse_as
from tests.support.contracts import make_contract
from tests.support.jobs import pass_time, run_jobs
from tests.support.money import check_books

UNIT = "USD"


def fresh(milestone):
    milestone.refresh_from_db()
    return milestone


@pytest.mark.feature("CTR-01", "PAY-02", "PAY-04")
def test_submitted_work_is_approved_and_ten_percent_is_the_fee(cast):
    _, (first, second) = make_contract(cast.cyd, cast.ada)
    submit_work(cast.ada, first.id, "Here is the draft", [SimpleUploadedFile("draft.txt", b"bread")])
    approve_milestone(cast.cyd, first.id)
    approve_milestone(cast.cyd, first.id)
    run_jobs()
    assert (fresh(first).state, first.released_minor, escrow_balance(first.id, UNIT)) == ("approved", 20_000, 0)
    assert balances_for(cast.ada).pending == 18_000
    assert fresh(second).state == "proposed"
    check_books()


@pytest.mark.feature("CTR-01")
def test_silence_for_the_review_days_releases_by_itself(cast):
    _, (first, _) = make_contract(cast.cyd, cast.ada)
    submit_work(cast.ada, first.id, "Done")
    pass_time(days=13, hours=23)
    assert fresh(first).state == "submitted"
    pass_time(hours=1)
    assert (fresh(first).state, first.released_minor) == ("approved", 20_000)
    check_books()


@pytest.mark.feature("CTR-03")
def test_changes_stop_the_clock_and_are_counted_against_what_was_agreed(cast):
    _, (first, _) = make_contract(cast.cyd, cast.ada)
    for number in (1, 2):
        submit_work(cast.ada, first.id, f"Version {number}")
        assert ask_changes(cast.cyd, first.id, "Warmer colours").revisions_used == number
        pass_time(days=20)
        assert fresh(first).state == "changes_asked"
    submit_work(cast.ada, first.id, "Version 3")
    with pytest.raises(Refused) as caught:
        ask_changes(cast.cyd, first.id, "Once more")
    assert caught.value.code == "milestone:revisions_spent"


@pytest.mark.feature("PAY-04")
def test_a_part_is_released_and_the_rest_stays(cast):
    _, (first, _) = make_contract(cast.cyd, cast.ada)
    approve_milestone(cast.cyd, first.id, 5_000)
    assert (fresh(first).state, first.escrow_minor, escrow_balance(first.id, UNIT)) == ("funded", 15_000, 15_000)
    for amount, code in ((0, "milestone:release_nothing"), (-5, "milestone:release_nothing"), (15_001, "milestone:release_much")):
        with pytest.raises(Refused) as caught:
            approve_milestone(cast.cyd, first.id, amount)
        assert caught.value.code == code
    approve_milestone(cast.cyd, first.id)
    assert fresh(first).state == "approved"
    check_books()


@pytest.mark.feature("CTR-01")
def test_work_before_the_money_is_refused_and_funding_twice_charges_once(cast):
    _, (_, second) = make_contract(cast.cyd, cast.ada)
    with pytest.raises(Refused) as caught:
        submit_work(cast.ada, second.id, "Too early")
    assert caught.value.code == "milestone:unfunded"
    fund_milestone(cast.cyd, second.id)
    assert fund_milestone(cast.cyd, second.id).state == "funding"
    run_jobs()
    assert (fresh(second).state, second.funded_minor, second.charges) == ("funded", 25_000, 1)
    check_books()


@pytest.mark.feature("CTR-02")
def test_a_change_of_price_needs_both_and_moves_the_difference(cast):
    contract, (first, _) = make_contract(cast.cyd, cast.ada)
    amendment = propose_amendment(cast.ada, contract.id, MilestoneTerms("First draft", 26_000), milestone_id=first.id)
    assert fresh(first).amount_minor == 20_000
    for attempt in (
        lambda: answer_amendment(cast.ada, amendment.id, accept=True),
        lambda: propose_amendment(cast.cyd, contract.id, MilestoneTerms("x", 900), milestone_id=first.id),
    ):
        with pytest.raises(Refused):
            attempt()
    answer_amendment(cast.cyd, amendment.id, accept=True)
    run_jobs()
    assert (fresh(first).amount_minor, first.funded_minor, first.state) == (26_000, 26_000, "funded")
    lower = propose_amendment(cast.cyd, contract.id, MilestoneTerms("First draft", 10_000), milestone_id=first.id)
    answer_amendment(cast.ada, lower.id, accept=True)
    run_jobs()
    assert (fresh(first).escrow_minor, escrow_balance(first.id, UNIT)) == (10_000, 10_000)
    check_books()


@pytest.mark.feature("CTR-02")
def test_a_new_milestone_and_a_declined_change(cast):
    contract, (first, _) = make_contract(cast.cyd, cast.ada)
    added = propose_amendment(cast.cyd, contract.id, MilestoneTerms("A second language", 9_000))
    answer_amendment(cast.ada, added.id, accept=True)
    assert [m.amount_minor for m in list_milestones(contract.id)] == [20_000, 25_000, 9_000]
    change = propose_amendment(cast.cyd, contract.id, MilestoneTerms("Cheaper", 900), milestone_id=first.id)
    assert answer_amendment(cast.ada, change.id, accept=False).state == "declined"
    assert fresh(first).amount_minor == 20_000
    with pytest.raises(Refused):
        answer_amendment(cast.ada, change.id, accept=True)


@pytest.mark.parametrize("who", ["ben", "dot", "eve"])
def test_strangers_move_nothing(cast, who):
    _, (first, _) = make_contract(cast.cyd, cast.ada)
    stranger = getattr(cast, who)
    for attempt in (
        lambda: submit_work(stranger, first.id, "x"), lambda: approve_milestone(stranger, first.id),
        lambda: ask_changes(stranger, first.id, "x"), lambda: fund_milestone(stranger, first.id),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            attempt()


def test_each_step_belongs_to_one_side(cast):
    _, (first, _) = make_contract(cast.cyd, cast.ada)
    for attempt in (
        lambda: submit_work(cast.cyd, first.id, "x"), lambda: approve_milestone(cast.ada, first.id),
        lambda: fund_milestone(cast.ada, first.id),
    ):  # fmt: skip
        with pytest.raises(Refused) as caught:
            attempt()
        assert caught.value.code == "contract:other_side"


def test_submitted_files_open_only_to_the_two_sides(cast):
    _, (first, _) = make_contract(cast.cyd, cast.ada)
    submission = submit_work(cast.ada, first.id, "Look", [SimpleUploadedFile("draft.txt", b"bread")])
    file_id = StoredFile.objects.get(subject_id=submission.id).id
    assert browse_as(cast.cyd).get(f"/file/{file_id}/").content == b"bread"
    assert browse_as(cast.eve).get(f"/file/{file_id}/").status_code == 404
