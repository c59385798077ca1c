"""Time: one clock that can be driven, weeks as values, ids that sort."""

import time
from datetime import UTC, date, datetime, timedelta

import pytest

from hirehall.kernel import clock
from hirehall.kernel.ids import is_id, new_id
from hirehall.kernel.weeks import Week

NOON = datetime(2026, 5, 6, 12, tzinfo=UTC)


def test_a_frozen_clock_stands_and_moves_when_told():
    clock.freeze(NOON)
    assert clock.now() == NOON
    assert clock.advance(timedelta(days=1)) == NOON + timedelta(days=1)
    with clock.at(NOON - timedelta(days=9)):
        assert clock.now() == NOON - timedelta(days=9)
    assert clock.now() == NOON + timedelta(days=1)
    with pytest.raises(ValueError, match="time zone"):
        clock.freeze(datetime(2026, 1, 1))  # noqa: DTZ001 - that is the mistake


@pytest.mark.real_time
def test_a_running_clock_can_be_shifted():
    before = datetime.now(UTC)
    clock.advance(timedelta(hours=5))
    assert timedelta(hours=5) <= clock.now() - before < timedelta(hours=5, seconds=5)


@pytest.mark.real_time
def test_processes_share_a_clock_by_a_file(tmp_path, monkeypatch):
    shared = tmp_path / "offset"
    monkeypatch.setenv("HIREHALL_CLOCK_FILE", str(shared))
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)
    shared.write_text("86400")
    assert clock.now() - datetime.now(UTC) > timedelta(hours=23)
    time.sleep(0.02)
    shared.write_text("0")
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_chance_is_repeatable():
    clock.seed_chance(7)
    first = [clock.chance().random() for _ in range(3)]
    clock.seed_chance(7)
    assert first == [clock.chance().random() for _ in range(3)]


def test_ids_sort_in_the_order_of_making_and_have_one_shape():
    made = [new_id() for _ in range(500)]
    clock.advance(timedelta(milliseconds=5))
    made.append(new_id())
    assert made == sorted(made) and len(set(made)) == 501
    assert all(map(is_id, made))
    assert not is_id("x") and not is_id("O" * 26)


def test_the_pay_week_runs_from_monday_to_sunday_in_utc():
    week = Week.of(datetime(2026, 3, 15, 23, 59, tzinfo=UTC))
    assert week == Week(date(2026, 3, 9)) and str(week) == "2026-03-09"
    assert (week.starts_at, week.ends_at) == (datetime(2026, 3, 9, tzinfo=UTC), datetime(2026, 3, 16, tzinfo=UTC))
    assert week.next().previous() == week
    assert week.starts_at in week and week.ends_at not in week
    with pytest.raises(ValueError, match="not a Monday"):
        Week(date(2026, 3, 10))
