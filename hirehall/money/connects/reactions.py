"""What Connects do when something happened elsewhere; wired in project/wiring.py."""

from hirehall.kernel.events import Event
from hirehall.money.connects.actions import grant_new_account, settle_purchase


def welcome(event: Event) -> None:
    """party:opened: a new freelancer or agency gets its first Connects."""
    grant_new_account(event.subject_id)


def hand_over(event: Event) -> None:
    """charge:settled: bought Connects are given."""
    if event.data["purpose"] == "connects":
        settle_purchase(event.data["subject_id"], paid=True)


def note_failure(event: Event) -> None:
    """charge:failed: the purchase says why."""
    if event.data["purpose"] == "connects":
        settle_purchase(event.data["subject_id"], paid=False, reason=event.data["reason"])
