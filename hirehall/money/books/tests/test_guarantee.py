"""The guarantee account: what it holds, paid and got back; a warning when it runs low; filled by two of the staff."""

import pytest
from django.urls import reverse

from hirehall.kernel.errors import Refused
from hirehall.money.books import guarantee, tasks
from hirehall.money.books.actions.adjustments import approve_adjustment, propose_adjustment
from hirehall.money.books.rules import Side, Terms
from hirehall.money.payments.actions.methods import choose_method
from hirehall.money.payments.actions.recovery import record_debt_transfer
from hirehall.people.notifications.queries import list_staff_notices_for
from tests.support.books import REASON, make_colleague
from tests.support.cast import browse_as, call_as
from tests.support.jobs import pass_time
from tests.support.money import NO_MONEY, check_books, make_card, make_debt

pytestmark = [pytest.mark.django_db, pytest.mark.feature("PAY-07", "PAY-09")]


@pytest.fixture
def owed(cast):
    """It paid 100.00 for Cyd, and 25.00 came back by bank."""
    debt = make_debt(cast.cyd, cast.ada)
    choose_method(cast.cyd, make_card(cast.cyd, NO_MONEY).id)
    record_debt_transfer(cast.sam, debt.id, 2_500, "REF-1", "Seen at the bank.")
    return debt


def fill(cast, tess, amount: int):
    proposed = propose_adjustment(cast.sam, Terms(Side("bank"), Side("guarantee"), amount, "USD", REASON))
    return approve_adjustment(tess, proposed.id)


def test_what_it_paid_and_what_came_back(cast, owed):
    (one,) = guarantee.list_guarantees()
    assert (one.unit, one.balance, one.paid, one.back, one.left, one.filled) == ("USD", -7_500, 10_000, 2_500, 7_500, 0)
    pass_time(days=2)
    assert guarantee.list_guarantees() == [one], "closed days say the same"


def test_two_of_the_staff_fill_it_from_the_bank(cast, owed):
    tess = make_colleague()
    proposed = propose_adjustment(cast.sam, Terms(Side("bank"), Side("guarantee"), 200_000, "USD", REASON))
    with pytest.raises(Refused) as caught:
        approve_adjustment(cast.sam, proposed.id)
    assert caught.value.code == "adjustment:four_eyes"
    approve_adjustment(tess, proposed.id)
    (one,) = guarantee.list_guarantees()
    assert (one.balance, one.filled, one.left, one.is_low) == (192_500, 200_000, 7_500, False)
    check_books()


def test_the_staff_is_warned_once_a_week_while_it_runs_low(cast, owed):
    for _ in range(2):
        tasks.watch_guarantee(0)
    told = [each for each in list_staff_notices_for(cast.sam) if each.kind == "staff.guarantee"]
    assert [each.title for each in told] == ["The guarantee account holds -$75.00, less than $1,000.00"]
    pass_time(days=7)
    tasks.watch_guarantee(0)
    assert len([each for each in list_staff_notices_for(cast.sam) if each.kind == "staff.guarantee"]) >= 2
    fill(cast, make_colleague(), 107_500)
    assert guarantee.warn_if_low() == 0


def test_the_page_and_the_program_show_it(cast, owed, client, django_assert_max_num_queries):
    browser = browse_as(cast.sam)
    page = browser.get(reverse("books:guarantee")).content.decode()
    for words in ("-$75.00", "$100.00", "$25.00", "It runs low in USD", cast.cyd.name, "A bank took a payment for work back"):
        assert words in page
    form = browser.get(reverse("books:propose") + "?source=bank&target=guarantee").content.decode()
    for name, value in (("source", "bank"), ("target", "guarantee")):
        chosen = form.partition(f'name="{name}"')[2].partition("</select>")[0]
        assert f'value="{value}" selected' in chosen, chosen
    assert client.get("/api/v1/books/guarantee", headers=call_as(cast.sam)).json() == [
        {"unit": "USD", "balance": -7_500, "paid": 10_000, "back": 2_500, "left": 7_500, "filled": 0, "low": 100_000, "is_low": True}
    ]
    with django_assert_max_num_queries(12):
        browser.get(reverse("books:guarantee"))


def test_a_market_that_needed_it_never_has_none(cast):
    assert guarantee.list_guarantees() == []
    assert "It has paid nothing yet" in browse_as(cast.sam).get(reverse("books:guarantee")).content.decode()
