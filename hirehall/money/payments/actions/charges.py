"""Money asked of a card; its result comes later, from the gateway."""

from procrastinate.contrib.django import app as jobs

from hirehall.kernel import clock, events
from hirehall.kernel.atomic import action
from hirehall.kernel.errors import NotFound, refuse
from hirehall.money.payments import fees, queries, rules
from hirehall.money.payments.actions.powers import Memo, check_power, same_row
from hirehall.money.payments.models import Charge
from hirehall.money.payments.policy import numbers
from hirehall.money.payments.rules import ChargeState
from hirehall.people.accounts.actors import Actor

NO_FEES = fees.ClientTerms()


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
    method = queries.find_default_method(party_id)
    state = method.state if method else None
    on_top = fees.total(fees.client_fees(amount, terms))
    whole = amount + on_top
    refuse(rules.why_not_charge(amount=whole, unit=unit, method_state=state, purpose=purpose, numbers=numbers()))
    charge = Charge.objects.create(
        party_id=party_id,
        method=method,
        purpose=purpose,
        subject_id=subject_id,
        amount_minor=whole,
        fee_terms=terms.as_json(),
        fees_minor=on_top,
        unit=unit,
        ref=ref,
        memo=memo or {},
        state=ChargeState.ASKED,
        asked_at=clock.now(),
    )
    events.record("charge:asked", charge.id, actor, purpose=purpose, subject_id=subject_id, amount=amount, unit=unit)
    jobs.configure_task("payments.send_charge").defer(charge_id=charge.id)
    return charge
