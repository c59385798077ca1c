"""What a party is told about its money; wired in project/wiring.py."""

from django.urls import reverse

from hirehall.kernel.events import Event
from hirehall.kernel.money import format_money
from hirehall.money.payments.reasons import reason_words
from hirehall.people.notifications.actions import notify


def tell_ending_card(event: Event) -> None:
    """method:expiring: in time to replace the card before anything fails."""
    days, card = event.data["days"], event.data["card"]
    when = "today" if not days else f"in at most {days} days"
    notify(
        event.data["party"],
        "money.card_ends",
        link=reverse("payments:replace_method", args=[event.subject_id]),
        key=f"card-ends:{event.subject_id}:{days}",
        title=f"Your card {card} expires {when}.",
        body="Replace it, so that payments go on and freelancers see that you can pay.",
    )


def tell_expired_card(event: Event) -> None:
    """method:expired: what is charged from now on, or that nothing can be."""
    heir = event.data["heir"]
    goes_on = f"Payments are now made with {heir}." if heir else "Replace it, so that payments go on."
    notify(
        event.data["party"],
        "money.card_expired",
        link=reverse("payments:methods"),
        key=f"card-expired:{event.subject_id}",
        title=f"Your card {event.data['card']} has expired.",
        body=goes_on if heir or event.data["default"] else "It was not the one that is charged.",
    )


def tell_unconfirmed_charge(event: Event) -> None:
    """charge:needs_action: the bank wants to hear it from the owner of the card."""
    amount = format_money(event.data["amount"], event.data["unit"])
    notify(
        event.data["party"],
        "money.charge_confirm",
        link=reverse("payments:confirm_charge", args=[event.subject_id]),
        key=f"charge-confirm:{event.subject_id}",
        title=f"Your bank wants you to confirm a payment of {amount}.",
        body="It goes through once you have confirmed it; until then nothing is paid.",
    )


def tell_failed_charge(event: Event) -> None:
    """charge:failed: the payer hears why and can choose another card. A milestone and a debt tell more themselves."""
    if event.data["purpose"] in ("escrow", "debt"):
        return
    notify(
        event.data["party"],
        "money.charge_failed",
        link=reverse("payments:methods"),
        key=f"charge-failed:{event.subject_id}",
        title="A payment did not go through.",
        body=f"Reason: {reason_words(event.data['reason'])}. Choose another card or try again.",
    )
