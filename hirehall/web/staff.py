"""What waits for the staff, on one page: cases, differences in the books, money that two have to agree on, and what they were told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from hirehall.kernel import clock, http
from hirehall.kernel.money import format_money
from hirehall.money.books import guarantee
from hirehall.money.books import queries as books
from hirehall.money.payments import debt_queries
from hirehall.people.accounts.acting import acting
from hirehall.people.accounts.actors import Actor
from hirehall.people.notifications.queries import list_staff_notices_for
from hirehall.web.show import reader_locale
from hirehall.work.disputes import queries as disputes

NOTICES_SHOWN = 10


@dataclass(frozen=True)
class Task:
    """One kind of work that waits: what, how much of it, where it is done, and until when the first of it."""

    title: str
    count: int
    href: str
    action: str
    due_at: datetime | None = None
    is_late: bool = False


@acting("staff")
def todo(request: HttpRequest) -> HttpResponse:
    """Everything that waits, the most urgent first; what is empty is left out."""
    tasks = [task for task in _tasks(request.actor) if task.count]
    notices = list(list_staff_notices_for(request.actor)[:NOTICES_SHOWN])
    return http.page(request, "staff/todo.html", tasks=tasks, notices=notices)


def _tasks(actor: Actor) -> Iterator[Task]:
    yield from _cases(actor)
    yield Task(_("Differences in the books to explain or mend"), books.count_open(), reverse("books:findings"), _("Look at them"))
    waiting = books.count_waiting_adjustments_for(actor)
    yield Task(_("Adjustments that wait for your eyes"), waiting, reverse("books:adjustments") + "?state=proposed", _("Decide"))
    for one in guarantee.list_guarantees():
        if one.is_low:
            held = format_money(one.balance, one.unit, reader_locale())
            yield Task(_("The guarantee account runs low: %(held)s") % {"held": held}, 1, reverse("books:guarantee"), _("Fill it"))
    yield Task(_("Debts of clients"), debt_queries.list_open_debts().count(), reverse("payments:all_debts"), _("See them by age"))


def _cases(actor: Actor) -> Iterator[Task]:
    """What parties expect of the staff in disputes, without cases that the reader has a part in."""
    waits = disputes.list_waiting_for_staff(actor)
    href, now = reverse("disputes:queue"), clock.now()
    for state, title in (("deciding", _("Disputes to decide")), ("mediation", _("Disputes to propose a solution for"))):
        due = [row.due_at for row in waits if row.state == state]
        first = min((moment for moment in due if moment), default=None)
        yield Task(title, len(due), href, _("Open the queue"), first, first is not None and first <= now)
