"""What a party is told about its money; wired in project/wiring.py."""

from django.urls import reverse

from hirehall.kernel.events import Event
from hirehall.money.payments.reasons import reason_words
from hirehall.people.notifications.actions import notify


def tell_failed_charge(event: Event) -> None:
    """charge:failed: the payer hears why and can choose another card."""
    notify(
        event.data["party"],
        "money.charge_failed",
        link=reverse("payments:methods"),
        key=f"charge-failed:{event.subject_id}",
        title="A payment did not go through.",
        body=f"Reason: {reason_words(event.data['reason'])}. Choose another card or try again.",
    )
