"""Reads of rates and quotes: the rate in force between two currencies, and a party's own quotes."""

from datetime import datetime

from django.db.models import Q, QuerySet

from hirehall.kernel.errors import NotFound
from hirehall.money.payments.conversion import Ratio
from hirehall.money.payments.models import Quote, Rate
from hirehall.money.payments.policy import main_unit
from hirehall.people.accounts.actors import Actor


def find_ratio(unit_from: str, unit_to: str, now: datetime) -> Ratio | None:
    """The rate in force: the newest of the pair in either direction, else by way of the main unit; None without."""
    main = main_unit()
    legs = [(unit_from, unit_to)]
    if main not in legs[0]:
        legs += [(unit_from, main), (main, unit_to)]
    wanted = Q()
    for one, other in legs:
        wanted |= Q(unit_from=one, unit_to=other) | Q(unit_from=other, unit_to=one)
    # One statement: the newest rate of each pair and direction.
    rows = Rate.objects.filter(wanted, since__lte=now).order_by("unit_from", "unit_to", "-since")
    newest = list(rows.distinct("unit_from", "unit_to"))
    direct = _of_pair(newest, *legs[0])
    if direct or len(legs) == 1:
        return direct
    first, second = _of_pair(newest, *legs[1]), _of_pair(newest, *legs[2])
    return first.times(second) if first and second else None


def _of_pair(rows: list[Rate], one: str, other: str) -> Ratio | None:
    found = [row for row in rows if {row.unit_from, row.unit_to} == {one, other}]
    if not found:
        return None
    row = max(found, key=lambda row: (row.since, row.unit_from == one))
    ratio = Ratio(row.numerator, row.denominator)
    return ratio if row.unit_from == one else ratio.inverse


def list_rates(now: datetime) -> list[tuple[Rate, str]]:
    """The rate in force of each pair as it was set, with its figures."""
    rows = Rate.objects.filter(since__lte=now).order_by("unit_from", "unit_to", "-since").distinct("unit_from", "unit_to")
    return [(row, Ratio(row.numerator, row.denominator).shown()) for row in rows]


def list_quotes_for(actor: Actor) -> QuerySet[Quote]:
    """The party's quotes, newest first."""
    return Quote.objects.filter(party_id=actor.party_id).order_by("-id")


def get_quote_for(actor: Actor, quote_id: str) -> Quote:
    found = Quote.objects.filter(pk=quote_id, party_id=actor.party_id).first()
    if found is None:
        raise NotFound("quote")
    return found


def lock_quote_for(actor: Actor, quote_id: str) -> Quote:
    """The same, locked until the end of the transaction."""
    found = Quote.objects.select_for_update().filter(pk=quote_id, party_id=actor.party_id).first()
    if found is None:
        raise NotFound("quote")
    return found


def ratio_of(quote: Quote) -> Ratio:
    """The rate that a quote was made at."""
    return Ratio(int(quote.numerator), int(quote.denominator))
