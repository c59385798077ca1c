"""Accounts as each country writes them: shapes, check digits, and where they are from."""

import re
import tomllib

import pytest

from hirehall.kernel.errors import Refused
from hirehall.money.payments import bank_rules, bank_shapes, intake, payout_forms
from hirehall.money.payments.gateways.models import SandboxToken
from hirehall.people.accounts.places import countries

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
        ("DE00370400440532013000", False),
        ("GB29NWBK6016133192681X", False),
        ("MT84MALT011000012345MTLCAST001S", True),
        ("BR1800360305000010009795493C1", True),
        ("LY83002048000020100120361", True),
        ("", False),
    ],
)
def test_an_iban_has_the_length_of_its_country_and_its_checksum(iban, fits):
    assert bank_rules.iban_fits(iban) is fits
    assert bank_rules.uses_iban("PK")
    assert not bank_rules.uses_iban("US")


@pytest.mark.parametrize("country", [*bank_shapes.LOCAL, "VN"])
def test_each_shape_of_the_file_takes_its_own_example(country):
    for part in bank_rules.parts_of(country):
        assert part.accepts(bank_rules.tidy(part.example)), part
        assert part.label in payout_forms.LABELS
        # Figures of other scripts are no figures of a bank.
        assert not part.accepts("\u0661" * 9)


def test_the_file_says_where_each_table_comes_from():
    told = tomllib.loads(bank_shapes.FILE.read_text("utf-8"))
    for table in (told["iban"], told["anywhere"], *told["local"].values()):
        assert len(table["source"]) > 15
    assert set(bank_shapes.IBANS) | set(bank_shapes.LOCAL) <= set(dict(countries()))
    assert all(15 <= 4 + sum(int(n) for n in re.findall(r"(\d+)!", shape)) <= 34 for shape in told["iban"]["shapes"].values())
