"""Cards that a party pays with: added, confirmed, chosen, replaced, removed."""

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
def add_method(actor: Actor, kept: Kept, replaces: str = "") -> Method:
    """Add a card that the gateway keeps; its verification comes back later. The first one becomes the default.

    A card that `replaces` another takes its place, and its being the default, once it is verified: so there is no
    moment without a card, and one that is refused costs nothing. The same card of the gateway again is the same row.
    """
    check_power(actor, "pay")
    old = queries.lock_method_for(actor, replaces) if replaces else None
    same = queries.find_method_by_token(actor, kept.token)
    if same is not None:
        return same
    had = queries.list_methods_for(actor)
    if len(had) - (old is not None) >= numbers().methods_max:
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
        replaces=old,
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
    if method.is_default:
        pass_default_on(method.party_id)
    events.record("method:removed", method.id, actor, party=actor.party_id)
    jobs.configure_task("payments.forget_card").defer(method_id=method.id)


def pass_default_on(party_id: str) -> Method | None:
    """The last verified card becomes the one that is charged; nothing when there is none."""
    heir = queries.find_heir(party_id)
    if heir is not None:
        Method.objects.filter(pk=heir.pk).update(is_default=True)
    return heir
