"""What a party is told about its withdrawals; wired in project/wiring.py."""

from django.urls import reverse
from django.utils.dateparse import parse_datetime

from hirehall.kernel.events import Event
from hirehall.kernel.money import Money
from hirehall.money.payments import payout_queries
from hirehall.money.payments.reasons import condition_words, reason_words
from hirehall.people.accounts.queries import get_party
from hirehall.people.notifications.actions import notify, notify_staff
from hirehall.people.notifications.said import in_english, said


def tell_payout_method(event: Event) -> None:
    """payout_method:added: somebody who did not add it must hear of it, and can stop it without signing in."""
    notify(
        event.data["party"],
        "account.payout_method",
        link=reverse("payments:stop_payout", args=[payout_queries.stop_token(event.subject_id)]),
        key=f"payout-added:{event.subject_id}",
        title=said("A new account for withdrawals was added."),
        body=said("It can be used in some days. If it was not you, stop it with this link and change your password."),
    )


def tell_stopped_method(event: Event) -> None:
    """payout_method:stopped."""
    notify(
        event.data["party"],
        "account.payout_method",
        link=reverse("payments:methods"),
        key=f"payout-stopped:{event.subject_id}",
        title=said("A new account for withdrawals was stopped by the link in your mail."),
        body=said("Nothing goes there. Change your password if somebody else can have it."),
    )


def _tell(event: Event, kind: str, key: str, title: str, body: str, *, mail_too: bool = True) -> None:
    """A notice that leads to the withdrawal that the event is about."""
    link = reverse("payments:withdrawal", args=[event.subject_id])
    notify(event.data["party"], kind, link=link, key=key, title=title, body=body, mail_too=mail_too)


def tell_withdrawal(event: Event) -> None:
    """withdrawal:paid, :failed, :returned and :refused."""
    amount = Money(event.data["amount"], event.data["unit"])
    words = in_english(reason_words, event.data["reason"])
    title, body = {
        "withdrawal:paid": (said("Your withdrawal of %(amount)s was paid out.", amount=amount), ""),
        "withdrawal:failed": (
            said("Your withdrawal of %(amount)s failed.", amount=amount),
            said("The money is back in your balance: %(reason)s.", reason=words),
        ),
        "withdrawal:returned": (
            said("The bank sent your withdrawal of %(amount)s back.", amount=amount),
            said("The money is back in your balance: %(reason)s. You can try again with the same or another account.", reason=words),
        ),
        "withdrawal:refused": (
            said("Your withdrawal of %(amount)s was refused after a review.", amount=amount),
            said("The money is back in your balance; the reason stands with the withdrawal."),
        ),
    }[event.name]
    _tell(
        event,
        f"money.{event.name.replace(':', '_')}",
        f"{event.name}:{event.subject_id}",
        title,
        body,
    )


def tell_held(event: Event) -> None:
    """withdrawal:held: the rule's reason, and that there is an answer to it."""
    amount = Money(event.data["amount"], event.data["unit"])
    _tell(
        event,
        "money.withdrawal_held",
        f"held:{event.subject_id}",
        said("Your withdrawal of %(amount)s is looked at by a person before it leaves.", amount=amount),
        said("%(reason)s You can answer; if nobody decides in time it leaves by itself.", reason=event.data["reason"][:380]),
    )
    name = get_party(event.data["party"]).name
    notify_staff(
        "withdrawal_held",
        link=reverse("payments:holds"),
        key=f"held:{event.subject_id}",
        title=said("A withdrawal of %(amount)s by %(name)s is held and waits for your decision.", amount=amount, name=name),
        body=said("The rule, what it saw and what the owner answers stand on that page. Undecided it leaves by itself."),
    )


def tell_let_go(event: Event) -> None:
    """withdrawal:let_go."""
    amount = Money(event.data["amount"], event.data["unit"])
    _tell(
        event,
        "money.withdrawal_let_go",
        f"let-go:{event.subject_id}",
        said("Your withdrawal of %(amount)s goes on.", amount=amount),
        said("Nobody decided in time, so it leaves.") if event.data["in_time"] else said("A person looked at it."),
    )


def tell_scheduled(event: Event) -> None:
    """withdrawal:scheduled: on the page and the devices; a mail a night would be too much."""
    amount = Money(event.data["amount"], event.data["unit"])
    leaves = parse_datetime(event.data["send_at"])
    _tell(
        event,
        "money.withdrawal_scheduled",
        f"scheduled:{event.subject_id}",
        said("Your schedule sends %(amount)s.", amount=amount),
        said("It leaves at %(moment)s; until then you can take it back.", moment=leaves),
        mail_too=False,
    )


def tell_paused(event: Event) -> None:
    """schedule:paused: once for each reason."""
    notify(
        event.data["party"],
        "money.schedule_paused",
        link=reverse("payments:withdraw"),
        key=f"paused:{event.subject_id}:{event.data['condition']}:{event.data['at']}",
        title=said("Your schedule of withdrawals waits."),
        body=in_english(condition_words, event.data["condition"]),
    )
