"""What a party is told when its money was put right by hand; wired in project/wiring.py."""

from django.urls import reverse

from hirehall.kernel.events import Event
from hirehall.kernel.money import Money
from hirehall.money.books.rules import PARTY
from hirehall.people.notifications.actions import notify
from hirehall.people.notifications.said import said


def tell_adjustment(event: Event) -> None:
    """adjustment:approved: each party concerned hears how much and why."""
    amount = Money(event.data["amount"], event.data["unit"])
    for side, title in (("source", said("%(amount)s was taken from your balance.", amount=amount)), ("target", said("%(amount)s was added to your balance.", amount=amount))):
        if event.data[side] == PARTY:
            notify(
                event.data[f"{side}_party"],
                "money.adjusted",
                link=reverse("payments:statement"),
                key=f"adjusted:{side}:{event.subject_id}",
                title=title,
                body=said("Two of the staff checked it. Reason: %(reason)s", reason=event.data["reason"]),
            )
