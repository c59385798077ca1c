"""How contracts end: by either side, with silence, with refusal, and with late money."""

import pytest

from hirehall.kernel.errors import NotFound, Refused
from hirehall.kernel.events import list_events
from hirehall.money.payments.queries import escrow_balance
from hirehall.work.contracts.actions.endings import answer_refund, complete_closure, end_contract
from hirehall.work.contracts.actions.milestones import approve_milestone, fund_milestone
from tests.support.contracts import make_contract
from tests.support.jobs import pass_time, run_jobs
from tests.support.money import check_books


@pytest.fixture
def contract(cast):
    return make_contract(cast.cyd, cast.ada)[0]


def state(contract):
    contract.refresh_from_db()
    return contract.state


def escrow(contract):
    return sum(escrow_balance(m.id, "USD") for m in contract.milestones.all())


@pytest.mark.feature("CTR-12")
def test_the_freelancers_end_returns_escrow_at_once_and_closes_after_the_clients_days(cast, contract):
    end_contract(cast.ada, contract.id, "All is in the folder.")
    run_jobs()
    assert (state(contract), escrow(contract), contract.end_summary) == ("closing", 0, "All is in the folder.")
    pass_time(days=13)
    assert state(contract) == "closing"
    pass_time(days=1)
    assert state(contract) == "ended"
    assert list_events(contract.id, ["contract:ended"])[0].data["by"] == "freelancer"
    check_books()


@pytest.mark.feature("CTR-12")
def test_the_clients_feedback_completes_it(cast, contract):
    end_contract(cast.ada, contract.id)
    complete_closure(contract.id)
    complete_closure(contract.id)
    assert state(contract) == "ended"


@pytest.mark.feature("CTR-12")
@pytest.mark.parametrize("how", ["agrees", "silent"])
def test_the_clients_end_asks_for_what_waits(cast, contract, how):
    end_contract(cast.cyd, contract.id)
    assert (state(contract), escrow(contract)) == ("closing", 20_000)
    if how == "agrees":
        answer_refund(cast.ada, contract.id, agree=True)
    else:
        pass_time(days=6, hours=23)
        assert state(contract) == "closing"
        pass_time(hours=1)
    run_jobs()
    assert (state(contract), escrow(contract)) == ("ended", 0)
    check_books()


@pytest.mark.feature("CTR-12")
def test_a_refusal_keeps_the_money_until_the_client_releases_it(cast, contract):
    end_contract(cast.cyd, contract.id)
    answer_refund(cast.ada, contract.id, agree=False)
    pass_time(days=30)
    assert (state(contract), escrow(contract)) == ("closing", 20_000)
    approve_milestone(cast.cyd, contract.milestones.first().id)
    run_jobs()
    assert state(contract) == "ended"
    check_books()


@pytest.mark.feature("CTR-12")
def test_nothing_in_escrow_ends_at_once(cast, contract):
    approve_milestone(cast.cyd, contract.milestones.first().id)
    end_contract(cast.cyd, contract.id)
    assert state(contract) == "ended"
    assert list_events(contract.id, ["contract:ended"])[0].data["paid_minor"] == 20_000
    for attempt in (
        lambda: end_contract(cast.cyd, contract.id), lambda: fund_milestone(cast.cyd, contract.milestones.last().id),
        lambda: answer_refund(cast.ada, contract.id, agree=True),
    ):  # fmt: skip
        with pytest.raises(Refused):
            attempt()


def test_money_that_arrives_after_the_end_goes_back(cast, contract):
    second = contract.milestones.last()
    fund_milestone(cast.cyd, second.id)
    end_contract(cast.ada, contract.id)
    with pytest.raises(Refused):
        # While the charge is still out, asking for it again is not "done already": the contract is over.
        fund_milestone(cast.cyd, second.id)
    run_jobs()
    assert escrow(contract) == 0
    check_books()


@pytest.mark.parametrize("who", ["ben", "dot"])
def test_strangers_end_nothing(cast, contract, who):
    with pytest.raises(NotFound):
        end_contract(getattr(cast, who), contract.id)
    assert state(contract) == "active"
