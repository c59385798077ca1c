"""Where the count from events begins: sealed once, before the first page of a release that counts is answered."""

from django.db import connection

from hirehall.kernel import clock, events
from hirehall.kernel.atomic import action
from hirehall.money.books import queries
from hirehall.money.books.models import CountStart
from hirehall.money.books.recount import told_and_held
from hirehall.money.ledger.queries import last_transfer_id

# One statement, so that both sides are of one moment even while money moves.
OPEN = """
    INSERT INTO books_opening (party_id, pot, unit, told_minor, held_minor)
    SELECT coalesce(told.party, held.party), coalesce(told.pot, held.pot), coalesce(told.unit, held.unit),
           coalesce(told.amount, 0), coalesce(held.amount, 0)
      FROM told FULL JOIN held ON told.party = held.party AND told.pot = held.pot AND told.unit = held.unit
     WHERE coalesce(told.amount, 0) <> coalesce(held.amount, 0)
"""


@action
def start_count() -> CountStart:
    """Write down what events of earlier releases leave open; in a market made afresh that is nothing.

    The first call seals it: a later one changes nothing, whatever differs by then.
    """
    with connection.cursor() as cursor:
        # Two at once: the second waits here, and finds it sealed.
        cursor.execute("LOCK TABLE books_countstart IN SHARE ROW EXCLUSIVE MODE")
        sealed = queries.find_count_start()
        if sealed is not None:
            return sealed
        begin, values = told_and_held()
        cursor.execute(f"WITH {begin} {OPEN}", values)
        start = CountStart.objects.create(at=clock.now(), last_transfer=last_transfer_id(), openings=cursor.rowcount)
    events.record("books:count_started", str(start.pk), openings=start.openings, last_transfer=start.last_transfer)
    return start
