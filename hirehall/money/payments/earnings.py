"""Series for the charts of the money page: what came in and went out by month and by other side."""

from datetime import datetime

from django.db.models import F, Sum
from django.db.models.functions import TruncMonth

from hirehall.money.payments.models import Hold
from hirehall.money.payments.release_queries import NET_LEFT
from hirehall.people.accounts.actors import Actor

MONTHS = 12
# More slices than this nobody tells apart.
SLICES = 6


def months_back(now: datetime) -> list[datetime]:
    """The first moments of the last twelve months, oldest first."""
    found = [now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)]
    while len(found) < MONTHS:
        last = found[-1]
        found.append(last.replace(year=last.year - (last.month == 1), month=last.month - 1 or 12))
    return found[::-1]


def by_month_for(actor: Actor, unit: str, now: datetime) -> list[tuple[datetime, int]]:
    """Net earnings of a freelancer, or what a client paid to freelancers, in each of the last twelve months."""
    months = months_back(now)
    mine = {"client_id": actor.party_id} if actor.is_client else {"party_id": actor.party_id}
    column = F("gross_minor") - F("returned_minor") if actor.is_client else NET_LEFT
    found = Hold.objects.filter(**mine, unit=unit, released_at__gte=months[0])
    sums = dict(found.annotate(month=TruncMonth("released_at")).values_list("month").annotate(total=Sum(column)))
    by_name = {(month.year, month.month): total for month, total in sums.items()}
    return [(month, by_name.get((month.year, month.month), 0)) for month in months]


def by_other_for(actor: Actor, unit: str, now: datetime) -> list[tuple[str, int]]:
    """The same twelve months by client, or by freelancer: the largest ones, and the rest together under an empty name."""
    mine = {"client_id": actor.party_id} if actor.is_client else {"party_id": actor.party_id}
    name, column = ("memo__freelancer_name", "gross_minor") if actor.is_client else ("memo__client_name", "net_minor")
    found = Hold.objects.filter(**mine, unit=unit, released_at__gte=months_back(now)[0])
    sums = [
        (str(other or ""), total)
        for other, total in found.values_list(name).annotate(total=Sum(column)).order_by("-total")
    ]
    rest = sum(total for _, total in sums[SLICES - 1 :])
    return sums if len(sums) <= SLICES else [*sums[: SLICES - 1], ("", rest)]


def due_dates(holds: list[Hold]) -> list[tuple[datetime, int]]:
    """When how much becomes available, one entry a day."""
    days: dict[datetime, int] = {}
    for hold in holds:
        day = hold.due_at.replace(hour=0, minute=0, second=0, microsecond=0)
        days[day] = days.get(day, 0) + hold.net_left_minor
    return sorted(days.items())
