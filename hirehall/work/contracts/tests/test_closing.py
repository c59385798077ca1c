"""Closing by consent: proposed by either side, accepted by the other, with the escrow where both said."""

import pytest

from hirehall.kernel.errors import NotFound, Refused
from hirehall.kernel.models import Event
from hirehall.money.ledger.queries import balance
from hirehall.money.payments.queries import balances_for
from hirehall.work.contracts.actions.closing import answer_close, propose_close
from hirehall.work.contracts.actions.holds import hold_for_dispute
from hirehall.work.contracts.actions.milestones import approve_milestone, fund_milestone
from hirehall.work.contracts.models import CloseProposal
from tests.support.at_once import at_once
from tests.support.cast import browse_as, call_as
from tests.support.contracts import make_contract
from tests.support.jobs import pass_time, run_jobs
from tests.support.money import TAKEN_BACK, UNIT, check_all_books, make_card


def refused(act):
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.code


@pytest.fixture
def running(cast):
    return make_contract(cast.cyd, cast.ada)


@pytest.mark.feature("CTR-13")
@pytest.mark.parametrize(("proposer", "answerer"), [("ada", "cyd"), ("cyd", "ada")])
def test_agreed_to_the_freelancer_it_is_released_and_over(cast, running, proposer, answerer):
    contract, (first, second) = running
    asked = propose_close(getattr(cast, proposer), contract.id, "freelancer", "All is done.")
    assert answer_close(getattr(cast, answerer), asked.id, accept=True).state == "accepted"
    assert answer_close(getattr(cast, answerer), asked.id, accept=True).state == "accepted"
    run_jobs()
    contract.refresh_from_db()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (contract.state, contract.end_reason, first.state, second.state) == ("ended", "mutual", "approved", "cancelled")
    assert Event.objects.get(name="contract:ended").data["reason"] == "mutual"
    assert balances_for(cast.ada).pending == 18_000
    check_all_books()


@pytest.mark.feature("CTR-13")
def test_agreed_to_the_client_it_goes_back_to_the_card(cast, running):
    contract, (first, _) = running
    answer_close(cast.ada, propose_close(cast.cyd, contract.id, "client").id, accept=True)
    run_jobs()
    first.refresh_from_db()
    assert (first.returned_minor, balance("gateway", "", UNIT), balances_for(cast.ada).pending) == (20_000, 0, 0)
    check_all_books()


@pytest.mark.feature("CTR-13")
def test_what_stands_against_it_is_told(cast, running):
    contract, (first, second) = running
    assert refused(lambda: propose_close(cast.ada, contract.id, "me")) == "closing:goal"
    asked = propose_close(cast.ada, contract.id, "client")
    assert refused(lambda: propose_close(cast.cyd, contract.id, "client")) == "closing:open"
    assert refused(lambda: answer_close(cast.ada, asked.id, accept=True)) == "closing:own"
    for stranger in (cast.ben, cast.dot, cast.sam):
        with pytest.raises(NotFound):
            answer_close(stranger, asked.id, accept=True)
        with pytest.raises(NotFound):
            propose_close(stranger, contract.id, "client")
    approve_milestone(cast.cyd, first.id, 5_000)
    assert refused(lambda: answer_close(cast.cyd, asked.id, accept=True)) == "closing:changed"
    assert answer_close(cast.cyd, asked.id, accept=False).state == "declined"
    assert refused(lambda: answer_close(cast.cyd, asked.id, accept=True)) == "closing:answered"
    asked = propose_close(cast.ada, contract.id, "client")
    assert answer_close(cast.ada, asked.id, accept=False).state == "withdrawn"
    fund_milestone(cast.cyd, second.id)
    assert refused(lambda: propose_close(cast.ada, contract.id, "client")) == "milestone:charging"
    run_jobs()
    answer_close(cast.cyd, propose_close(cast.ada, contract.id, "client").id, accept=True)
    assert refused(lambda: propose_close(cast.ada, contract.id, "client")) == "contract:ended"


