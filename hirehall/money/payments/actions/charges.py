"""Money asked of a card; its result comes later, from the gateway."""

from datetime import datetime

from procrastinate.contrib.django import app as jobs

from hirehall.kernel import clock, events
from hirehall.kernel.atomic import action
from hirehall.kernel.errors import NotFound, refuse
from hirehall.money.payments import fees, method_rules, queries, rates, rules
from hirehall.money.payments.actions.powers import Memo, check_power, same_row
from hirehall.money.payments.currencies import why_not_go_on
from hirehall.money.payments.gateways.registry import gateway
from hirehall.money.payments.models import Charge
from hirehall.money.payments.policy import main_unit, numbers_in, taken
from hirehall.money.payments.rules import ChargeState
from hirehall.people.accounts.actors import Actor

NO_FEES = fees.ClientTerms()


def _main_rate(unit: str, now: datetime) -> dict[str, str]:
    """The rate to the main unit at the moment of the charge, fixed in its entries for the books, when there is one."""
    rate = rates.find_ratio(unit, main_unit(), now) if unit != main_unit() else None
    return {"main_rate": f"{rate.numerator}/{rate.denominator}", "main_unit": main_unit()} if rate else {}


@action
def request_charge(
    actor: Actor,
    *,
    party_id: str,
    purpose: str,
    subject_id: str,
    amount: int,
    unit: str,
    ref: str,
    memo: Memo = None,
    terms: fees.ClientTerms = NO_FEES,
) -> Charge:
    """Ask a party's card for an amount and the client's fees on it. The result comes as charge:settled or charge:failed.

    The same `ref` again returns the first charge and asks for nothing.
    """
    if not actor.is_system:
        check_power(actor, "pay")
        if actor.party_id != party_id:
            raise NotFound("account")
    had = Charge.objects.filter(ref=ref).first()
    if had is not None:
        same = (had.party_id, had.purpose, had.subject_id, had.goal_minor, had.unit)
        return same_row(had, same == (party_id, purpose, subject_id, amount, unit))
    asked = Charge(
        party_id=party_id, purpose=purpose, subject_id=subject_id, unit=unit, ref=ref, memo=memo or {}, fee_terms=terms.as_json()
    )
    charge = _create(asked, amount)
    events.record("charge:asked", charge.id, actor, purpose=purpose, subject_id=subject_id, amount=amount, unit=unit)
    jobs.configure_task("payments.send_charge").defer(charge_id=charge.id)
    return charge


def _create(charge: Charge, goal: int) -> Charge:
    """Keep a new charge of the party's card for an amount and the fees on it, when such a one can be asked for."""
    method, unit, now = queries.find_default_method(charge.party_id), charge.unit, clock.now()
    state = method.state if method else None
    charge.fees_minor = fees.total(charge.fees_of(goal))
    charge.amount_minor = goal + charge.fees_minor
    refuse(why_not_go_on(unit, taken(), "charge:unit"))
    refuse(method_rules.why_not_charge_state(state))
    refuse(
        rules.why_not_charge(
            amount=charge.amount_minor, method_state=state, purpose=charge.purpose, numbers=numbers_in(unit)
        )
    )
    refuse(rules.why_not_step(charge.amount_minor, unit, gateway(method.gateway).step(unit)))
    charge.method, charge.state, charge.asked_at = method, ChargeState.ASKED, now
    charge.memo = {**charge.memo, **_main_rate(unit, now)}
    charge.save(force_insert=True)
    return charge


@action
def confirm_charge(actor: Actor, charge_id: str) -> Charge:
    """Say that one has confirmed a payment at the bank; the gateway says whether that is so."""
    check_power(actor, "pay")
    charge = queries.get_charge_for(actor, charge_id)
    if charge.state == ChargeState.NEEDS_ACTION:
        jobs.configure_task("payments.confirm_charge").defer(charge_id=charge.id)
    return charge


@action
def drop_charge(actor: Actor, charge_id: str) -> Charge:
    """Give up a payment that waits for confirmation; it fails and can be asked anew, with another card too."""
    check_power(actor, "pay")
    charge = queries.get_charge_for(actor, charge_id)
    if charge.state == ChargeState.NEEDS_ACTION:
        jobs.configure_task("payments.drop_charge").defer(charge_id=charge.id)
    return charge
