"""Reads of withdrawals: what stands in their way, what is held, which schedules are due, and what staff looks at."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core import signing
from django.db.models import F, QuerySet, Sum

from hirehall.kernel.errors import NotFound
from hirehall.kernel.money import share_half_up
from hirehall.money.ledger import queries as ledger
from hirehall.money.payments import hold_rules, payout_rules
from hirehall.money.payments.hold_rules import HoldFacts, HoldOutcome
from hirehall.money.payments.models import Hold, PayoutMethod, PayoutSchedule, TaxForm, Withdrawal, WithdrawalHold
from hirehall.money.payments.payout_rules import Rhythm
from hirehall.money.payments.policy import numbers_in, payout_numbers, payout_numbers_in
from hirehall.money.payments.quoting import vat_on
from hirehall.money.payments.rules import WithdrawalState
from hirehall.people.accounts.actors import Actor
from hirehall.people.accounts.models import Party
from hirehall.people.accounts.queries import get_party, last_password_change

STOP_SALT = "payments.stop_payout"
UNSENT = (WithdrawalState.ASKED, WithdrawalState.HELD)
GONE = (WithdrawalState.ASKED, WithdrawalState.PROCESSING, WithdrawalState.PAID)
CAME_BACK = (WithdrawalState.FAILED, WithdrawalState.RETURNED)


def verified_name(party_id: str) -> str:
    """The name that accounts for withdrawals and tax forms must bear: the account's own."""
    return get_party(party_id).name


def find_tax_form(party_id: str) -> TaxForm | None:
    return TaxForm.objects.filter(party_id=party_id, replaced_at=None).first()


def lock_withdrawals_of(party_id: str) -> None:
    """Whoever asks for a party's money and whoever signs its tax form wait for each other.

    So that each sees what the others took: many small withdrawals at once are as large as one, and none waits for a
    form that is being signed.
    """
    Party.objects.select_for_update(no_key=True).get(pk=party_id)


def find_schedule_for(actor: Actor, unit: str) -> PayoutSchedule | None:
    return PayoutSchedule.objects.select_related("method").filter(party_id=actor.party_id, unit=unit).first()


def list_schedules_for(actor: Actor) -> list[PayoutSchedule]:
    return list(PayoutSchedule.objects.select_related("method").filter(party_id=actor.party_id).order_by("unit"))


@dataclass(frozen=True)
class SendingFee:
    """What a withdrawal costs in all, and the rate of the VAT in it."""

    total: int
    vat_basis_points: int


def withdrawal_fee(method: PayoutMethod, amount: int, unit: str) -> SendingFee:
    """What sending an amount of a unit to a method costs."""
    fee = payout_rules.fee_of(method.kind, amount, numbers_in(unit).withdrawal_fee(method.kind), payout_numbers())
    rate = vat_on(get_party(method.party_id)).basis_points
    return SendingFee(fee + share_half_up(fee, rate), rate)


# Withdrawals


def get_withdrawal_for(actor: Actor, withdrawal_id: str) -> Withdrawal:
    found = Withdrawal.objects.select_related("method", "schedule", "hold", "retried_by")
    row = found.filter(pk=withdrawal_id, party_id=actor.party_id).first()
    if row is None:
        raise NotFound("withdrawal")
    return row


def lock_own_withdrawal(actor: Actor, withdrawal_id: str) -> Withdrawal:
    return _lock_withdrawal(pk=withdrawal_id, party_id=actor.party_id)


def lock_any_withdrawal(withdrawal_id: str) -> Withdrawal:
    """For staff, whose action has asked who they are."""
    return _lock_withdrawal(pk=withdrawal_id)


def _lock_withdrawal(**which: object) -> Withdrawal:
    row = Withdrawal.objects.select_for_update(of=("self",)).select_related("method").filter(**which).first()
    if row is None:
        raise NotFound("withdrawal")
    return row


def lock_unsent(**which: object) -> list[Withdrawal]:
    """Withdrawals that have not left, locked in the order of their ids."""
    found = Withdrawal.objects.select_for_update(of=("self",)).select_related("method")
    return list(found.filter(state__in=UNSENT, sent_at=None, **which).order_by("id"))


def list_due(now: datetime) -> list[str]:
    """Withdrawals whose moment has come and whose job was lost, or is late."""
    waiting = Withdrawal.objects.filter(state=WithdrawalState.ASKED, sent_at=None, waits_for="", send_at__lte=now)
    return list(waiting.order_by("id").values_list("id", flat=True))


def list_silent(before: datetime) -> list[str]:
    """Withdrawals that were handed over before a moment, and of which nothing final was heard."""
    open_ones = (WithdrawalState.ASKED, WithdrawalState.PROCESSING)
    return list(Withdrawal.objects.filter(state__in=open_ones, sent_at__lt=before).order_by("id").values_list("id", flat=True))


def has_retry(withdrawal_id: str) -> bool:
    return Withdrawal.objects.filter(retry_of_id=withdrawal_id).exists()


def last_came_back(method_id: str) -> bool:
    """True when what was sent to a method last did not arrive."""
    states = (WithdrawalState.PAID, *CAME_BACK)
    last = Withdrawal.objects.filter(method_id=method_id, state__in=states).order_by("-id").first()
    return last is not None and last.state in CAME_BACK


