"""API of conversions: rates in force, quotes and their acceptance, and the usual currency."""

from datetime import datetime

from ninja import Router, Schema
from ninja.pagination import paginate

from hirehall.kernel import clock
from hirehall.kernel.errors import Refused
from hirehall.money.payments import queries, rates
from hirehall.money.payments.actions import conversions
from hirehall.money.payments.conversion import read_rate
from hirehall.money.payments.policy import main_unit, taken
from hirehall.people.accounts.scopes import needs

router = Router(tags=["money"])


class UnitsOut(Schema):
    main: str
    taken: list[str]
    usual: str


class UnitIn(Schema):
    unit: str


class RateOut(Schema):
    unit_from: str
    unit_to: str
    rate: str
    source: str
    since: datetime


class RateIn(Schema):
    """One whole of `unit_from` is `rate` wholes of `unit_to`, in figures: "162.35"."""

    unit_from: str
    unit_to: str
    rate: str
    source: str
    since: datetime | None = None


class QuoteIn(Schema):
    unit_from: str
    unit_to: str
    amount: int | None = None


class QuoteOut(Schema):
    id: str
    unit_from: str
    unit_to: str
    amount_minor: int
    result_minor: int
    margin_minor: int
    margin_basis_points: int
    rate: str
    quoted_at: datetime
    expires_at: datetime
    accepted_at: datetime | None

    @staticmethod
    def resolve_rate(quote) -> str:
        return rates.ratio_of(quote).shown(12)


@router.get("/units", response=UnitsOut)
@needs("read")
def show_units(request):
    """The currencies that the market takes, the main one, and the one in which the party's jobs and offers begin."""
    return {"main": main_unit(), "taken": list(taken().names), "usual": queries.preferred_unit(request.actor.party_id)}


@router.put("/units/usual", response={204: None})
@needs("money", "client")
def choose_unit(request, given: UnitIn):
    """Choose the currency in which jobs and offers begin."""
    conversions.choose_unit(request.actor, given.unit)
    return 204, None


@router.get("/rates", response=list[RateOut])
@paginate
@needs("read")
def list_rates(request):
    """The rate in force of each pair, as it was set."""
    found = rates.list_rates(clock.now())
    return [{**{n: getattr(row, n) for n in ("unit_from", "unit_to", "source", "since")}, "rate": shown} for row, shown in found]


@router.post("/rates", response={201: RateOut})
@needs("money", "staff")
def set_rate(request, given: RateIn):
    """Set a rate; a moment has one rate, which is never changed."""
    try:
        ratio = read_rate(given.rate)
    except ValueError as problem:
        raise Refused("rate:figures", str(problem), field="rate") from problem
    row = conversions.set_rate(
        request.actor, given.unit_from, given.unit_to, ratio, source=given.source, since=given.since
    )
    return 201, {**given.dict(), "rate": ratio.shown(12), "since": row.since}


@router.get("/quotes", response=list[QuoteOut])
@paginate
@needs("read")
def list_quotes(request):
    """The party's quotes, newest first; accepted ones are conversions."""
    return rates.list_quotes_for(request.actor)


@router.post("/quotes", response={201: QuoteOut})
@needs("money")
def quote_conversion(request, given: QuoteIn):
    """Fix for some minutes what an amount (or all that is available) gives in another currency."""
    return 201, conversions.quote_conversion(request.actor, given.unit_from, given.unit_to, given.amount)


@router.get("/quotes/{quote_id}", response=QuoteOut)
@needs("read")
def read_quote(request, quote_id: str):
    """One quote."""
    return rates.get_quote_for(request.actor, quote_id)


@router.post("/quotes/{quote_id}/accept", response=QuoteOut)
@needs("money")
def accept_conversion(request, quote_id: str):
    """Convert at the rate of a quote."""
    return conversions.accept_conversion(request.actor, quote_id)
