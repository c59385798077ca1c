"""The rules of disputes: claims, splits and deadlines, for any amount in any unit."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hirehall.kernel.units import minor_digits
from hirehall.work.contracts.rules import fill
from hirehall.work.disputes import rules
from hirehall.work.disputes.rules import Claim, Ground, Split

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
NUMBERS = rules.DisputesPolicy(7, 5, 3, 2, 2, 30, 3, 24, 10_000, 10, 30)
UNITS = {"JPY": 0, "USD": 2, "KWD": 3}


def ground(unit="USD", escrow=20_000, released=0, *, refused=NOW, closing=True, ended=None):
    return Ground(unit, escrow, released, refused, closing, ended)


@pytest.mark.parametrize(
    ("where", "code"),
    [
        (ground(), None),
        (ground(refused=None), "dispute:too_early"),
        (ground(escrow=0, released=5, refused=None, closing=False), "dispute:too_early"),
        (ground(escrow=0, released=0, refused=None, closing=False, ended=NOW), "dispute:nothing"),
        (ground(refused=NOW - timedelta(days=7)), "dispute:late"),
        (ground(refused=NOW - timedelta(days=7) + timedelta(seconds=1)), None),
        (ground(escrow=0, released=5, closing=False, ended=NOW - timedelta(days=6)), None),
        (ground(escrow=0, released=5, closing=False, ended=NOW - timedelta(days=7)), "dispute:late"),
        (ground(escrow=0, released=5, refused=None), None),
    ],
)
def test_when_a_client_can_open(where, code):
    refusal = rules.why_not_open("client", where, NOW, NUMBERS)
    assert (refusal.code if refusal else None) == code


def test_what_was_released_only_the_client_asks_back():
    where = ground(escrow=0, released=5_000, closing=False, ended=NOW)
    assert rules.why_not_open("freelancer", where, NOW, NUMBERS).code == "dispute:nothing"
    assert rules.why_not_claim("client", Claim(0, 5_000), where) is None


@pytest.mark.parametrize(
    ("side", "claim", "code"),
    [
        ("client", Claim(20_000), None), ("client", Claim(1, 300), None), ("freelancer", Claim(1), None),
        ("client", Claim(20_001), "dispute:claim_escrow"), ("client", Claim(-1), "dispute:claim_escrow"),
        ("client", Claim(1, 301), "dispute:claim_refund"), ("freelancer", Claim(1, 1), "dispute:claim_refund"),
        ("client", Claim(0), "dispute:claim_nothing"),
    ],
)  # fmt: skip
def test_a_claim_asks_for_no_more_than_there_is(side, claim, code):
    refusal = rules.why_not_claim(side, claim, ground(released=300))
    assert (refusal.code if refusal else None) == code


def test_an_answer_and_a_split_stay_inside():
    assert rules.why_not_give(Claim(0), Claim(10)) is None
    assert rules.why_not_give(Claim(11), Claim(10)).code == "dispute:give_escrow"
    assert rules.why_not_give(Claim(0, 1), Claim(10)).code == "dispute:give_refund"
    assert rules.why_not_split(Split(10, 3), 10, 3) is None
    assert rules.why_not_split(Split(11), 10, 0).code == "dispute:split_escrow"
    assert rules.why_not_split(Split(10, 1), 10, 0).code == "dispute:split_refund"


@pytest.mark.feature("CTR-11")
@given(unit=st.sampled_from(sorted(UNITS)), parts=st.lists(st.integers(0, 10**9), min_size=1, max_size=8), data=st.data())
def test_a_split_never_loses_the_smallest_part_of_any_unit(unit, parts, data):
    assert minor_digits(unit) == UNITS[unit]
    escrow = sum(parts)
    claim = data.draw(st.integers(0, escrow))
    given_away = data.draw(st.integers(0, claim))
    disputed = claim - given_away
    split = Split(data.draw(st.integers(0, disputed)))
    assert rules.why_not_split(split, disputed, 0) is None
    moved = 0
    for amount in (escrow - claim, given_away, split.to_freelancer_minor, disputed - split.to_freelancer_minor):
        spread = fill(amount, parts)
        assert sum(spread) == amount
        assert all(0 <= part <= room for part, room in zip(spread, parts, strict=True))
        parts = [room - part for part, room in zip(spread, parts, strict=True)]
        moved += amount
    assert (moved, sum(parts)) == (escrow, 0)


def test_nothing_is_spread_over_rooms_that_are_too_small():
    for wrong in (-1, 11):
        with pytest.raises(ValueError, match="rooms"):
            fill(wrong, [4, 6])


@given(net=st.integers(1, 10**9), fee=st.integers(0, 10**8), steps=st.lists(st.integers(1, 10**9), max_size=6))
def test_a_refund_in_parts_gives_the_whole_fee_back(net, fee, steps):
    done, fees = 0, 0
    for available in [*steps, net]:
        now, part = rules.part_of_refund(net=net, fee=fee, net_done=done, available=available)
        assert 0 <= now <= available
        assert part >= 0
        done, fees = done + now, fees + part
    assert (done, fees) == (net, fee)
    assert rules.part_of_refund(net=net, fee=fee, net_done=net, available=5) == (0, 0)
    assert rules.part_of_refund(net=0, fee=0, net_done=0, available=5) == (0, 0)


@pytest.mark.parametrize(
    ("split", "who"), [(Split(10, 0), "freelancer"), (Split(0, 4), "client"), (Split(10, 4), "split"), (Split(3, 1), "split")]
)
def test_who_has_won(split, who):
    assert rules.won_by(split, 10, 4) == who


@pytest.mark.parametrize("state", [s.value for s in rules.DisputeState])
def test_every_step_belongs_to_its_states(state):
    for what, states in rules.MOVES.items():
        refusal = rules.why_not_move(what, state)
        if state in states:
            assert refusal is None
        else:
            assert refusal.code == ("dispute:state" if state in rules.OPEN_STATES else "dispute:over")
