"""Whose move it is: everything that is open counts, in the room, in the list and on the dashboard."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hirehall.work.contracts.actions.amendments import answer_amendment, propose_amendment
from hirehall.work.contracts.actions.closing import propose_close
from hirehall.work.contracts.actions.endings import answer_refund, end_contract
from hirehall.work.contracts.actions.expenses import claim_expense
from hirehall.work.contracts.actions.milestones import approve_milestone, fund_milestone, submit_work
from hirehall.work.contracts.actions.repayments import propose_repayment
from hirehall.work.contracts.extra_queries import list_open_of
from hirehall.work.contracts.models import Amendment
from hirehall.work.contracts.queries import list_milestones
from hirehall.work.contracts.rules import MilestoneTerms
from hirehall.work.contracts.turns import steps
from tests.support.cast import browse_as
from tests.support.contracts import make_contract
from tests.support.jobs import run_jobs


def told(contract, actor) -> list[tuple[str, str]]:
    """What waits on a contract, for one of its sides."""
    contract.refresh_from_db()
    found = steps(contract, list_milestones(contract.pk), list_open_of([contract.pk])[contract.pk], actor.party_id)
    return [(step.turn, step.text) for step in found]


def turns_of(contract, actor) -> list[str]:
    return [turn for turn, _ in told(contract, actor)]


def marked(actor, path: str) -> int:
    """How often a page says that it is the reader's turn."""
    return len(re.findall("Your turn", browse_as(actor).get(path).content.decode()))


@pytest.mark.feature("CTR-15", "CTR-02")
def test_a_proposed_change_is_the_other_sides_move_everywhere(cast):
    contract, (first, _) = make_contract(cast.cyd, cast.ada)
    assert (turns_of(contract, cast.cyd), turns_of(contract, cast.ada)) == (["them"], ["you"])
    change = propose_amendment(cast.ada, contract.id, MilestoneTerms("First draft", 26_000), milestone_id=first.id)
    assert told(contract, cast.cyd)[0] == ("you", "A change waits for your answer: “First draft”, $260.00.")
    assert [turn for turn in turns_of(contract, cast.ada) if turn == "them"] == ["them"]
    room = browse_as(cast.cyd).get(f"/contracts/{contract.id}/").content.decode()
    assert f'href="#amendment-{change.id}"' in room and f'id="amendment-{change.id}"' in room
    assert marked(cast.cyd, "/contracts/") == 1
    assert "A change waits for your answer" in browse_as(cast.cyd).get("/").content.decode()
    answer_amendment(cast.cyd, change.id, accept=False)
    assert marked(cast.cyd, "/contracts/") == 0


def test_each_milestone_counts_and_not_only_the_first(cast):
    contract, (first, second) = make_contract(cast.cyd, cast.ada)
    assert turns_of(contract, cast.cyd) == ["them"], "the second is not to be funded yet"
    fund_milestone(cast.cyd, second.id)
    run_jobs()
    submit_work(cast.ada, second.id, "The page is done.")
    assert told(contract, cast.cyd) == [
        ("you", "“Finished page” was handed in and waits for review."), ("them", "“First draft” is funded; the work is next."),
    ]  # fmt: skip
    assert turns_of(contract, cast.ada) == ["you", "them"]


@pytest.mark.feature("CTR-10", "CTR-15")
def test_expense_return_and_closing_wait_for_the_other_side(cast):
    contract, (first, _) = make_contract(cast.cyd, cast.ada)
    approve_milestone(cast.cyd, first.id)
    run_jobs()
    receipt = SimpleUploadedFile("r.txt", b"30.00", "text/plain")
    claim_expense(cast.ada, contract.id, title="A font", amount=3_000, reason="The headline", receipt=receipt)
    propose_repayment(cast.cyd, contract.id, 5_000, "One picture is missing.")
    propose_close(cast.ada, contract.id, "client", "")
    client = [text for turn, text in told(contract, cast.cyd) if turn == "you"]
    assert client == [
        "Closing the contract is proposed and waits for your answer.", "The expense “A font” over $30.00 waits for your answer.",
        "“Finished page” waits to be funded.",
    ]  # fmt: skip
    freelancer = told(contract, cast.ada)
    assert freelancer[0] == ("you", "A return of $50.00 waits for your answer.")
    assert [turn for turn, _ in freelancer] == ["you", "them", "them", "them"]


@pytest.mark.feature("CTR-12")
def test_a_refused_return_is_the_clients_move(cast):
    contract, _ = make_contract(cast.cyd, cast.ada)
    end_contract(cast.cyd, contract.id)
    assert (turns_of(contract, cast.cyd), turns_of(contract, cast.ada)) == (["them"], ["you"])
    answer_refund(cast.ada, contract.id, agree=False)
    assert told(contract, cast.cyd)[0][0] == "you" and "was refused" in told(contract, cast.cyd)[0][1]
    assert turns_of(contract, cast.ada) == ["them"]


@pytest.mark.feature("CTR-02")
def test_a_change_begins_with_what_is_agreed(cast):
    contract, (first, second) = make_contract(cast.cyd, cast.ada)
    ada, path = browse_as(cast.ada), f"/contracts/{contract.id}/"
    room = ada.get(path).content.decode()
    begun = dict(re.findall(rf'name="(\w+)" value="([^"]*)"[^>]*id="{first.id}-amend-', room))
    assert begun == {"milestone": first.id, "title": "First draft", "amount": "200.00", "due_on": "2026-04-01"}
    assert ada.post(f"{path}amend/", {**begun, "amount": "210"}).status_code == 303
    change = Amendment.objects.get()
    assert (change.milestone_id, change.amount_minor, change.due_on) == (first.id, 21_000, date(2026, 4, 1))
    # The form of what is being changed makes room for the answer; a refused one keeps what was typed.
    assert f'id="{first.id}-amend-id_title"' not in ada.get(path).content.decode()
    wrong = ada.post(f"{path}amend/", {"milestone": second.id, "title": "Finished page", "amount": "no <price>"})
    assert wrong.status_code == 422
    assert "no &lt;price&gt;" in wrong.content.decode()
