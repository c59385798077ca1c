"""What a party is told when its money was put right by hand; wired in project/wiring.py."""

from django.urls import reverse

from hirehall.kernel.events import Event
from hirehall.kernel.money import format_money
from hirehall.money.books.rules import PARTY
from hirehall.people.notifications.actions import notify


def tell_adjustment(event: Event) -> None:
    """adjustment:approved: each party concerned hears how much and why."""
    amount = format_money(event.data["amount"], event.data["unit"])
    for side, title in (("source", f"{amount} was taken from your balance."), ("target", f"{amount} was added to your balance.")):
        if event.data[side] == PARTY:
            notify(
                event.data[f"{side}_party"],
                "money.adjusted",
                link=reverse("payments:statement"),
                key=f"adjusted:{side}:{event.subject_id}",
                title=title,
                body=f"Two of the staff checked it. Reason: {event.data['reason']}",
            )
