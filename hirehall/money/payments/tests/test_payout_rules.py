"""Cards, names as banks write them, days of schedules, and what is held."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from hirehall.kernel.errors import Refused
from hirehall.money.payments import intake, payout_rules
from hirehall.money.payments.hold_rules import HoldFacts, HoldRule, find_hold
from hirehall.money.payments.payout_rules import names_match, next_run
from hirehall.money.payments.policy import payout_numbers, payout_numbers_in
from tests.support.fixtures import START


@pytest.mark.feature("PAY-05")
def test_a_card_is_kept_when_its_check_digit_is_right(db):
    assert intake.keep_account("card", "4242 4242 4242 4242", "Ada Obi").brand == "Visa"
    for wrong in ("4242424242424241", "abc", "42"):
        with pytest.raises(Refused) as caught:
            intake.keep_account("card", wrong, "Ada Obi")
        assert caught.value.code == "payout:card"


@pytest.mark.feature("PAY-05")
@pytest.mark.parametrize(
    ("one", "other", "match"),
    [
        ("Ada Obi", "ADA OBI", True),
        ("Ada Obi", "Obi, Ada", True),
        ("Ada Obi", "Ada Maria Obi", True),
        ("José Núñez", "JOSE NUNEZ", True),
        ("Søren Łukasz Ægir", "soren lukasz aegir", True),
        ("Sinéad O’Connor", "SINEAD OCONNOR", True),
        ("Cyd Works", "Cyd Works Ltd.", True),
        ("রহিমা খাতুন", "রহিমা খাতুন", True),
        ("রহিমা খাতুন", "রহিম খাতুন", False),
        ("Ada Obi", "Ada Roy", False),
        ("Ada Obi", "Ada", False),
        ("Ada", "Ada", True),
        ("Ada Obi", "Mada Obi", False),
        ("Ada Obi", "", False),
    ],
)
def test_names_match_as_people_and_banks_write_them(one, other, match):
    assert names_match(one, other) is match
    assert names_match(other, one) is match


@pytest.mark.feature("PAY-05")
def test_schedules_run_on_the_days_of_policy():
    numbers, tuesday = payout_numbers(), date(2026, 3, 10)
    assert next_run("by_hand", tuesday, numbers) is None
    assert next_run("nightly", tuesday, numbers) == date(2026, 3, 11)
    assert next_run("weekly", tuesday, numbers) == date(2026, 3, 11)
    assert next_run("weekly", date(2026, 3, 11), numbers) == date(2026, 3, 18)
    assert next_run("monthly", tuesday, numbers) == date(2026, 4, 1)
    assert next_run("monthly", date(2026, 12, 1), numbers) == date(2027, 1, 1)
    late = replace(numbers, monthly_day=27, second_day=28)
    assert next_run("monthly", date(2026, 1, 31), late) == date(2026, 2, 27)
    assert next_run("twice_a_month", tuesday, numbers) == date(2026, 3, 16)
    assert next_run("twice_a_month", date(2026, 3, 16), numbers) == date(2026, 4, 1)
    assert next_run("twice_a_month", date(2026, 12, 27), late) == date(2026, 12, 28)
    assert next_run("quarterly", tuesday, numbers) == date(2026, 4, 1)
    assert next_run("quarterly", date(2026, 4, 1), numbers) == date(2026, 7, 1)
    assert next_run("quarterly", date(2026, 11, 30), numbers) == date(2027, 1, 1)
    longest = {"nightly": 1, "weekly": 7, "twice_a_month": 16, "monthly": 31, "quarterly": 92}
    for day in range(800):
        for rhythm, days in longest.items():
            today = tuesday + timedelta(days=day)
            assert today < next_run(rhythm, today, numbers) <= today + timedelta(days=days)


FACTS = HoldFacts(
    amount=200_000,
    unit="USD",
    available=500_000,
    asked_at=START,
    opened_at=START - timedelta(days=400),
    method_added_at=START - timedelta(days=6),
    password_changed_at=None,
    paid_since=None,
)


@pytest.mark.feature("PAY-05")
@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({}, HoldRule.LARGE_AFTER_CHANGE),
        ({"amount": 199_999}, None),
        ({"amount": 1_000, "sent_since": 199_000}, HoldRule.LARGE_AFTER_CHANGE),
        ({"amount": 1_000, "sent_since": 198_999}, None),
        ({"method_added_at": START - timedelta(days=7)}, None),
        ({"method_added_at": START - timedelta(days=90), "password_changed_at": START}, HoldRule.LARGE_AFTER_CHANGE),
        ({"method_added_at": START - timedelta(days=90), "password_changed_at": START - timedelta(days=8)}, None),
        ({"paid_since": START - timedelta(days=1)}, None),
        ({"paid_since": START - timedelta(days=6, seconds=1)}, HoldRule.LARGE_AFTER_CHANGE),
        ({"unit": "JPY", "amount": 299_999}, None),
        ({"unit": "JPY", "amount": 300_000}, HoldRule.LARGE_AFTER_CHANGE),
        ({"amount": 100_000, "available": 100_000, "opened_at": START - timedelta(days=5)}, HoldRule.NEW_ACCOUNT_TAKES_ALL),
        ({"amount": 100_000, "available": 100_001, "opened_at": START - timedelta(days=5)}, None),
        ({"amount": 99_999, "available": 99_999, "opened_at": START - timedelta(days=5)}, None),
        ({"amount": 9, "available": 9, "sent_since": 99_991, "opened_at": START - timedelta(days=5)}, HoldRule.NEW_ACCOUNT_TAKES_ALL),
        ({"amount": 100_000, "available": 100_000, "opened_at": START - timedelta(days=14)}, None),
    ],
)
def test_what_looks_like_theft_is_held_and_nothing_else(changes, rule):
    facts = replace(FACTS, **changes)
    found = find_hold(facts, payout_numbers_in(facts.unit))
    assert (found.rule if found else None) == rule
    if found:
        assert found.reason
        assert (found.inputs["amount_minor"], found.inputs["sent_since_minor"]) == (facts.amount, facts.sent_since)


def test_a_policy_without_sense_stops_the_start():
    for wrong in ({"weekly_day": 0}, {"weekly_day": 8}, {"monthly_day": 29}, {"monthly_day": 16}, {"second_day": 29}, {"arrival_days": {"bank": 3}}):
        with pytest.raises(ValueError, match=r"weekly_day|arrival_days"):
            replace(payout_numbers(), **wrong)
    assert payout_rules.fee_of("card", 12_345, 0, payout_numbers()) == 123
    assert payout_rules.fee_of("bank", 12_345, 7, payout_numbers()) == 7
    assert payout_numbers().tax_form("US") == "W-9"
