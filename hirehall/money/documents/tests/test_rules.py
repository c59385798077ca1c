"""Documents, decided: tax numbers, details, periods, codes."""

from datetime import date

import pytest

from hirehall.money.documents import rules
from hirehall.money.documents.rules import Details

COUNTRIES = frozenset({"DE", "IN", "NG", "AT", "XX"})
GOOD = Details("Ada Obi", ("1 Road",), "DE", "DE123456789")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (GOOD, None),
        (Details("Ada Obi", (), "", ""), None),
        (Details("A", (), "", ""), "details:name"),
        (Details("Ada", ("x",) * 6, "", ""), "details:address"),
        (Details("Ada", ("x" * 101,), "", ""), "details:address"),
        (Details("Ada", (), "ZZ", ""), "details:country"),
        (Details("Ada", (), "", "DE123456789"), "details:country_missing"),
        (Details("Ada", (), "DE", "12345"), "details:tax_number"),
        (Details("Ada", (), "IN", "29ABCDE1234F1Z5"), None),
        (Details("Ada", (), "AT", "ATU12345678"), None),
        (Details("Ada", (), "XX", "AB12"), None),
        (Details("Ada", (), "XX", "A"), "details:tax_number"),
    ],
)
def test_details_are_checked(given, code):
    refusal = rules.why_not_details(given, COUNTRIES)
    assert (refusal.code if refusal else None) == code


@pytest.mark.parametrize(
    ("since", "until", "made", "code"),
    [
        ((2026, 1, 1), (2026, 3, 1), 0, None),
        ((2026, 3, 1), (2026, 1, 1), 0, "certificate:order"),
        ((2026, 1, 1), (2026, 3, 11), 0, "certificate:future"),
        ((2026, 1, 1), (2026, 3, 1), 20, "certificate:too_many"),
    ],
)
def test_periods_are_checked(since, until, made, code):
    refusal = rules.why_not_certify(date(*since), date(*until), date(2026, 3, 10), made, 20)
    assert (refusal.code if refusal else None) == code


def test_codes_survive_being_copied_from_paper():
    assert rules.clean_code(" 0123-4567 89ab-cdef") == "0123456789ABCDEF"
    assert rules.clean_code("O1I1-l000") == "01111000"
    assert rules.code_text("0123456789ABCDEF") == "0123-4567-89AB-CDEF"
    assert rules.clean_tax_number("de 123.456-789") == "DE123456789"


def test_a_business_abroad_owes_the_tax_at_home():
    abroad = {"country": "DE", "tax_number": "DE123456789"}
    assert rules.why_reverse_charge("fee_invoice", "US", abroad, False)
    assert not rules.why_reverse_charge("fee_invoice", "US", abroad, True)
    assert not rules.why_reverse_charge("fee_invoice", "DE", abroad, False)
    assert not rules.why_reverse_charge("invoice", "US", abroad, False)
    assert not rules.why_reverse_charge("fee_invoice", "US", {"country": "DE", "tax_number": ""}, False)
