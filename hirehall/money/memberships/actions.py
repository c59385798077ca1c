"""Writes of memberships: take a plan, renew it month by month, try a failed charge again, end it.

A month's charge is asked of payments, and its result comes back by event (reactions.py). The perks of a plan act
from the first paid month until the plan ends, also while a failed charge is tried again.
"""

from collections.abc import Callable
from datetime import datetime
from typing import cast

from django.urls import reverse

from hirehall.kernel import clock, events, live, policy
from hirehall.kernel.atomic import act_on_each, action
from hirehall.kernel.errors import Refused, refuse
from hirehall.kernel.money import format_money
from hirehall.money.connects.actions import grant_connects, let_plan_grant
from hirehall.money.memberships import queries, rules
from hirehall.money.memberships.models import Membership, Month
from hirehall.money.memberships.policy import numbers
from hirehall.money.memberships.rules import MonthState, State
from hirehall.money.payments.actions.charges import request_charge
from hirehall.money.payments.queries import has_verified_method
from hirehall.people.accounts.actors import SYSTEM, Actor
from hirehall.people.accounts.queries import get_party
from hirehall.people.accounts.rules import why_not_act
from hirehall.people.notifications.actions import notify

DUE_AT_ONCE = 1_000


@action
def choose_plan(actor: Actor, code: str) -> Membership:
    """Take a paid plan: its first month is charged now. Who has another paid one changes with the next month."""
    _check_power(actor)
    held = queries.lock_membership(actor.party_id)
    plan = rules.get_plan(code, actor.kind, numbers())
    current, state = (held.plan, held.state) if held else ("", None)
    refuse(rules.why_not_choose(plan, current, state))
    if held is not None:
        held.next_plan, held.ends_with_month = plan.code, False
        held.save(update_fields=["next_plan", "ends_with_month"])
        return held
    if not has_verified_method(str(actor.party_id)):
        raise Refused("payment:no_method", "Add a payment method first, so that this can be paid.")
    held = Membership.objects.create(
        party_id=actor.party_id,
        plan=plan.code,
        state=State.STARTING,
        price_minor=plan.price_minor,
        unit=numbers().unit,
        policy_version=policy.version(),
        anchor_at=clock.now(),
    )
    _ask(held, actor)
    return held


@action
def leave_plan(actor: Actor) -> Membership:
    """End the plan with its paid month; one whose charge has failed ends at once."""
    held = _lock_own(actor, rules.why_not_end)
    if held.state == State.PAST_DUE:
        _end(held, "left")
        return held
    held.ends_with_month = True
    held.save(update_fields=["ends_with_month"])
    events.record("membership:leaving", held.id, actor, party=held.party_id, plan=held.plan)
    return held


@action
def stay_on_plan(actor: Actor) -> Membership:
    """Take the end back while the paid month still runs."""
    held = _lock_own(actor, rules.why_not_resume)
    held.ends_with_month = False
    held.save(update_fields=["ends_with_month"])
    return held


@action
def pay_plan_now(actor: Actor) -> Membership:
    """Try a failed month again at once, with the card that is the default now."""
    held = _lock_own(actor, rules.why_not_pay)
    if not has_verified_method(held.party_id):
        raise Refused("payment:no_method", "Add a payment method first, so that this can be paid.")
    _ask(held, actor)
    return held


def _lock_own(actor: Actor, why_not: Callable[[str | None, bool], Refused | None]) -> Membership:
    """The party's paid plan, unless the rule has something against it; each of these rules refuses where there is none."""
    _check_power(actor)
    held = queries.lock_membership(actor.party_id)
    refuse(why_not(held.state if held else None, bool(held and held.ends_with_month)))
    return cast("Membership", held)


def _ask(held: Membership, actor: Actor) -> None:
    """Ask the card for the month that follows the paid ones; without a card the try has failed already."""
    number = held.paid_months + 1
    month = Month.objects.create(
        membership=held,
        number=number,
        attempt=held.months.filter(number=number).count() + 1,
        starts_at=rules.month_end(held.anchor_at, number - 1),
        ends_at=rules.month_end(held.anchor_at, number),
        price_minor=held.price_minor,
        unit=held.unit,
        state=MonthState.ASKED,
        asked_at=clock.now(),
    )
    if held.state != State.STARTING:
        held.state, held.next_try_at = State.RENEWING, None
        held.save(update_fields=["state", "next_try_at"])
    if not has_verified_method(held.party_id):
        _note_failure(held, month, "no_method")
        return
    request_charge(
        actor,
        party_id=held.party_id,
        purpose="membership",
        subject_id=month.id,
        amount=month.price_minor,
        unit=month.unit,
        ref=f"month:{month.id}",
        memo={"plan": _plan_name(held.plan), "from": f"{month.starts_at:%Y-%m-%d}", "until": f"{month.ends_at:%Y-%m-%d}"},
    )


