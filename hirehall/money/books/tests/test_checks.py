"""Each check finds what was planted, in exact words; `hirehall check books` tells it with its exit code."""

import pytest
from django.core.management import call_command
from django.db import connection

from hirehall.kernel.models import Event
from hirehall.money.books import checks, queries, tasks
from hirehall.money.books.actions.findings import explain_finding
from hirehall.money.books.models import CheckRun, Finding
from hirehall.money.connects.models import Lot
from hirehall.money.payments.gateways.port import GatewayDown
from hirehall.money.payments.gateways.sandbox import Sandbox
from hirehall.money.payments.models import Hold
from tests.support.books import REASON, make_busy_market, spoil_balance
from tests.support.jobs import pass_time, run_jobs
from tests.support.money import make_earnings

pytestmark = pytest.mark.django_db


def found(name: str) -> list[str]:
    return [one.line for one in checks.look(name)]


def ask(capsys, *words: str) -> tuple[int, list[str]]:
    """What the command says, and its exit code."""
    code = 0
    try:
        call_command("check_books", *words)
    except SystemExit as end:
        code = end.code
    said = capsys.readouterr()
    return code, (said.out + said.err).splitlines()


@pytest.mark.feature("PAY-09")
def test_a_market_in_which_everything_happened_has_no_finding(cast, capsys):
    make_busy_market(cast)
    assert {name: found(name) for name in checks.names()} == {name: [] for name in checks.names()}
    code, said = ask(capsys, "--gateway")
    assert (code, said) == (0, ["The books are right."])
    assert set(queries.last_runs()) >= {*checks.names(), "gateway sandbox"}


@pytest.mark.feature("PAY-09")
def test_a_changed_balance_is_found_by_four_checks(cast, capsys):
    make_earnings(cast.ada, cast.cyd)
    spoil_balance("available", 1, cast.ada.party_id)
    assert found("totals") == ["totals: all accounts USD: expected 0, found 1"]
    assert found("balances") == [f"balances: available:{cast.ada.party_id} USD: expected 9000, found 9001"]
    assert found("events") == [f"events: available:{cast.ada.party_id} USD: expected 9000, found 9001"]
    code, said = ask(capsys)
    assert code == 1
    assert said[:3] == [
        "totals: all accounts USD: expected 0, found 1",
        f"balances: available:{cast.ada.party_id} USD: expected 9000, found 9001",
        f"events: available:{cast.ada.party_id} USD: expected 9000, found 9001",
    ]
    assert said[-1] == "3 findings."


@pytest.mark.feature("PAY-09")
def test_a_changed_hold_is_found(cast):
    make_earnings(cast.ada, cast.cyd, wait=False)
    Hold.objects.update(net_minor=8_900, fee_minor=1_100)
    assert found("pending") == [f"pending: pending:{cast.ada.party_id} USD: expected 8900, found 9000"]


@pytest.mark.feature("PAY-09")
def test_a_changed_lot_is_found(cast):
    run_jobs()
    lot = Lot.objects.filter(party_id=cast.ada.party_id).get()
    Lot.objects.filter(pk=lot.pk).update(left=lot.left - 3)
    assert found("connects") == [f"connects: connects:{cast.ada.party_id} CONNECT: expected 47, found 50"]


@pytest.mark.feature("PAY-09")
@pytest.mark.parametrize(
    ("name", "field", "pot", "unit_change"),
    [
        ("escrow:released", "amount", "pending", 1),
        ("escrow:released", "fee", "pending", -1),
        ("earnings:cleared", "amount", "available", 1),
        ("withdrawal:asked", "amount", "available", -1),
        ("charge:settled", "amount", "escrow", 1),
        ("escrow:returned", "to_cards", "refund", 1),
    ],
)
def test_the_independent_count_misses_no_figure_of_an_event(cast, name, field, pot, unit_change):
    make_busy_market(cast)
    event = next(one for one in Event.objects.filter(name=name) if one.data.get("purpose", "escrow") == "escrow")
    before = event.data.get(field, 0)
    Event.objects.filter(pk=event.pk).update(data={**event.data, field: before + 1})
    lines = found("events")
    wrong = [line for line in lines if line.startswith(f"events: {pot}:")]
    assert len(wrong) == 1, lines
    expected, has = wrong[0].partition("expected ")[2].split(", found ")
    assert int(expected) - int(has) == unit_change


@pytest.mark.feature("PAY-09")
def test_an_event_that_is_missing_is_found(cast):
    make_earnings(cast.ada, cast.cyd)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM kernel_event WHERE name = 'earnings:cleared'")
    assert found("events") == [
        f"events: available:{cast.ada.party_id} USD: expected 0, found 9000",
        f"events: pending:{cast.ada.party_id} USD: expected 9000, found 0",
    ]


def test_findings_clear_by_themselves_and_stay_explained(cast, capsys):
    make_earnings(cast.ada, cast.cyd)
    spoil_balance("fee", 5)
    assert ask(capsys)[0] == 1
    for finding in Finding.objects.filter(state="open"):
        explain_finding(cast.sam, finding.id, REASON)
    code, said = ask(capsys)
    assert code == 0
    assert f"totals: all accounts USD: expected 0, found 5 (explained: {REASON})" in said
    assert set(Finding.objects.values_list("state", flat=True)) == {"explained"}
    pass_time(hours=1)
    spoil_balance("fee", -5)
    assert ask(capsys)[0] == 0
    assert set(Finding.objects.values_list("state", flat=True)) == {"cleared"}
    spoil_balance("fee", 5)
    assert ask(capsys)[0] == 1, "the same again is a new finding"


def test_other_figures_are_another_finding(cast, capsys):
    make_earnings(cast.ada, cast.cyd)
    spoil_balance("fee", 5)
    ask(capsys)
    explain_finding(cast.sam, Finding.objects.get(check_name="totals", state="open").id, REASON)
    pass_time(minutes=1)
    spoil_balance("fee", 1)
    ask(capsys)
    states = dict(Finding.objects.filter(check_name="totals").values_list("found", "state"))
    assert states == {"5": "cleared", "6": "open"}


@pytest.mark.feature("PAY-09")
def test_what_cannot_be_checked_is_exit_code_two(cast, capsys, monkeypatch):
    def gone(self, since, until):
        raise GatewayDown("The sandbox is closed.")

    monkeypatch.setattr(Sandbox, "list_movements", gone)
    code, said = ask(capsys, "--gateway")
    assert (code, said[-1]) == (2, "The books could not be checked: The sandbox is closed.")


def test_the_night_checks_once(cast):
    make_earnings(cast.ada, cast.cyd)
    CheckRun.objects.all().delete()
    for _ in range(2):
        tasks.run_checks(0)
        tasks.reconcile_all(0)
        run_jobs()
    assert CheckRun.objects.count() == len(checks.names()) + 1
    pass_time(days=1)
    assert CheckRun.objects.count() == 2 * (len(checks.names()) + 1)

