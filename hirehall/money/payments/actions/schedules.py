"""Money that leaves by itself: a party's schedule, and the nightly batch that carries out what is due.

The batch chooses in one query a chunk, moves those with too little on in one write, and runs one action for each of
the others. The action moves the schedule's day on in the same transaction, so that a batch which stops half-way goes
on where it was, and a second one at the same time finds nothing.
"""

import logging
from dataclasses import replace
from datetime import date, timedelta

from hirehall.kernel import clock, events
from hirehall.kernel.atomic import act_on_each, action
from hirehall.kernel.errors import Refused, refuse
from hirehall.money.ledger.queries import balance
from hirehall.money.payments import payout_queries, payout_rules, queries
from hirehall.money.payments.actions.payouts import ask_withdrawal
from hirehall.money.payments.actions.powers import check_power
from hirehall.money.payments.currencies import why_not_go_on
from hirehall.money.payments.models import PayoutSchedule, Withdrawal
from hirehall.money.payments.payout_rules import Rhythm
from hirehall.money.payments.policy import main_unit, numbers_in, payout_numbers, taken
from hirehall.people.accounts.actors import SYSTEM, Actor

CHUNK = 500
_log = logging.getLogger(__name__)


@action
def choose_schedule(
    actor: Actor, rhythm: str, method_id: str | None = None, least: int | None = None, unit: str | None = None
) -> PayoutSchedule:
    """Choose how often available money of a unit is sent, where to, and from which amount on."""
    check_power(actor, "withdraw")
    now, unit = clock.now(), unit or main_unit()
    refuse(why_not_go_on(unit, taken(), "schedule:unit"))
    floor = numbers_in(unit).withdrawal_floor_minor
    least = floor if least is None else least
    refuse(payout_rules.why_not_schedule(rhythm, least, floor, unit))
    if rhythm != Rhythm.BY_HAND and not method_id:
        raise Refused("schedule:method", "Choose where the money goes.", field="method")
    method = queries.get_payout_method_for(actor, method_id) if method_id else None
    schedule, _ = PayoutSchedule.objects.update_or_create(
        party_id=actor.party_id,
        unit=unit,
        defaults={
            "rhythm": rhythm,
            "method": method,
            "least_minor": least,
            "next_on": payout_rules.next_run(rhythm, now.date(), payout_numbers()),
            "paused_by": "",
            "paused_at": None,
            "changed_at": now,
        },
    )
    events.record("schedule:chosen", schedule.id, actor, party=actor.party_id, rhythm=rhythm, unit=unit, least=least)
    return schedule


@action
def run_schedule(schedule_id: str) -> Withdrawal | None:
    """Carry out one schedule if it is due: ask for a withdrawal of all, or note what it waits for."""
    now = clock.now()
    schedule = payout_queries.lock_schedule(schedule_id)
    if schedule.next_on is None or schedule.next_on > now.date():
        return None
    party_id, unit, method = str(schedule.party_id), schedule.unit, schedule.method
    unmet = [each.code for each in payout_queries.list_conditions(party_id, method, unit, now) if not each.met]
    if unmet or method is None:
        _pause(schedule, unmet[0] if unmet else "method")
        return None
    schedule.next_on = payout_rules.next_run(schedule.rhythm, now.date(), payout_numbers())
    schedule.paused_by, schedule.paused_at = "", None
    schedule.save(update_fields=["next_on", "paused_by", "paused_at"])
    available = balance("available", party_id, unit)
    fee = payout_queries.withdrawal_fee(method, available, unit).total
    if available < max(schedule.least_minor, numbers_in(unit).withdrawal_floor_minor) or available <= fee:
        return None
    actor = replace(SYSTEM, party_id=party_id)
    send_at = now + timedelta(hours=payout_numbers().batch_undo_hours)
    withdrawal = ask_withdrawal(actor, method, available, unit, send_at=send_at, schedule=schedule)
    about = {"party": party_id, "amount": available, "unit": unit, "send_at": send_at.isoformat()}
    events.record("withdrawal:scheduled", withdrawal.id, actor, **about)
    return withdrawal


def _pause(schedule: PayoutSchedule, code: str) -> None:
    """Look again the next night; the owner is told once for each reason."""
    now = clock.now()
    schedule.next_on = now.date() + timedelta(days=1)
    if schedule.paused_by != code:
        schedule.paused_by, schedule.paused_at = code, now
        about = {"party": schedule.party_id, "unit": schedule.unit, "condition": code}
        events.record("schedule:paused", schedule.id, None, **about, at=now.isoformat())
    schedule.save(update_fields=["next_on", "paused_by", "paused_at"])


@action
def skip_poor_schedules(schedules: list[PayoutSchedule], today: date) -> list[PayoutSchedule]:
    """Move on those whose party has less than they want, in one write a rhythm; returns the others."""
    held, poor = payout_queries.available_of(schedules), {}
    floors = {unit: numbers_in(unit).withdrawal_floor_minor for unit in {each.unit for each in schedules}}
    rich = []
    for each in schedules:
        if held.get((str(each.party_id), each.unit), 0) >= max(each.least_minor, floors[each.unit]):
            rich.append(each)
        else:
            poor.setdefault(each.rhythm, []).append(each.id)
    for rhythm, ids in poor.items():
        day = payout_rules.next_run(rhythm, today, payout_numbers())
        # Whoever changed the schedule since keeps what they chose.
        PayoutSchedule.objects.filter(pk__in=ids, rhythm=rhythm, next_on__lte=today).update(next_on=day)
    return rich


def run_due_schedules() -> int:
    """The batch; returns how many schedules with enough money were looked at."""
    today, last, rich = clock.now().date(), "", []
    while due := payout_queries.list_due_schedules(today, last, CHUNK):
        last = due[-1].id
        rich += [each.id for each in skip_poor_schedules(due, today)]
    return act_on_each(rich, run_or_leave)


def run_or_leave(schedule_id: str) -> None:
    """Run one; when its owner was quicker and took the money by hand, the next timer looks again."""
    try:
        run_schedule(schedule_id)
    except Refused as refusal:
        _log.info("schedule %s left for the next run: %s", schedule_id, refusal.code)
