"""Contracts in which nothing happens: announced, dormant, each side's turn, and the end that was announced."""

from datetime import timedelta

import pytest

from hirehall.kernel import clock, events
from hirehall.kernel.errors import NotFound, Refused
from hirehall.kernel.models import Event
from hirehall.money.ledger.queries import balance
from hirehall.money.payments.queries import balances_for
from hirehall.people.messages.actions import post_message
from hirehall.people.messages.queries import find_room
from hirehall.people.notifications.models import Notice
from hirehall.work.contracts.actions import dormancy
from hirehall.work.contracts.actions.endings import end_contract
from hirehall.work.contracts.actions.holds import hold_for_dispute
from hirehall.work.contracts.actions.milestones import submit_work
from hirehall.work.contracts.models import Dormancy
from tests.support.at_once import at_once
from tests.support.cast import browse_as, call_as
from tests.support.contracts import make_contract
from tests.support.jobs import pass_time, run_jobs
from tests.support.money import UNIT, check_all_books


def refused(act):
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.code


def titles(actor):
    return [n.title for n in Notice.objects.filter(party_id=actor.party_id, kind__startswith="contract.").order_by("pk")]


@pytest.fixture
def silent(cast):
    contract, (first, _) = make_contract(cast.cyd, cast.ada)
    return contract, first


def fall_silent(*, dormant=True):
    for days in (76, 7) if not dormant else (76, 7, 7):
        pass_time(days=days)


@pytest.mark.feature("CTR-13")
def test_both_are_told_on_day_76_and_83_with_the_effect_on_the_score(cast, silent):
    contract, _ = silent
    pass_time(days=75, hours=23)
    assert not Dormancy.objects.exists()
    pass_time(hours=1)
    for actor in (cast.ada, cast.cyd):
        assert titles(actor)[-1] == f"Nothing has happened in “{contract.title}” for 76 days"
    told = Notice.objects.filter(kind="contract.silent_76").first()
    assert "counts against the freelancer's Job Success Score, with half its weight" in told.body
    pass_time(days=6, hours=23)
    assert not Notice.objects.filter(kind="contract.silent_83").exists()
    pass_time(hours=1)
    assert Notice.objects.filter(kind="contract.silent_83").count() == 2
    assert contract.title in browse_as(cast.ada).get("/contracts/?tab=silent").content.decode()
    pass_time(days=7)
    assert Dormancy.objects.get().turn == "client"
    assert Event.objects.filter(name="contract:dormant").count() == 1


@pytest.mark.feature("CTR-13")
def test_silence_to_the_end_returns_the_escrow_and_keeps_the_reason(cast, silent):
    contract, first = silent
    fall_silent()
    pass_time(days=7)
    assert Dormancy.objects.get().turn == "freelancer"
    pass_time(days=6, hours=23)
    contract.refresh_from_db()
    assert contract.state == "active"
    pass_time(hours=1)
    run_jobs()
    contract.refresh_from_db()
    first.refresh_from_db()
    assert (contract.state, contract.end_reason, first.returned_minor) == ("ended", "dormant", 20_000)
    assert Event.objects.get(name="contract:ended").data["reason"] == "dormant"
    assert (balance("gateway", "", UNIT), Dormancy.objects.exists()) == (0, False)
    assert "nothing happened in it" in browse_as(cast.ada).get(f"/contracts/{contract.id}/").content.decode()
    check_all_books()


@pytest.mark.feature("CTR-13")
def test_the_freelancer_asks_and_without_a_word_it_is_released(cast, silent):
    contract, first = silent
    assert refused(lambda: dormancy.ask_release(cast.ada, contract.id)) == "contract:not_dormant"
    fall_silent()
    assert refused(lambda: dormancy.ask_release(cast.ada, contract.id)) == "contract:client_first"
    assert refused(lambda: dormancy.keep_open(cast.ada, contract.id)) == "contract:other_side"
    pass_time(days=7)
    until = dormancy.ask_release(cast.ada, contract.id).until
    assert (until - clock.now()).days == 14
    assert dormancy.ask_release(cast.ada, contract.id).until == until
    pass_time(days=14)
    contract.refresh_from_db()
    first.refresh_from_db()
    assert (contract.state, contract.end_reason, first.state, first.released_minor) == ("ended", "dormant", "approved", 20_000)
    assert balances_for(cast.ada).pending == 18_000
    check_all_books()


@pytest.mark.feature("CTR-13")
def test_the_client_keeps_it_open_also_when_the_release_was_asked(cast, silent):
    contract, _ = silent
    assert refused(lambda: dormancy.keep_open(cast.cyd, contract.id)) == "contract:not_dormant"
    fall_silent()
    pass_time(days=7)
    dormancy.ask_release(cast.ada, contract.id)
    dormancy.keep_open(cast.cyd, contract.id)
    assert refused(lambda: dormancy.keep_open(cast.cyd, contract.id)) == "contract:not_dormant"
    pass_time(days=75)
    assert not Dormancy.objects.exists()
    pass_time(days=1)
    assert Dormancy.objects.get().told_days == 76


