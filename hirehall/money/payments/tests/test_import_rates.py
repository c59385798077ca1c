"""Rates from a file: all or none, twice harmless."""

from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from hirehall.money.payments.models import Rate

pytestmark = [pytest.mark.django_db, pytest.mark.feature("PAY-08")]
HEAD = "from,to,rate,source,since\n"


def test_a_file_sets_all_its_rates_and_twice_is_harmless(tmp_path, capsys):
    file = tmp_path / "ecb.csv"
    file.write_text(HEAD + "EUR,USD,1.0842,ECB,2026-03-09\nUSD,JPY,151.87,ECB,2026-03-09T15:00:00+01:00\n", encoding="utf-8-sig")
    call_command("import_rates", str(file))
    call_command("import_rates", str(file))
    assert "ecb.csv: 2 rates are in force." in capsys.readouterr().out
    assert Rate.objects.count() == 2
    row = Rate.objects.get(unit_from="USD")
    assert (row.numerator, row.denominator, row.since) == (15_187, 100, datetime(2026, 3, 9, 14, tzinfo=UTC))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("from,to,rate\nEUR,USD,1\n", "no column for source"),
        (HEAD + "EUR,USD,1.08,ECB,\nEUR,CHF,1,ECB,\n", "line 3: Choose one of this market's currencies"),
        (HEAD + "EUR,USD,1.08,ECB,\nEUR,JPY,lots,ECB,\n", "line 3: Type a rate in figures"),
        (HEAD + "EUR,USD,1.08,ECB,yesterday\n", "line 2: Invalid isoformat"),
        (HEAD + "EUR,USD,1.08,,\n", "line 2: Say where this rate is published"),
    ],
)
def test_one_wrong_row_sets_none(tmp_path, text, told):
    file = tmp_path / "rates.csv"
    file.write_text(text)
    with pytest.raises(CommandError, match=told):
        call_command("import_rates", str(file))
    assert not Rate.objects.exists()