@action
def settle_month(month_id: str, *, paid: bool, reason: str = "") -> Membership:
    """What became of a month's charge. Repeating it changes nothing."""
    held, month = queries.lock_month(month_id)
    if month.state != MonthState.ASKED:
        return held
    if paid:
        _note_payment(held, month)
    else:
        _note_failure(held, month, reason)
    return held


def _note_payment(held: Membership, month: Month) -> None:
    month.state, month.done_at = MonthState.PAID, clock.now()
    month.save(update_fields=["state", "done_at"])
    is_first = held.state == State.STARTING
    held.state, held.paid_months, held.paid_until = State.ACTIVE, month.number, month.ends_at
    held.failed_tries, held.next_try_at = 0, None
    held.save(update_fields=["state", "paid_months", "paid_until", "failed_tries", "next_try_at"])
    plan = rules.find_plan(held.plan, numbers())
    if plan is not None and plan.monthly_connects:
        if is_first:
            let_plan_grant(held.party_id, True)
        grant_connects(held.party_id, plan.monthly_connects, "plan", f"plan:{month.id}", {"plan": plan.name})
    told = {"party": held.party_id, "plan": held.plan, "month": month.number, "amount": month.price_minor, "unit": month.unit}
    events.record("membership:started" if is_first else "membership:renewed", held.id, None, **told)
    if is_first:
        _tell(held, "started", month.id, f"Your plan {_plan_name(held.plan)} has started")
    live.push(f"party:{held.party_id}", "money")


def _note_failure(held: Membership, month: Month, reason: str) -> None:
    """The card did not pay: a first month ends the plan before it began, a later one is tried again."""
    month.state, month.reason, month.done_at = MonthState.FAILED, reason, clock.now()
    month.save(update_fields=["state", "reason", "done_at"])
    held.failed_tries += 1
    again = rules.next_try(month.starts_at, held.failed_tries, numbers()) if held.paid_months else None
    if again is None:
        _end(held, "unpaid")
        return
    held.state, held.next_try_at = State.PAST_DUE, again
    held.save(update_fields=["state", "failed_tries", "next_try_at"])
    price = format_money(month.price_minor, month.unit)
    _tell(
        held, "failed", month.id, f"{price} for your plan {_plan_name(held.plan)} could not be charged",
        f"We try again on {again:%d %B %Y}. You keep your plan until then; choose another card or pay at once.",
    )  # fmt: skip
    live.push(f"party:{held.party_id}", "money")


def _end(held: Membership, reason: str) -> None:
    held.state, held.end_reason, held.ended_at, held.next_try_at = State.ENDED, reason, clock.now(), None
    held.save(update_fields=["state", "end_reason", "ended_at", "failed_tries", "next_try_at"])
    let_plan_grant(held.party_id, False)
    events.record("membership:ended", held.id, None, party=held.party_id, plan=held.plan, reason=reason)
    words = {
        "unpaid": "It could not be charged. What you bought stays yours, and you can take the plan again at any time.",
        "left": "As you wished. What you bought stays yours.",
    }
    _tell(held, "ended", held.id, f"Your plan {_plan_name(held.plan)} has ended", words[reason])
    live.push(f"party:{held.party_id}", "money")


@action
def renew_membership(membership_id: str) -> None:
    """A month is over, or a failed charge is due again: charge it, change to the plan that was chosen, or end."""
    now, held = clock.now(), queries.lock_by_id(membership_id)
    if not _is_due(held, now):
        return
    if held.state == State.ACTIVE:
        wanted = rules.find_plan(held.next_plan or held.plan, numbers())
        if held.ends_with_month or wanted is None:
            _end(held, "left")
            return
        held.plan, held.next_plan, held.price_minor = wanted.code, "", wanted.price_minor
        held.save(update_fields=["plan", "next_plan", "price_minor"])
    _ask(held, SYSTEM)


def _is_due(held: Membership, now: datetime) -> bool:
    if held.state == State.ACTIVE:
        return held.paid_until is not None and held.paid_until <= now
    return held.state == State.PAST_DUE and held.next_try_at is not None and held.next_try_at <= now


def renew_all_due() -> int:
    """Renew every membership that is due, each in a transaction of its own, a batch at a time."""
    return act_on_each(queries.list_due(clock.now(), DUE_AT_ONCE), renew_membership)


def _plan_name(code: str) -> str:
    plan = rules.find_plan(code, numbers())
    return plan.name if plan else code


def _tell(held: Membership, what: str, key: str, title: str, body: str = "") -> None:
    link = reverse("memberships:plans")
    notify(held.party_id, f"money.membership_{what}", link=link, key=f"membership-{what}:{key}", title=title, body=body)


def _check_power(actor: Actor) -> None:
    refuse(why_not_act(actor.role, "pay", get_party(actor.party_id).standing))
