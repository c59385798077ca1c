"""A repayment: released money that goes back to the client, asked or offered by one side and confirmed by the other."""

from datetime import timedelta

from django.db import IntegrityError, transaction

from hirehall.kernel import clock, events
from hirehall.kernel.atomic import act_on_each, action
from hirehall.kernel.errors import Refused, refuse
from hirehall.kernel.money import format_money
from hirehall.money.payments.actions.refunds import refund_release
from hirehall.people.accounts.actors import SYSTEM, Actor
from hirehall.people.accounts.queries import get_party
from hirehall.people.accounts.rules import why_not_act
from hirehall.people.screening.rules import why_not_send
from hirehall.work.contracts import extra_queries, extra_rules, queries, rules
from hirehall.work.contracts.actions.bonuses import memo_of_extra, told_of_extra
from hirehall.work.contracts.actions.milestones import say
from hirehall.work.contracts.models import Contract, Repayment
from hirehall.work.contracts.policy import extra_numbers, extra_numbers_in

State = rules.RepaymentState


def _check_power(actor: Actor) -> None:
    power = "pay" if actor.is_client else "withdraw"
    refuse(why_not_act(actor.role, power, get_party(str(actor.party_id)).standing))


def _told(contract: Contract, repayment: Repayment, **more: object) -> dict[str, object]:
    return told_of_extra(contract, repayment.id, repayment.amount_minor, repayment.unit, **more)


def _other(contract: Contract, party_id: str | None) -> str:
    return contract.freelancer_id if party_id == contract.client_id else contract.client_id


@action
def propose_repayment(actor: Actor, contract_id: str, amount: int, reason: str) -> Repayment:
    """The client asks for released money back, or the freelancer offers it; nothing moves until the other confirms."""
    now = clock.now()
    contract = queries.lock_contract_for(actor, contract_id)
    _check_power(actor)
    refuse(extra_rules.why_not_repay(amount, extra_queries.returnable_of(contract, now), contract.unit, extra_numbers_in(contract.unit)))
    refuse(extra_rules.why_not_text(reason, "reason", "Say why it goes back.", extra_numbers()))
    refuse(why_not_send(reason, contract_started=True, field="reason"))
    try:
        with transaction.atomic():
            repayment = Repayment.objects.create(
                contract=contract,
                by_party_id=actor.party_id,
                amount_minor=amount,
                unit=contract.unit,
                reason=reason.strip(),
                state=State.OPEN,
                at=now,
                expires_at=now + timedelta(days=extra_numbers().repayment_answer_days),
            )
    except IntegrityError as error:
        raise Refused("repayment:open", "Another one waits for its answer; settle that first.") from error
    shown = format_money(amount, contract.unit)
    title = f"{actor.name} asks for {shown} back" if actor.party_id == contract.client_id else f"{actor.name} offers to give {shown} back"
    say(contract, _other(contract, actor.party_id), "repayment", repayment.id, title, reason[:200])
    events.record("repayment:proposed", contract.id, actor, **_told(contract, repayment))
    return repayment


@action
def answer_repayment(actor: Actor, repayment_id: str, *, accept: bool) -> Repayment:
    """The other side confirms, and the money goes back at once, or declines; who proposed it can take it back."""
    now = clock.now()
    contract, repayment = extra_queries.lock_repayment_for(actor, repayment_id)
    own = repayment.by_party_id == actor.party_id
    if own and accept:
        raise Refused("repayment:own", "This is your own proposal; the other side confirms it.")
    _check_power(actor)
    if accept and repayment.state == State.DONE:
        return repayment
    refuse(extra_rules.why_not_answer_repayment(repayment.state, repayment.expires_at, now))
    if accept:
        _carry_out(contract, repayment)
        return repayment
    _close(contract, repayment, State.WITHDRAWN if own else State.DECLINED, actor)
    return repayment


def _carry_out(contract: Contract, repayment: Repayment) -> None:
    now = clock.now()
    back = refund_release(
        contract_id=contract.id,
        freelancer_id=contract.freelancer_id,
        client_id=contract.client_id,
        amount=repayment.amount_minor,
        unit=repayment.unit,
        since=now - timedelta(days=extra_numbers().repayment_days),
        ref=f"repayment:{repayment.id}",
        memo=memo_of_extra(contract, ""),
        owed=contract.owed_back_minor,
    )
    repayment.state, repayment.answered_at, repayment.fee_minor = State.DONE, now, back.fee_minor + back.vat_minor
    repayment.save(update_fields=["state", "answered_at", "fee_minor"])
    shown = format_money(repayment.amount_minor, repayment.unit)
    say(contract, repayment.by_party_id, "repayment_done", repayment.id, f"{shown} went back to the client", repayment.reason[:200])
    figures = {"fee": back.fee_minor, "vat": back.vat_minor}
    events.record("repayment:done", contract.id, None, **_told(contract, repayment, **figures))


def _close(contract: Contract, repayment: Repayment, state: State, actor: Actor) -> None:
    repayment.state, repayment.answered_at = state, clock.now()
    repayment.save(update_fields=["state", "answered_at"])
    shown = format_money(repayment.amount_minor, repayment.unit)
    say(contract, _other(contract, actor.party_id), f"repayment_{state.value}", repayment.id, f"The return of {shown} was {state.value}")
    events.record(f"repayment:{state.value}", contract.id, actor, **_told(contract, repayment))


@action
def expire_repayment(repayment_id: str) -> None:
    """Nobody answered: nothing moves."""
    contract, repayment = extra_queries.lock_repayment_for(SYSTEM, repayment_id)
    if repayment.state != State.OPEN or repayment.expires_at > clock.now():
        return
    repayment.state, repayment.answered_at = State.EXPIRED, clock.now()
    repayment.save(update_fields=["state", "answered_at"])
    shown = format_money(repayment.amount_minor, repayment.unit)
    say(contract, repayment.by_party_id, "repayment_expired", repayment.id, f"The return of {shown} was not answered in time")
    events.record("repayment:expired", contract.id, None, **_told(contract, repayment))


def expire_due_repayments() -> int:
    return act_on_each(extra_queries.list_due_repayments(clock.now()), expire_repayment)