@pytest.mark.feature("CTR-13", "CTR-11")
def test_not_while_a_dispute_holds_the_escrow(cast, running):
    contract, _ = running
    asked = propose_close(cast.ada, contract.id, "freelancer")
    hold_for_dispute(contract.id, "d" * 26)
    assert refused(lambda: answer_close(cast.cyd, asked.id, accept=True)) == "contract:in_dispute"
    assert answer_close(cast.cyd, asked.id, accept=False).state == "declined"
    assert refused(lambda: propose_close(cast.cyd, contract.id, "client")) == "contract:in_dispute"
    page = browse_as(cast.ada).get(f"/contracts/{contract.id}/").content.decode()
    assert ("Propose to close" in page, "held in a dispute" in page) == (False, True)


@pytest.mark.feature("CTR-13", "PAY-07")
def test_not_while_a_bank_decides(cast):
    make_card(cast.cyd, TAKEN_BACK)
    contract, _ = make_contract(cast.cyd, cast.ada)
    pass_time(hours=1)
    assert refused(lambda: propose_close(cast.ada, contract.id, "client")) == "milestone:contested"


@pytest.mark.django_db(transaction=True)
@pytest.mark.feature("CTR-13")
def test_accepted_and_taken_back_at_once_one_of_them_happens(cast):
    contract, _ = make_contract(cast.cyd, cast.ada)
    asked = propose_close(cast.ada, contract.id, "freelancer")
    at_once([lambda: answer_close(cast.cyd, asked.id, accept=True)] * 3 + [lambda: answer_close(cast.ada, asked.id, accept=False)] * 3)
    run_jobs()
    contract.refresh_from_db()
    state = CloseProposal.objects.get().state
    assert (state, contract.state) in (("accepted", "ended"), ("withdrawn", "active"))
    assert balances_for(cast.ada).pending == (18_000 if state == "accepted" else 0)
    check_all_books()


@pytest.mark.feature("CTR-13")
def test_the_room_proposes_shows_and_closes(cast, running):
    contract, _ = running
    address, ada, cyd = f"/contracts/{contract.id}/", browse_as(cast.ada), browse_as(cast.cyd)
    refused_form = ada.post(f"{address}close/", {"escrow_to": "", "note": "We are done, thank you."})
    assert (refused_form.status_code, "We are done, thank you." in refused_form.content.decode()) == (422, True)
    assert ada.post(f"{address}close/", {"escrow_to": "freelancer", "note": "We are done."}).status_code == 303
    page = cyd.get(address).content.decode()
    assert ("Ada Obi proposes to close" in page, "$200.00 in escrow would go to the freelancer" in page) == (True, True)
    closing = CloseProposal.objects.get()
    assert cyd.post(f"/contracts/closings/{closing.id}/answer/", {"accept": "1"}).status_code == 303
    assert "Both sides closed this contract." in ada.get(address).content.decode()


@pytest.mark.feature("CTR-13", "OPS-03")
def test_a_program_closes_with_the_other_side(client, cast, running):
    contract, _ = running
    path, options = "/api/v1/contracts", {"content_type": "application/json"}
    asked = client.post(f"{path}/{contract.id}/closing", {"escrow_to": "client"}, headers=call_as(cast.ada) | {"Idempotency-Key": "a" * 20}, **options)
    assert (asked.status_code, asked.json()["escrow_minor"]) == (201, 20_000)
    cyd = call_as(cast.cyd)
    assert client.get(f"{path}/{contract.id}/closing", headers=cyd).json()["id"] == asked.json()["id"]
    declined = client.post(f"{path}/closings/{asked.json()['id']}/decline", headers=cyd | {"Idempotency-Key": "b" * 20})
    assert declined.json()["state"] == "declined"
    again = propose_close(cast.ada, contract.id, "client")
    agreed = client.post(f"{path}/closings/{again.id}/accept", headers=cyd | {"Idempotency-Key": "c" * 20})
    assert agreed.json()["state"] == "accepted"
