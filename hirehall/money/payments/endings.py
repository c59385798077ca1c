"""What the clock decides about cards: notices of their end, the end itself, and payments that nobody confirmed."""

from datetime import timedelta

from procrastinate.contrib.django import app as jobs

from hirehall.kernel import clock, events
from hirehall.kernel.atomic import action
from hirehall.money.payments import method_rules, queries
from hirehall.money.payments.actions.methods import pass_default_on
from hirehall.money.payments.models import Method
from hirehall.money.payments.policy import method_numbers
from hirehall.money.payments.rules import MethodState


@action
def end_card(method_id: str) -> None:
    """Tell the owner of a card that its end is near, or end it; nothing when neither is due."""
    today, numbers = clock.now().date(), method_numbers()
    method = queries.lock_ending_method(method_id)
    if method is None:
        return
    if method_rules.has_expired(method.expires_on, today):
        _expire(method)
        return
    days = method_rules.due_notice(method.expires_on, today, method.told_days, numbers.notice_days)
    if days is not None:
        Method.objects.filter(pk=method.pk).update(told_days=days)
        events.record(
            "method:expiring", method.id, party=method.party_id, days=days, card=str(method), default=method.is_default
        )


def _expire(method: Method) -> None:
    """An expired default gives way to another verified card; where there is none it stays, and shows as expired."""
    Method.objects.filter(pk=method.pk).update(state=MethodState.EXPIRED)
    heir = None
    if method.is_default and queries.find_heir(method.party_id) is not None:
        Method.objects.filter(pk=method.pk).update(is_default=False)
        heir = pass_default_on(method.party_id)
    events.record(
        "method:expired", method.id, party=method.party_id, card=str(method), heir=str(heir) if heir else "",
        default=method.is_default,
    )  # fmt: skip


def end_cards() -> int:
    """All cards with something due today, each in its own transaction; returns how many were looked at."""
    today, numbers = clock.now().date(), method_numbers()
    due = queries.list_ending_methods(method_rules.last_day_told(today, numbers.notice_days))
    for method_id in due:
        end_card(method_id)
    return len(due)


@action
def ask_about_charges() -> int:
    """Give up payments that nobody confirmed in time, and ask after those of which nothing was heard for long."""
    now, numbers = clock.now(), method_numbers()
    unconfirmed = queries.list_unconfirmed_charges(now - timedelta(days=numbers.confirm_days))
    for charge_id in unconfirmed:
        jobs.configure_task("payments.drop_charge").defer(charge_id=charge_id)
    silent = queries.list_silent_charges(now - timedelta(hours=numbers.look_after_hours))
    for charge_id in silent:
        jobs.configure_task("payments.look_at_charge").defer(charge_id=charge_id)
    return len(unconfirmed) + len(silent)
