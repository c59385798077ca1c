"""Connects, decided: what a proposal costs and why, bundles, expiry. Pure.

>>> price_of(kind="fixed", budget_minor=50_000, numbers=numbers).connects
8
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from hirehall.kernel.errors import Refused
from hirehall.kernel.money import format_money

# One as a factor in basis points.
ONE = 10_000


@dataclass(frozen=True)
class PriceStep:
    """A row of the price table: jobs worth up to `up_to_minor` cost `connects` before demand."""

    up_to_minor: int
    connects: int


@dataclass(frozen=True)
class ConnectsPolicy:
    """The table [connects] of policy.toml."""

    unit: str
    price_minor: int
    bundles: tuple[int, ...]
    agency_bundles: tuple[int, ...]
    new_account: int
    monthly_basic: int
    lifetime_days: int
    returned_lifetime_days: int
    soon_days: int
    proposal_least: int
    proposal_most: int
    demand_least_basis_points: int
    demand_most_basis_points: int
    above_table: int
    unknown_value: int
    unknown_weeks: int
    unknown_hours: int
    price_table: tuple[PriceStep, ...]


@dataclass(frozen=True)
class Line:
    """One line of the explanation: what was looked at, and what it makes."""

    label: str
    value: str


@dataclass(frozen=True)
class Price:
    """What a proposal costs, with the way to it."""

    connects: int
    steps: tuple[Line, ...]


def job_value(
    *,
    kind: str,
    numbers: ConnectsPolicy,
    budget_minor: int | None = None,
    rate_minor: int | None = None,
    hours_a_week: int | None = None,
    weeks: int | None = None,
) -> int | None:
    """What a job is worth in minor units: its budget, or rate x hours x length; None when neither is known."""
    if kind == "fixed":
        return budget_minor or None
    if not rate_minor:
        return None
    return rate_minor * (hours_a_week or numbers.unknown_hours) * (weeks or numbers.unknown_weeks)


def demand_basis_points(
    *, category_proposals: int, category_jobs: int, market_proposals: int, market_jobs: int, numbers: ConnectsPolicy
) -> int:
    """Proposals a job in the category over 7 days against the whole market, between the two limits."""
    if not (category_jobs and market_jobs and market_proposals):
        return ONE
    ratio = ONE * category_proposals * market_jobs // (category_jobs * market_proposals)
    return min(numbers.demand_most_basis_points, max(numbers.demand_least_basis_points, ratio))


def price_of(
    *,
    kind: str,
    numbers: ConnectsPolicy,
    budget_minor: int | None = None,
    rate_minor: int | None = None,
    hours_a_week: int | None = None,
    weeks: int | None = None,
    demand: int = ONE,
) -> Price:
    """The price of a proposal by the published formula; `demand` is a factor in basis points (10,000 is 1)."""
    value = job_value(
        kind=kind, numbers=numbers, budget_minor=budget_minor, rate_minor=rate_minor,
        hours_a_week=hours_a_week, weeks=weeks,
    )  # fmt: skip
    steps = [_value_line(kind, value, numbers, rate_minor, hours_a_week, weeks)]
    base = _base(value, numbers)
    steps.append(Line("Base by value", f"{base} Connects"))
    demand = min(numbers.demand_most_basis_points, max(numbers.demand_least_basis_points, demand))
    steps.append(Line("Demand in this category over 7 days", f"× {demand // ONE}.{demand % ONE // 100:02d}"))
    raw = (base * demand + ONE // 2) // ONE
    connects = min(numbers.proposal_most, max(numbers.proposal_least, raw))
    if connects != raw:
        steps.append(Line("Never outside", f"{numbers.proposal_least} to {numbers.proposal_most}"))
    steps.append(Line("Price", f"{connects} Connects"))
    return Price(connects, tuple(steps))


def _value_line(
    kind: str, value: int | None, numbers: ConnectsPolicy, rate_minor: int | None, hours: int | None, weeks: int | None
) -> Line:
    if value is None:
        return Line("Value of the job", "not given")
    worth = format_money(value, numbers.unit)
    if kind == "fixed":
        return Line("Value of the job", f"budget {worth}")
    rate = format_money(rate_minor or 0, numbers.unit)
    times = f"{hours or numbers.unknown_hours} h a week × {weeks or numbers.unknown_weeks} weeks"
    return Line("Value of the job", f"{rate} × {times} = {worth}")


def _base(value: int | None, numbers: ConnectsPolicy) -> int:
    if value is None:
        return numbers.unknown_value
    for step in numbers.price_table:
        if value <= step.up_to_minor:
            return step.connects
    return numbers.above_table


def bundles_for(kind: str, numbers: ConnectsPolicy) -> tuple[int, ...]:
    """The bundles that a kind of party can buy."""
    return numbers.bundles + (numbers.agency_bundles if kind == "agency" else ())


def bundle_price(connects: int, numbers: ConnectsPolicy) -> int:
    """What a bundle costs in minor units."""
    return connects * numbers.price_minor


def why_not_buy(connects: int, kind: str, numbers: ConnectsPolicy) -> Refused | None:
    """The reason why a bundle cannot be bought."""
    if kind not in ("freelancer", "agency"):
        return Refused("connects:not_for_clients", "Connects are for those who send proposals.")
    if connects not in bundles_for(kind, numbers):
        return Refused("connects:bundle", "Choose one of the bundles.", field="bundle")
    return None


def why_not_spend(amount: int, held: int) -> Refused | None:
    """The reason why Connects cannot be spent."""
    if amount > held:
        return Refused("connects:too_few", "This needs %(needed)s Connects; you have %(held)s.", values={"needed": amount, "held": held}, needed=amount, held=held)
    return None


def expiry(issued_at: datetime, numbers: ConnectsPolicy) -> datetime:
    """When Connects that are issued now expire."""
    return issued_at + timedelta(days=numbers.lifetime_days)


def month_start(moment: datetime) -> datetime:
    """The first moment of the month, in UTC."""
    return moment.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def month_of(moment: datetime) -> str:
    """The month that a monthly grant belongs to, in UTC: "2026-03"."""
    return f"{moment:%Y-%m}"
