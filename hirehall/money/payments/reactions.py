"""What a party is told about its money; wired in project/wiring.py."""

from django.urls import reverse

from hirehall.kernel.events import Event
from hirehall.kernel.money import format_money
from hirehall.money.payments.reasons import reason_words
from hirehall.people.notifications.actions import notify


def tell_payout_method(event: Event) -> None:
    """payout_method:added: somebody who did not add it must hear of it."""
    notify(
        event.data["party"],
        "account.payout_method",
        link=reverse("payments:methods"),
        key=f"payout-added:{event.subject_id}",
        title="A new account for withdrawals was added.",
        body="It can be used in some days. If it was not you, remove it and change your password.",
    )


def tell_withdrawal(event: Event) -> None:
    """withdrawal:paid and withdrawal:failed."""
    amount = format_money(event.data["amount"], event.data["unit"])
    paid = event.name == "withdrawal:paid"
    notify(
        event.data["party"],
        f"money.{event.name.replace(':', '_')}",
        link=reverse("payments:overview"),
        key=f"{event.name}:{event.subject_id}",
        title=f"Your withdrawal of {amount} was paid out." if paid else f"Your withdrawal of {amount} failed.",
        body="" if paid else f"The money is back in your balance: {reason_words(event.data['reason'])}.",
    )


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
