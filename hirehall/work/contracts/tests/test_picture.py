"""Where the money of a contract is, and what moves next: the picture of the room and of the API."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace as Row

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hirehall.work.contracts.actions.bonuses import give_bonus
from hirehall.work.contracts.actions.endings import answer_refund, end_contract
from hirehall.work.contracts.actions.expenses import claim_expense
from hirehall.work.contracts.actions.milestones import approve_milestone, submit_work
from hirehall.work.contracts.actions.repayments import answer_repayment, propose_repayment
from hirehall.work.contracts.extra_views import picture_of
from hirehall.work.contracts.picture import picture
from hirehall.work.contracts.queries import get_contract_for, list_milestones
from tests.support.cast import browse_as, call_as
from tests.support.contracts import make_contract
from tests.support.jobs import pass_time, run_jobs

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


def seen(cast, contract):
    return picture_of(get_contract_for(cast.cyd, contract.id), list_milestones(contract.id))


def pots(shown):
    return {name: amount for name, amount in shown.pots.items() if amount}


@pytest.mark.feature("CTR-15", "PAY-04")
def test_every_part_is_in_one_place_from_the_first_charge_to_the_last_return(cast):
    contract, (first, second) = make_contract(cast.cyd, cast.ada)
    assert pots(seen(cast, contract)) == {"to_fund": 25_000, "escrow": 20_000}
    submit_work(cast.ada, first.id, "Here")
    move = seen(cast, contract).moves[0]
    assert (move.kind, move.amount, move.at, move.source, move.target) == ("review", 20_000, NOON + timedelta(days=14), "escrow", "pending")
    approve_milestone(cast.cyd, first.id, 15_000)
    give_bonus(cast.cyd, contract.id, 1_000)
    assert pots(seen(cast, contract)) == {"to_fund": 25_000, "charging": 1_000, "escrow": 5_000, "pending": 13_500, "fees": 1_500}
    run_jobs()
    shown = seen(cast, contract)
    assert (pots(shown)["pending"], pots(shown)["fees"], shown.paid_in) == (14_400, 1_600, 21_000)
    assert [(m.kind, m.amount, m.at) for m in shown.moves if m.kind == "clear"] == [("clear", 14_400, NOON + timedelta(days=5))]
    pass_time(days=5)
    asked = propose_repayment(cast.cyd, contract.id, 6_000, "Because")
    move = next(m for m in seen(cast, contract).moves if m.kind == "repayment")
    assert (move.amount, move.who, move.at) == (6_000, "freelancer", NOON + timedelta(days=12))
    answer_repayment(cast.ada, asked.id, accept=True)
    shown = seen(cast, contract)
    assert pots(shown) == {"to_fund": 25_000, "escrow": 5_000, "available": 9_000, "returned": 6_000, "fees": 1_000}
    assert shown.paid_in == 21_000
    end_contract(cast.cyd, contract.id)
    assert [(m.kind, m.amount) for m in seen(cast, contract).moves] == [("return", 5_000)]
    answer_refund(cast.ada, contract.id, agree=False)
    assert seen(cast, contract).moves[0].at is None
    approve_milestone(cast.cyd, first.id)
    run_jobs()
    assert seen(cast, contract).paid_in == 21_000


def milestone(**changes):
    given = {"title": "Draft", "state": "funded", "escrow_minor": 100, "asked_minor": 0, "missing_minor": 0, "returned_minor": 0, "contested_minor": 0, "review_due_at": None}
    return Row(**{**given, **changes})


@pytest.mark.feature("CTR-15", "CTR-11")
def test_what_a_dispute_holds_is_named_and_nothing_is_counted_twice():
    shown = picture([milestone()], [], [], [], [], "active", held=True)
    assert (shown.pots["escrow"], shown.pots["held"], shown.paid_in) == (0, 100, 100)


@pytest.mark.feature("CTR-15", "PAY-07")
def test_what_a_bank_holds_has_a_place_of_its_own_and_moves_next():
    shown = picture([milestone(escrow_minor=60, contested_minor=40)], [], [], [], [], "closing", held=True)
    assert (shown.pots["escrow"], shown.pots["held"], shown.pots["bank"], shown.paid_in) == (0, 60, 40, 100)
    assert [(m.kind, m.amount, m.who) for m in shown.moves] == [("bank", 40, "bank")]


@pytest.mark.feature("CTR-15")
def test_moves_with_a_moment_come_first_and_in_order():
    late, soon = NOON + timedelta(days=9), NOON + timedelta(days=2)
    parts = [milestone(missing_minor=50), milestone(state="submitted", review_due_at=late), milestone(asked_minor=7, missing_minor=7, escrow_minor=0)]
    holds = [Row(cleared_at=None, net_left_minor=9, left_minor=10, returned_minor=0, due_at=soon) for _ in range(2)]
    shown = picture(parts, holds, [], [], [], "active")
    assert [(m.kind, m.amount, m.at) for m in shown.moves] == [
        ("clear", 18, soon), ("review", 100, late), ("fund", 50, None), ("work", 100, None), ("charge", 7, None),
    ]  # fmt: skip


@pytest.mark.feature("CTR-15", "CTR-10", "OPS-03")
def test_the_room_shows_it_and_programs_read_the_same(cast, client, django_assert_max_num_queries):
    contract, (first, _) = make_contract(cast.cyd, cast.ada)
    claim_expense(cast.ada, contract.id, title="A font", amount=3_000, reason="Needed",
                  receipt=SimpleUploadedFile("r.txt", b"30.00", "text/plain"))  # fmt: skip
    approve_milestone(cast.cyd, first.id, 5_000)
    run_jobs()
    with django_assert_max_num_queries(52):
        page = browse_as(cast.cyd).get(f"/contracts/{contract.id}/").content.decode()
    for words in ("Where the money is", "In escrow", "$150.00", "Security days", "$45.00", "What moves next", "Earnings become available"):
        assert words in page
    assert "waits for the client&#39;s answer" in page
    with django_assert_max_num_queries(20):
        told = client.get(f"/api/v1/contracts/{contract.id}/money", headers=call_as(cast.ada)).json()
    assert (told["pots"]["escrow"], told["pots"]["pending"], told["paid_in"], told["unit"]) == (15_000, 4_500, 20_000, "USD")
    assert {move["kind"] for move in told["moves"]} == {"clear", "work", "fund", "expense"}
    assert (told["fees"]["freelancer_basis_points"], told["returnable"]) == (1_000, 5_000)
    assert client.get(f"/api/v1/contracts/{contract.id}/money", headers=call_as(cast.dot)).status_code == 404
