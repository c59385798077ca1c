"""What a party is told about its money; wired in project/wiring.py."""

from django.urls import reverse

from hirehall.kernel.events import Event
from hirehall.kernel.money import Money
from hirehall.money.payments.reasons import reason_words
from hirehall.people.notifications.actions import notify
from hirehall.people.notifications.said import in_english, said


def tell_ending_card(event: Event) -> None:
    """method:expiring: in time to replace the card before anything fails."""
    days, card = event.data["days"], event.data["card"]
    notify(
        event.data["party"],
        "money.card_ends",
        link=reverse("payments:replace_method", args=[event.subject_id]),
        key=f"card-ends:{event.subject_id}:{days}",
        title=said("Your card %(card)s expires in at most %(days)s days.", card=card, days=days) if days else said("Your card %(card)s expires today.", card=card),
        body=said("Replace it, so that payments go on and freelancers see that you can pay."),
    )


def tell_expired_card(event: Event) -> None:
    """method:expired: what is charged from now on, or that nothing can be."""
    heir = event.data["heir"]
    goes_on = said("Payments are now made with %(card)s.", card=heir) if heir else said("Replace it, so that payments go on.")
    notify(
        event.data["party"],
        "money.card_expired",
        link=reverse("payments:methods"),
        key=f"card-expired:{event.subject_id}",
        title=said("Your card %(card)s has expired.", card=event.data["card"]),
        body=goes_on if heir or event.data["default"] else said("It was not the one that is charged."),
    )


def tell_unconfirmed_charge(event: Event) -> None:
    """charge:needs_action: the bank wants to hear it from the owner of the card."""
    notify(
        event.data["party"],
        "money.charge_confirm",
        link=reverse("payments:confirm_charge", args=[event.subject_id]),
        key=f"charge-confirm:{event.subject_id}",
        title=said("Your bank wants you to confirm a payment of %(amount)s.", amount=Money(event.data["amount"], event.data["unit"])),
        body=said("It goes through once you have confirmed it; until then nothing is paid."),
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
        title=said("A payment did not go through."),
        body=said("Reason: %(reason)s. Choose another card or try again.", reason=in_english(reason_words, event.data["reason"])),
    )
