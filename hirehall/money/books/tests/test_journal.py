"""The journal as a file: nothing a spreadsheet runs, nothing lost, and beancount's own check has nothing against it."""

import csv
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from hirehall.kernel import clock
from hirehall.money.books import balances, journal
from hirehall.money.books.actions.adjustments import approve_adjustment
from hirehall.money.books.actions.days import close_days
from hirehall.money.ledger.chart import KINDS
from tests.support.books import make_adjustment, make_busy_market, make_colleague, post_odd_entries, transfer_ids
from tests.support.jobs import pass_time

pytestmark = pytest.mark.django_db
FIRST = balances.date(2026, 1, 1)


def bean_check(text: str, folder: Path) -> subprocess.CompletedProcess:
    file = folder / "journal.beancount"
    file.write_text(text, encoding="utf-8")
    program = Path(sys.executable).with_name("bean-check")
    return subprocess.run([str(program), str(file)], capture_output=True, text=True, check=False)


def fill(cast) -> None:
    """All kinds of movements in four units, with words that a careless writer would break on."""
    make_busy_market(cast)
    tess = make_colleague()
    for unit, amount in (("USD", 333), ("JPY", 12_345), ("KWD", 1_234_567)):
        approve_adjustment(tess, make_adjustment(cast.sam, cast.ada.party_id, amount, unit=unit).id)
    memo = {"reason": '=SUM(A1) "quoted" back\\slash\nnew line', "contract_title": "@home"}
    post_odd_entries(cast.ada.party_id, memo)


@pytest.mark.feature("PAY-09")
@pytest.mark.parametrize("start", ["first", "middle", "empty"])
def test_bean_check_accepts_the_journal_of_any_period(cast, tmp_path, start):
    first = balances.current_day()
    fill(cast)
    pass_time(days=2)
    close_days()
    since = {"first": first, "middle": first + timedelta(days=5), "empty": first - timedelta(days=9)}[start]
    until = first - timedelta(days=8) if start == "empty" else balances.current_day()
    text = "".join(journal.beancount_lines(since, until))
    done = bean_check(text, tmp_path)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    if start != "empty":
        assert {unit for unit in ("USD", "JPY", "KWD", "CONNECT") if f" commodity {unit}" in text} == {"USD", "JPY", "KWD", "CONNECT"}
        assert text.count(" balance ") > 10
        assert (' * "Opening balances"' in text) == (start == "middle")


@pytest.mark.feature("PAY-09")
def test_bean_check_refuses_when_one_amount_is_changed(cast, tmp_path):
    first = balances.current_day()
    fill(cast)
    text = "".join(journal.beancount_lines(first, balances.current_day()))
    wrong = text.replace("Liabilities:Users:Available  12345 JPY", "Liabilities:Users:Available  12344 JPY").replace(
        "Liabilities:Users:Available  -12345 JPY", "Liabilities:Users:Available  -12344 JPY"
    )
    assert wrong != text
    assert bean_check(wrong, tmp_path).returncode == 1


@pytest.mark.feature("PAY-09")
def test_the_csv_has_every_transfer_and_no_formula(cast):
    fill(cast)
    rows = list(csv.reader("".join(journal.csv_lines(FIRST, balances.current_day())).lstrip("\ufeff").splitlines(keepends=True)))
    assert rows[0] == list(journal.HEADINGS)
    assert len(rows) == len(transfer_ids()) + 1
    assert {int(row[1]) for row in rows[1:]} == set(transfer_ids())
    assert not any(cell.startswith(("=", "+", "@", "\t")) for row in rows for cell in row)
    by_ref = {row[2]: row for row in rows}
    assert by_ref["vat:1"][10].startswith("'=SUM(A1)")
    kwd = next(row for row in rows if row[9] == "KWD")
    assert kwd[8] == "1234.567"


def test_every_kind_of_account_has_a_name_for_accountants():
    assert set(KINDS) == set(journal.ACCOUNTS)


def test_a_negative_amount_stays_a_figure_and_a_text_with_a_minus_does_not():
    lines = "".join(journal.table_lines(("A", "B"), [("-12.50", "-1+2")]))
    assert lines.splitlines()[1] == "-12.50,'-1+2"


def test_the_journal_is_read_in_pieces(cast):
    fill(cast)
    lines = journal.list_lines(FIRST, balances.current_day())
    first = next(lines)
    assert first.at <= clock.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_cursors")
        assert cursor.fetchone()[0] == 1
    lines.close()
