"""The contracts' part in the check of the books: milestones and escrow tell the same story, or it is found."""

import pytest
from django.db import connection

from hirehall.money.books import checks
from hirehall.work.contracts.models import Milestone
from tests.support.contracts import make_contract
from tests.support.jobs import pass_time
from tests.support.money import TAKEN_BACK, make_card, make_earnings

pytestmark = pytest.mark.django_db


def found() -> list[str]:
    return [one.line for one in checks.look("escrow")]


@pytest.mark.feature("PAY-09")
def test_a_changed_milestone_is_found_and_money_on_its_way_is_not(cast):
    _, (first, _) = make_contract(cast.cyd, cast.ada)
    assert found() == []
    Milestone.objects.filter(pk=first.pk).update(funded_minor=19_999)
    assert found() == [f"escrow: escrow:{first.pk} USD: expected 19999, found 20000"]
    Milestone.objects.filter(pk=first.pk).update(funded_minor=0)
    assert found() == [f"escrow: escrow:{first.pk} USD: expected 0, found 20000"]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM kernel_delivery WHERE reaction LIKE %s", ["%mark_funded"])
    assert found() == []


@pytest.mark.feature("PAY-09", "PAY-07")
def test_what_a_bank_disputes_is_in_the_figures_also_before_the_milestone_hears_of_it(cast):
    make_card(cast.cyd, TAKEN_BACK)
    _, (first, _) = make_contract(cast.cyd, cast.ada)
    pass_time(hours=1)
    first.refresh_from_db()
    assert (first.contested_minor, found()) == (20_000, [])
    Milestone.objects.filter(pk=first.pk).update(contested_minor=0)
    assert found() == [f"escrow: escrow:{first.pk} USD: expected 20000, found 0"]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM kernel_delivery WHERE reaction LIKE %s", ["%match_contested"])
    assert found() == []


@pytest.mark.feature("PAY-09")
def test_escrow_that_no_contract_knows_is_found(cast):
    escrow_id = make_earnings(cast.ada, cast.cyd)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_account SET balance = 5 WHERE kind = 'escrow' AND owner_id = %s", [escrow_id])
    assert found() == [f"escrow: escrow:{escrow_id} USD: expected 0, found 5"]