@pytest.mark.feature("CTR-13", "CTR-11")
def test_while_a_dispute_holds_the_escrow_no_step_is_taken(cast, silent):
    contract, first = silent
    fall_silent()
    pass_time(days=7)
    hold_for_dispute(contract.id, "d" * 26)
    assert refused(lambda: dormancy.release_dormant(cast.cyd, contract.id)) == "contract:in_dispute"
    assert refused(lambda: dormancy.ask_release(cast.ada, contract.id)) == "contract:in_dispute"
    pass_time(days=40)
    contract.refresh_from_db()
    first.refresh_from_db()
    assert (contract.state, first.escrow_minor, Dormancy.objects.get().turn) == ("active", 20_000, "freelancer")


@pytest.mark.feature("CTR-13", "CTR-11")
def test_a_step_of_a_dispute_is_a_sign_of_life(silent):
    contract, _ = silent
    fall_silent()
    pass_time(hours=1)
    events.record("dispute:settled", contract.id, None)
    dormancy.step_silence(contract.id)
    assert not Dormancy.objects.exists()


@pytest.mark.feature("CTR-13")
def test_the_client_releases_and_it_ends_as_finished(cast, silent):
    contract, _ = silent
    fall_silent()
    dormancy.release_dormant(cast.cyd, contract.id)
    run_jobs()
    contract.refresh_from_db()
    assert (contract.state, contract.end_reason, balances_for(cast.ada).pending) == ("ended", "", 18_000)
    assert refused(lambda: dormancy.release_dormant(cast.cyd, contract.id)) == "contract:not_dormant"
    check_all_books()


@pytest.mark.feature("CTR-13")
def test_with_nothing_in_escrow_nothing_is_released_or_asked(cast, silent):
    contract, first = silent
    submit_work(cast.ada, first.id, "Done.")
    pass_time(days=14)
    fall_silent()
    assert refused(lambda: dormancy.release_dormant(cast.cyd, contract.id)) == "contract:no_escrow"
    pass_time(days=7)
    assert refused(lambda: dormancy.ask_release(cast.ada, contract.id)) == "contract:no_escrow"


@pytest.mark.feature("CTR-13")
@pytest.mark.parametrize("sign", ["message", "work", "end"])
def test_any_sign_of_life_ends_the_silence_at_once(cast, silent, sign):
    contract, first = silent
    fall_silent()
    assert "Dormant: you choose until" in browse_as(cast.cyd).get(f"/contracts/{contract.id}/").content.decode()
    clock.advance(timedelta(hours=1))
    if sign == "message":
        post_message(cast.ada, find_room("contract", contract.id).id, "I was ill; here I am.")
    elif sign == "work":
        submit_work(cast.ada, first.id, "Here it is.")
    else:
        end_contract(cast.ada, contract.id)
    assert "Dormant:" not in browse_as(cast.cyd).get(f"/contracts/{contract.id}/").content.decode()
    pass_time(hours=1)
    assert not Dormancy.objects.exists()


@pytest.mark.feature("CTR-13")
def test_after_a_standstill_of_the_market_nothing_is_skipped(cast, silent):
    pass_time(days=200)
    row = Dormancy.objects.get()
    assert (row.told_days, row.dormant_at) == (76, None)
    for _ in range(3):
        dormancy.watch_silence()
    pass_time(days=6)
    assert Dormancy.objects.get().told_days == 76
    pass_time(days=1)
    assert Dormancy.objects.get().told_days == 83
    assert Notice.objects.filter(kind__startswith="contract.silent").count() == 4


@pytest.mark.feature("CTR-13")
def test_strangers_and_the_wrong_side_change_nothing(cast, silent):
    contract, _ = silent
    fall_silent()
    for stranger in (cast.ben, cast.dot, cast.sam):
        for act in (dormancy.keep_open, dormancy.release_dormant, dormancy.ask_release):
            with pytest.raises(NotFound):
                act(stranger, contract.id)
    assert refused(lambda: dormancy.release_dormant(cast.ada, contract.id)) == "contract:other_side"
    assert Dormancy.objects.get().turn == "client"


@pytest.mark.django_db(transaction=True)
@pytest.mark.feature("CTR-13")
def test_the_timer_and_the_client_at_once_end_it_once(cast):
    contract, _ = make_contract(cast.cyd, cast.ada)
    fall_silent()
    clock.advance(timedelta(days=14))
    at_once([lambda: dormancy.step_silence(contract.id)] * 3 + [lambda: dormancy.release_dormant(cast.cyd, contract.id)] * 2)
    run_jobs()
    contract.refresh_from_db()
    assert (contract.state in ("active", "ended"), Event.objects.filter(name="contract:ended").count() <= 1) == (True, True)
    check_all_books()


@pytest.mark.feature("CTR-13", "OPS-03")
def test_a_program_sees_the_silence_and_chooses(client, cast, silent):
    contract, _ = silent
    path, cyd, ada = f"/api/v1/contracts/{contract.id}", call_as(cast.cyd), call_as(cast.ada)
    assert client.get(f"{path}/dormancy", headers=cyd).json() is None
    fall_silent()
    assert client.get(f"{path}/dormancy", headers=ada).json()["turn"] == "client"
    assert client.post(f"{path}/ask-release", headers=ada | {"Idempotency-Key": "a" * 20}).json()["error"]["code"] == "contract:client_first"
    assert client.post(f"{path}/keep-open", headers=cyd | {"Idempotency-Key": "b" * 20}).status_code == 200
    assert client.get(f"{path}/dormancy", headers=cyd).json() is None
