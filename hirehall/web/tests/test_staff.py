"""What waits for the staff, and that they hear of it."""

import pytest
from django.urls import reverse

from hirehall.money.books import tasks
from hirehall.people.accounts.actions import add_seat
from hirehall.people.notifications.queries import list_staff_notices_for
from tests.support.books import make_adjustment, make_colleague, spoil_balance
from tests.support.cast import browse_as
from tests.support.disputes import make_undecided
from tests.support.money import make_debt

pytestmark = [pytest.mark.django_db, pytest.mark.feature("CTR-11", "PAY-09")]


def page_of(actor) -> str:
    return browse_as(actor).get(reverse("web:staff")).content.decode()


def test_each_step_of_a_dispute_is_told_without_names(cast):
    make_undecided(cast)
    told = [notice.title for notice in list_staff_notices_for(cast.sam)]
    assert told == [
        "A mediation ended without agreement: decide it", "The evidence of a dispute is in: propose how to settle it",
        "A dispute about $200.00 was opened",
    ]  # fmt: skip
    page = page_of(cast.sam)
    assert "Disputes to decide" in page and "The first is due" in page
    assert cast.cyd.name not in page.partition("<main")[2]


def test_a_case_that_one_has_a_part_in_is_left_to_the_others(cast):
    tess = make_colleague()
    make_undecided(cast)
    add_seat(cast.cyd, cast.sam.user_id, "viewer")
    assert "The first is due" not in page_of(cast.sam)
    assert "The first is due" in page_of(tess)


def test_a_new_difference_in_the_books_is_told_once(cast):
    make_debt(cast.cyd, cast.ada)
    spoil_balance("fee", 5)
    for _ in range(2):
        tasks.checks.run_check("totals")
    told = [notice.title for notice in list_staff_notices_for(cast.sam) if notice.kind == "staff.finding"]
    assert told == ["The checks of the books found new differences (totals): 1"]
    page = page_of(cast.sam)
    assert "Differences in the books" in page and "Debts of clients" in page
    assert "The guarantee account runs low: -$100.00" in page


def test_an_adjustment_waits_for_the_others_only(cast):
    tess = make_colleague()
    adjustment = make_adjustment(cast.sam, cast.ada.party_id)
    assert "wait for your eyes" not in page_of(cast.sam)
    assert "wait for your eyes" in page_of(tess)
    told = list_staff_notices_for(tess)[0]
    assert (told.title, told.link) == (
        "An adjustment of $5.00 waits for a second pair of eyes", reverse("books:adjustment", args=[adjustment.id])
    )  # fmt: skip


def test_nobody_else_finds_it_and_empty_it_says_so(cast, django_assert_max_num_queries):
    assert "Nothing waits" in page_of(cast.sam)
    for other in (cast.ada, cast.cyd):
        assert browse_as(other).get(reverse("web:staff")).status_code == 404
    make_undecided(cast)
    browser = browse_as(cast.sam)
    browser.get(reverse("web:staff"))
    with django_assert_max_num_queries(18):
        browser.get(reverse("web:staff"))
