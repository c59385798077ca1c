"""Cards that a party pays with: added, confirmed, chosen, removed."""

from procrastinate.contrib.django import app as jobs

from hirehall.kernel import clock, events
from hirehall.kernel.atomic import action
from hirehall.kernel.errors import Refused
from hirehall.money.payments import queries
from hirehall.money.payments.actions.powers import check_power
from hirehall.money.payments.gateways.port import Kept
from hirehall.money.payments.models import Method
from hirehall.money.payments.policy import numbers
from hirehall.money.payments.rules import MethodState
from hirehall.people.accounts.actors import Actor


@action
def add_method(actor: Actor, kept: Kept) -> Method:
    """Add a card that the gateway keeps; its verification comes back later. The first one becomes the default."""
    check_power(actor, "pay")
    had = queries.list_methods_for(actor)
    if len(had) >= numbers().methods_max:
        raise Refused("payment:too_many", "Remove a card that you no longer use before you add another.")
    method = Method.objects.create(
        party_id=actor.party_id,
        gateway=kept.gateway,
        token=kept.token,
        brand=kept.brand,
        last4=kept.last4,
        expires_on=kept.expires_on,
        state=MethodState.VERIFYING,
        is_default=not any(each.is_default for each in had),
        added_at=clock.now(),
    )
    events.record("method:added", method.id, actor, party=actor.party_id)
    jobs.configure_task("payments.send_verification").defer(method_id=method.id)
    return method


@action
def confirm_method(actor: Actor, method_id: str) -> Method:
    """Say yes to the bank that asks whether the card is really one's own."""
    check_power(actor, "pay")
    method = queries.lock_method_for(actor, method_id)
    if method.state == MethodState.NEEDS_ACTION:
        jobs.configure_task("payments.send_confirmation").defer(method_id=method.id)
    return method


@action
def choose_method(actor: Actor, method_id: str) -> Method:
    """Make a verified card the one that is charged."""
    check_power(actor, "pay")
    method = queries.lock_method_for(actor, method_id)
    if method.state != MethodState.VERIFIED:
        raise Refused("payment:not_verified", "This card is not verified yet.")
    Method.objects.filter(party_id=actor.party_id, is_default=True).update(is_default=False)
    Method.objects.filter(pk=method.pk).update(is_default=True)
    method.is_default = True
    return method


@action
def remove_method(actor: Actor, method_id: str) -> None:
    """Take a card away. Charges that are on their way are not stopped. Another verified card becomes the default."""
    check_power(actor, "pay")
    method = queries.lock_method_for(actor, method_id)
    Method.objects.filter(pk=method.pk).update(removed_at=clock.now(), is_default=False)
    heir = next((m for m in queries.list_methods_for(actor) if m.state == MethodState.VERIFIED), None)
    if method.is_default and heir is not None:
        Method.objects.filter(pk=heir.pk).update(is_default=True)
    events.record("method:removed", method.id, actor, party=actor.party_id)
