"""What a party is told of what its bank took back and what it owes; wired in project/wiring.py."""

from datetime import datetime

from django.urls import reverse

from hirehall.kernel.events import Event
from hirehall.kernel.money import format_money
from hirehall.money.payments.recovery_words import cause_words, failure_words, next_try_words
from hirehall.people.notifications.actions import notify


def _tell(event: Event, kind: str, key: str, title: str, body: str) -> None:
    notify(event.data["party"], f"money.{kind}", link=reverse("payments:debts"), key=key, title=title, body=body)


def tell_debt(event: Event) -> None:
    """debt:opened, and debt:unpaid after each try: what, why, and what happens next and when."""
    told = event.data
    owed = format_money(told["left"], told["unit"])
    again = next_try_words(datetime.fromisoformat(told["next_try_at"]) if told["next_try_at"] else None)
    if event.name == "debt:opened":
        title, why = f"You owe {owed}.", cause_words(told["cause"])
    else:
        title, why = f"{owed} that you owe could not be charged.", f"Reason: {failure_words(told['reason'])}."
    _tell(event, event.name.replace(":", "_"), f"{event.name}:{event.id}", title, f"{why} {again} Until then you can't hire or fund new work.")


def tell_debt_paid(event: Event) -> None:
    """debt:paid: hiring and funding are open again."""
    _tell(event, "debt_paid", f"debt-paid:{event.subject_id}", "What you owed is paid.", "You can hire and fund work again.")


def tell_chargeback(event: Event) -> None:
    """chargeback:frozen, chargeback:won, chargeback:lost: where the money of a disputed payment is."""
    told = event.data
    amount = format_money(told["amount"], told["unit"])
    title = {
        "chargeback:frozen": f"Your bank disputes your payment of {amount}.",
        "chargeback:won": f"Your bank let your payment of {amount} stand.",
        "chargeback:lost": f"Your bank took back your payment of {amount}.",
    }[event.name]
    body = {
        "chargeback:frozen": "What of it still lies in escrow is set aside until the bank has decided. If that is a mistake, tell your bank.",
        "chargeback:won": "What was set aside is back in escrow.",
        "chargeback:lost": "What was still in escrow has gone back to your card. What was paid to freelancers already you owe.",
    }[event.name]
    _tell(event, event.name.replace(":", "_"), f"{event.name}:{event.subject_id}", title, body)
