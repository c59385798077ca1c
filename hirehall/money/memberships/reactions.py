"""What memberships do when a charge came back; wired in project/wiring.py."""

from hirehall.kernel.events import Event
from hirehall.money.memberships.actions import settle_month


def note_paid(event: Event) -> None:
    """charge:settled: the month is paid."""
    if event.data["purpose"] == "membership":
        settle_month(event.data["subject_id"], paid=True)


def note_failed(event: Event) -> None:
    """charge:failed: the month is tried again, or the plan ends."""
    if event.data["purpose"] == "membership":
        settle_month(event.data["subject_id"], paid=False, reason=event.data["reason"])
