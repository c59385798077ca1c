"""A VAT number: kept, checked, taken away, by page and by program."""

import pytest

from hirehall.kernel.errors import Refused
from hirehall.money.payments.actions.tax_numbers import save_tax_number
from hirehall.money.payments.fees import why_not_tax_number
from hirehall.money.payments.release_queries import tax_number_of
from tests.support.cast import browse_as, call_as


@pytest.mark.feature("PAY-02")
def test_it_is_kept_as_typed_without_blanks_and_taken_away(cast):
    assert save_tax_number(cast.dot, "de 123.456-789") == "DE123456789"
    assert save_tax_number(cast.dot, "DE999999999") == tax_number_of(cast.dot.party_id) == "DE999999999"
    assert (save_tax_number(cast.dot, " "), tax_number_of(cast.dot.party_id)) == ("", "")


@pytest.mark.feature("PAY-02")
@pytest.mark.parametrize(("number", "country", "code"), [
    ("12345", "DE", "tax:number"), ("DE1", "DE", "tax:number"), ("FR123456789", "DE", "tax:country"), ("DE123456789", "", "tax:country"),
    ("EL123456789", "GR", None), ("DE123456789", "DE", None),
])  # fmt: skip
def test_it_fits_the_country(number, country, code):
    refusal = why_not_tax_number(number, country)
    assert (refusal.code if refusal else None) == code


@pytest.mark.feature("PAY-02", "OPS-03")
def test_by_page_and_by_program(cast, client, django_assert_max_num_queries):
    dot = browse_as(cast.dot)
    with django_assert_max_num_queries(15):
        assert "takes no VAT on its fees now" in dot.get("/money/tax-number/").content.decode()
    wrong = dot.post("/money/tax-number/", {"number": "FR12345678"})
    assert (wrong.status_code, "letters of your country" in wrong.content.decode()) == (422, True)
    assert dot.post("/money/tax-number/", {"number": "DE12345678"}).status_code == 303
    headers = call_as(cast.dot)
    assert client.get("/api/v1/money/tax-number", headers=headers).json() == {"number": "DE12345678"}
    answer = client.put("/api/v1/money/tax-number", {"number": ""}, "application/json", headers=headers)
    assert (answer.status_code, tax_number_of(cast.dot.party_id)) == (200, "")
    with pytest.raises(Refused):
        save_tax_number(cast.dot, "nonsense")