def hold_facts(party_id: str, method: PayoutMethod, amount: int, unit: str, available: int, now: datetime) -> HoldFacts:
    """What the rules of holds look at."""
    large = payout_numbers_in(unit).large_minor
    arrived = Withdrawal.objects.filter(
        party_id=party_id, unit=unit, state=WithdrawalState.PAID, amount_minor__gte=large
    )
    last = arrived.order_by("-id").first()
    changed = last_password_change(party_id)
    since = hold_rules.last_change(method.added_at, changed)
    gone = Withdrawal.objects.filter(party_id=party_id, unit=unit, state__in=GONE, asked_at__gte=since)
    return HoldFacts(
        amount=amount,
        unit=unit,
        available=available,
        asked_at=now,
        opened_at=get_party(party_id).opened_at,
        method_added_at=method.added_at,
        password_changed_at=changed,
        paid_since=last.asked_at if last else None,
        sent_since=gone.aggregate(total=Sum("amount_minor"))["total"] or 0,
    )


# Conditions


@dataclass(frozen=True)
class Condition:
    """Something that must hold before money leaves: `code` names it, `met` says whether it does."""

    code: str
    met: bool


def list_conditions(party_id: str, method: PayoutMethod | None, unit: str, now: datetime) -> list[Condition]:
    """All that must hold, in the order in which a person sees to it; the page and the nightly batch read the same."""
    held = WithdrawalHold.objects.filter(party_id=party_id, outcome=HoldOutcome.OPEN).exists()
    usable = method is not None and method.removed_at is None
    return [
        Condition("tax_form", find_tax_form(party_id) is not None),
        Condition("method", usable),
        Condition("name", method is None or payout_rules.names_match(method.holder_name, verified_name(party_id))),
        Condition("waiting", method is None or method.usable_at <= now),
        Condition("arrived", method is None or not last_came_back(method.id)),
        Condition("hold", not held),
    ]


# Schedules


def list_due_schedules(today: date, after_id: str, most: int) -> list[PayoutSchedule]:
    """Schedules that run today or were missed, in the order of their ids, after one."""
    due = PayoutSchedule.objects.filter(next_on__lte=today, id__gt=after_id).exclude(rhythm=Rhythm.BY_HAND)
    return list(due.order_by("id")[:most])


def available_of(schedules: list[PayoutSchedule]) -> dict[tuple[str, str], int]:
    """(party, unit) -> what is available, one query a unit."""
    found = {}
    for unit in sorted({each.unit for each in schedules}):
        parties = [str(each.party_id) for each in schedules if each.unit == unit]
        found |= {(party, unit): held for party, held in ledger.balances("available", parties, unit).items()}
    return found


def lock_schedule(schedule_id: str) -> PayoutSchedule:
    return PayoutSchedule.objects.select_for_update(of=("self",)).select_related("method").get(pk=schedule_id)


def expected_on(party_id: str, unit: str, day: date) -> int:
    """What a run on a day would find: available now, and pending that becomes available before."""
    coming = Hold.objects.filter(party_id=party_id, unit=unit, cleared_at=None, due_at__date__lt=day)
    left = F("net_minor") - F("returned_minor") + F("returned_fee_minor") + F("returned_vat_minor")
    return ledger.balance("available", party_id, unit) + (coming.aggregate(total=Sum(left))["total"] or 0)


# Holds


def lock_hold(hold_id: str) -> WithdrawalHold:
    found = WithdrawalHold.objects.select_for_update(of=("self",)).filter(pk=hold_id).first()
    if found is None:
        raise NotFound("hold")
    return found


def lock_withdrawal_of_hold(hold_id: str) -> Withdrawal:
    found = Withdrawal.objects.select_for_update(of=("self",)).select_related("method").filter(hold__id=hold_id).first()
    if found is None:
        raise NotFound("hold")
    return found


def find_hold_of(withdrawal_id: str) -> WithdrawalHold | None:
    return WithdrawalHold.objects.filter(withdrawal_id=withdrawal_id).first()


def list_open_holds() -> QuerySet[WithdrawalHold]:
    """For staff: those with an appeal first, then what must be decided first."""
    found = WithdrawalHold.objects.filter(outcome=HoldOutcome.OPEN)
    return found.select_related("withdrawal__method", "party").order_by(
        F("appealed_at").asc(nulls_last=True), "decide_by", "id"
    )


def list_decided_holds() -> QuerySet[WithdrawalHold]:
    found = WithdrawalHold.objects.exclude(outcome=HoldOutcome.OPEN)
    return found.select_related("withdrawal__method", "party", "decided_by").order_by("-decided_at")


def list_unsent() -> QuerySet[Withdrawal]:
    """For staff: what leaves next."""
    found = Withdrawal.objects.filter(state=WithdrawalState.ASKED, sent_at=None)
    return found.select_related("method", "party").order_by("send_at", "id")


def list_overdue_holds(now: datetime) -> list[str]:
    found = WithdrawalHold.objects.filter(outcome=HoldOutcome.OPEN, decide_by__lte=now)
    return list(found.order_by("id").values_list("id", flat=True))


# The link that stops a new method


def stop_token(method_id: str) -> str:
    """A text that lets whoever has the owner's mail stop a method, and nothing else."""
    return signing.dumps(method_id, salt=STOP_SALT)


def find_method_to_stop(token: str) -> PayoutMethod:
    try:
        method_id = signing.loads(token, salt=STOP_SALT, max_age=payout_numbers().stop_link_days * 86_400)
    except signing.BadSignature as error:
        raise NotFound("link") from error
    return PayoutMethod.objects.select_related("party").get(pk=method_id)
