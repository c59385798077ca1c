"""A market filled by an earlier release: its count begins at the upgrade, and from then on nothing is overlooked."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from hirehall.kernel.models import Event
from hirehall.money.books import checks
from hirehall.money.books.actions.opening import start_count
from hirehall.money.books.models import CountStart, Opening
from tests.support.books import make_busy_market, post_unheard, transfer_ids
from tests.support.cast import browse_as, call_as
from tests.support.money import make_earnings

pytestmark = [pytest.mark.django_db, pytest.mark.feature("PAY-09")]
GUARDS = Path(__file__).resolve().parents[1] / "sql" / "guards.sql"


def found() -> list[str]:
    return [one.line for one in checks.look("events")]


def forget_figures() -> None:
    """Events as an earlier release wrote them: it told neither what cleared nor what went to cards."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE kernel_event SET data = data - 'amount' WHERE name = 'earnings:cleared'")
        cursor.execute("UPDATE kernel_event SET data = data - 'to_cards' WHERE name = 'escrow:returned'")


@pytest.fixture
def old(cast):
    """A busy market of an earlier release."""
    make_busy_market(cast)
    forget_figures()
    return cast


def test_after_the_upgrade_the_books_are_right(old, capsys):
    assert found(), "the events of the earlier release leave something open"
    call_command("make_ready")
    call_command("check_books")
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("events: counted from 2026-03-") and said[0].endswith(f"{Opening.objects.count()} balances carried over")
    assert "The books are right." in said
    assert CountStart.objects.get().last_transfer == max(transfer_ids())


def test_what_differs_after_it_is_found_to_the_cent(old, capsys):
    start_count()
    before = {(one.party_id, one.pot): one.held_minor for one in Opening.objects.all()}
    make_earnings(old.ada, old.cyd)
    assert found() == [], "work after the upgrade is counted as ever"
    post_unheard(old.ada.party_id, 7)
    assert found() == [f"events: available:{old.ada.party_id} USD: expected {before[old.ada.party_id, 'available'] + 9_000}, found {before[old.ada.party_id, 'available'] + 9_007}"]
    with pytest.raises(SystemExit) as end:
        call_command("check_books")
    assert end.value.code == 1


def test_an_old_event_that_is_changed_after_it_is_found_too(old):
    start_count()
    Event.objects.filter(name="withdrawal:paid").delete()
    assert [line.partition(" USD: ")[0] for line in found()] == [f"events: payout:{old.ada.party_id}"]


def test_it_begins_once(old):
    first = start_count()
    post_unheard(old.ada.party_id, 7)
    again = start_count()
    assert (again.at, again.openings) == (first.at, first.openings)
    assert len(found()) == 1, "a second start blesses nothing"
    assert Event.objects.filter(name="books:count_started").count() == 1


def test_a_market_made_afresh_opens_with_nothing(cast):
    assert start_count().openings == 0
    make_busy_market(cast)
    assert (found(), Opening.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE books_opening SET held_minor = held_minor + 1", "DELETE FROM books_opening",
        "INSERT INTO books_opening (party_id, pot, unit, told_minor, held_minor) VALUES ('x', 'available', 'USD', 0, 7)",
        "UPDATE books_countstart SET at = now()", "DELETE FROM books_countstart",
    ],
)  # fmt: skip
def test_the_database_lets_nobody_change_it(old, statement):
    start_count()
    with pytest.raises(DatabaseError, match=r"never changed|has begun"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_database_holds_the_guards_of_the_one_file():
    built = guards()
    assert len(built) == 3
    with connection.cursor() as cursor:
        cursor.execute(GUARDS.read_text())
    assert guards() == built


def guards() -> set[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, pg_get_triggerdef(oid), pg_get_functiondef(tgfoid) FROM pg_trigger WHERE tgrelid::regclass::text IN ('books_opening', 'books_countstart') AND NOT tgisinternal"
        )
        return set(cursor.fetchall())


def test_staff_see_from_when_and_with_what(old, client):
    browser = browse_as(old.sam)
    assert "Parties&#39; money is counted from" not in browser.get(reverse("books:overview")).content.decode()
    assert "Counted from the beginning" in browser.get(reverse("books:openings")).content.decode()
    assert client.get("/api/v1/books/start", headers=call_as(old.sam)).json() is None
    start_count()
    assert f"left {Opening.objects.count()} balances open" in browser.get(reverse("books:overview")).content.decode()
    page = browser.get(reverse("books:openings")).content.decode()
    assert "Ada" in page and "after entry" in page
    assert client.get("/api/v1/books/start", headers=call_as(old.sam)).json()["openings"] == Opening.objects.count()
    listed = client.get("/api/v1/books/openings", headers=call_as(old.sam)).json()
    assert listed["count"] == Opening.objects.count()
    assert set(listed["items"][0]) == {"party_id", "pot", "unit", "told", "held"}
    assert client.get("/api/v1/books/openings", headers=call_as(old.ada)).status_code == 404
    assert "The count from events began" in browser.get(reverse("books:trail")).content.decode()


def test_the_openings_keep_to_their_queries(old, django_assert_max_num_queries):
    start_count()
    browser = browse_as(old.sam)
    browser.get(reverse("books:openings"))
    with django_assert_max_num_queries(10):
        browser.get(reverse("books:openings"))
