"""Accounts as each country writes them, names as banks write them, days of schedules, and what is held."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from hirehall.kernel.errors import Refused
from hirehall.money.payments import bank_rules, intake, payout_rules
from hirehall.money.payments.gateways.models import SandboxToken
from hirehall.money.payments.payout_rules import HoldFacts, HoldRule, find_hold, names_match, next_run
from hirehall.money.payments.policy import payout_numbers, payout_numbers_in
from tests.support.fixtures import START

GOOD = {
    "US": {"routing": "021000021", "account": "000123456789"},
    "GB": {"sort_code": "20-00-00", "account": "5577 9911"},
    "IN": {"ifsc": "hdfc0001234", "account": "50100123456789"},
    "BD": {"routing": "060260003", "account": "1101234567001"},
    "NG": {"bank_code": "058", "account": "0123456789"},
    "KE": {"bank_code": "01", "branch_code": "094", "account": "1234567890"},
    "PH": {"brstn": "010530667", "account": "001234567890"},
    "CA": {"institution": "003", "transit": "00010", "account": "1234567"},
    "AU": {"bsb": "062-000", "account": "12345678"},
    "VN": {"bic": "BFTVVNVX", "account": "0011001234567"},
}


@pytest.mark.feature("PAY-05")
@pytest.mark.parametrize("country", GOOD)
def test_every_country_has_its_form_and_each_number_is_checked(db, country):
    kept = intake.keep_local_account(country, GOOD[country], "Ada Obi")
    assert (kept.brand, kept.last4) == (f"Bank {country}", bank_rules.tidy(GOOD[country]["account"])[-4:])
    for name in GOOD[country]:
        for wrong in ("", "1", "12345678901234567890123456789012345678", "½" * 9):
            with pytest.raises(Refused) as caught:
                intake.keep_local_account(country, {**GOOD[country], name: wrong}, "Ada Obi")
            assert (caught.value.code, caught.value.field) == ("payout:part", name)
    assert GOOD[country]["account"] not in str(SandboxToken.objects.values())


def test_a_local_account_needs_a_country_a_holder_and_a_right_check_digit(db):
    for country in ("", "X", "USA", "us"):
        with pytest.raises(Refused) as caught:
            intake.keep_local_account(country, GOOD["US"], "Ada Obi")
        assert caught.value.code in ("payout:country", "payout:part")
    with pytest.raises(Refused) as caught:
        intake.keep_local_account("US", {**GOOD["US"], "routing": "021000022"}, "Ada Obi")
    assert caught.value.code == "payout:part"
    with pytest.raises(Refused) as caught:
        intake.keep_local_account("US", GOOD["US"], " ")
    assert caught.value.code == "payout:holder"
    assert bank_rules.why_not_local("", {}).code == "payout:country"


@pytest.mark.feature("PAY-05")
@pytest.mark.parametrize(
    ("iban", "fits"),
    [
        ("PK36SCBL0000001123456702", True),
        ("GB29NWBK60161331926819", True),
        ("NO9386011117947", True),
        ("NO938601111794", False),
        ("PK36SCBL0000001123456703", False),
        ("US36SCBL0000001123456702", False),
        ("DE8937040044053201300", False),
        ("", False),
    ],
)
def test_an_iban_has_the_length_of_its_country_and_its_checksum(iban, fits):
    assert bank_rules.iban_fits(iban) is fits
    assert bank_rules.uses_iban("PK")
    assert not bank_rules.uses_iban("US")


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
    assert next_run("monthly", date(2026, 1, 31), replace(numbers, monthly_day=28)) == date(2026, 2, 28)
    for day in range(400):
        for rhythm in ("nightly", "weekly", "monthly"):
            today = tuesday + timedelta(days=day)
            assert today < next_run(rhythm, today, numbers) <= today + timedelta(days=31)


FACTS = HoldFacts(
    amount=200_000,
    unit="USD",
    available=500_000,
    now=START,
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
        ({"amount": 100_000, "available": 100_000, "opened_at": START - timedelta(days=14)}, None),
    ],
)
def test_what_looks_like_theft_is_held_and_nothing_else(changes, rule):
    facts = replace(FACTS, **changes)
    found = find_hold(facts, payout_numbers_in(facts.unit))
    assert (found.rule if found else None) == rule
    if found:
        assert found.reason
        assert found.inputs["amount_minor"] == facts.amount


def test_a_policy_without_sense_stops_the_start():
    for wrong in ({"weekly_day": 0}, {"weekly_day": 8}, {"monthly_day": 29}, {"arrival_days": {"bank": 3}}):
        with pytest.raises(ValueError, match=r"weekly_day|arrival_days"):
            replace(payout_numbers(), **wrong)
    assert payout_rules.fee_of("card", 12_345, 0, payout_numbers()) == 123
    assert payout_rules.fee_of("bank", 12_345, 7, payout_numbers()) == 7
    assert payout_numbers().tax_form("US") == "W-9"
