"""Conversions: rates that staff set, quotes that keep one for some minutes, and the entries when one is accepted."""

from datetime import datetime

from hirehall.kernel import clock, events, live
from hirehall.kernel.atomic import action
from hirehall.kernel.errors import NotFound, Refused, refuse
from hirehall.kernel.inserts import insert_new
from hirehall.kernel.pace import keep_pace
from hirehall.money.ledger.actions import post
from hirehall.money.ledger.chart import Address
from hirehall.money.ledger.queries import balance
from hirehall.money.ledger.rules import Entry
from hirehall.money.payments import conversion, rates
from hirehall.money.payments.actions.powers import check_power
from hirehall.money.payments.currencies import why_not_unit
from hirehall.money.payments.models import PreferredUnit, Quote, Rate
from hirehall.money.payments.policy import taken, version
from hirehall.people.accounts.actors import Actor


@action
def choose_unit(actor: Actor, unit: str) -> None:
    """The currency in which a party begins its jobs and offers from now on; what runs keeps its own."""
    check_power(actor, "hire" if actor.is_client else "bid")
    refuse(why_not_unit(unit, taken()))
    PreferredUnit.objects.update_or_create(pk=actor.party_id, defaults={"unit": unit})


@action
def set_rate(
    actor: Actor, unit_from: str, unit_to: str, rate: conversion.Ratio, *, source: str, since: datetime | None = None
) -> Rate:
    """From a moment on (now), one whole of a currency is so much of another. The same again changes nothing."""
    if not (actor.is_staff or actor.is_system):
        raise NotFound("rate")
    refuse(conversion.why_not_rate(unit_from, unit_to, rate, taken()))
    if not source.strip():
        raise Refused("rate:source", "Say where this rate is published.", field="source")
    now = clock.now()
    row = Rate(
        unit_from=unit_from, unit_to=unit_to, numerator=rate.numerator, denominator=rate.denominator, since=since or now,
        source=source.strip()[:60], by_user_id=actor.user_id, kept_at=now,
    )  # fmt: skip
    if insert_new(row):
        events.record("rate:set", row.id, actor, unit_from=unit_from, unit_to=unit_to, rate=rate.shown(12), source=row.source)
        return row
    had = Rate.objects.get(unit_from=unit_from, unit_to=unit_to, since=row.since)
    if (had.numerator, had.denominator) != (rate.numerator, rate.denominator):
        raise Refused("rate:since", "There is another rate of this moment; set one of a later moment.", field="since")
    return had


@action
def quote_conversion(actor: Actor, unit_from: str, unit_to: str, amount: int | None = None) -> Quote:
    """Fix for some minutes what an amount (or all that is available) gives in another currency. Moves nothing."""
    check_power(actor, "withdraw")
    now = clock.now()
    available = balance("available", str(actor.party_id), unit_from)
    wanted = available if amount is None else amount
    refuse(conversion.why_not_quote(unit_from, unit_to, wanted, available, taken()))
    rate = rates.find_ratio(unit_from, unit_to, now)
    if rate is None:
        raise Refused("conversion:no_rate", "There is no rate from %(unit_from)s to %(unit_to)s at the moment.", values={"unit_from": unit_from, "unit_to": unit_to}, field="unit_to")
    margin = taken().margin_basis_points
    result = conversion.convert(wanted, unit_from, unit_to, rate, margin)
    refuse(conversion.why_not_result(result, unit_to))
    keep_pace("quotes_an_hour", actor.party_id)
    return Quote.objects.create(
        party_id=actor.party_id,
        unit_from=unit_from,
        unit_to=unit_to,
        amount_minor=wanted,
        result_minor=result.result_minor,
        margin_minor=result.margin_minor,
        margin_basis_points=margin,
        numerator=rate.numerator,
        denominator=rate.denominator,
        policy_version=version(),
        quoted_at=now,
        expires_at=conversion.quote_expires(now, taken()),
    )


@action
def accept_conversion(actor: Actor, quote_id: str) -> Quote:
    """Convert at the rate of a quote: one entry into the market's pot of the one unit, one out of its pot of the other.

    The ledger's own floor decides between two at once, so together they never take more than there is.
    """
    check_power(actor, "withdraw")
    now = clock.now()
    quote = rates.lock_quote_for(actor, quote_id)
    refuse(conversion.why_not_accept(quote.accepted_at, quote.expires_at, now))
    free, pot = Address("available", quote.party_id), Address("exchange")
    memo = {
        "quote": quote.id, "unit_from": quote.unit_from, "unit_to": quote.unit_to, "from_minor": quote.amount_minor,
        "to_minor": quote.result_minor, "margin_minor": quote.margin_minor, "basis_points": quote.margin_basis_points,
        "rate": rates.ratio_of(quote).shown(), "ratio": f"{quote.numerator}/{quote.denominator}",
    }  # fmt: skip
    post(
        [
            Entry(free, pot, quote.amount_minor, quote.unit_from, "conversion_out", f"conversion:{quote.id}:out", memo),
            Entry(pot, free, quote.result_minor, quote.unit_to, "conversion_in", f"conversion:{quote.id}:in", memo),
        ]
    )
    quote.accepted_at = now
    quote.save(update_fields=["accepted_at"])
    events.record("conversion:accepted", quote.id, actor, party=quote.party_id, **{n: memo[n] for n in _TOLD})
    live.push(f"party:{quote.party_id}", "money")
    return quote


_TOLD = ("unit_from", "unit_to", "from_minor", "to_minor", "rate")
