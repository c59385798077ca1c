"""Payments that failed, were taken back or are owed, in words for those concerned."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hirehall.money.payments.reasons import reason_words

# The same in short, for the staff.
CAUSES = {
    "chargeback": gettext_lazy("A bank took a payment for work back"),
    "purchase": gettext_lazy("A bank took a payment for a purchase back"),
    "bill": gettext_lazy("A bill for protected work was not paid"),
}


def cause_words(cause: str) -> str:
    """Why something is owed."""
    return {
        "chargeback": _("Your bank took back money with which finished work was paid; the market paid it for you."),
        "award": _("Your bank took back money that a dispute gave to the freelancer; the market paid it for you."),
        "purchase": _("Your bank took back a payment for something that you had received already."),
    }.get(cause) or _("The market paid protected work for you.")


def failure_words(reason: str) -> str:
    """Why a payment was not made, also where no card was asked."""
    return {
        "no_card": _("there is no card that can be charged"),
        "owes": _("what you owe has to be paid first"),
        "taken_back": _("your bank took the money back"),
    }.get(reason) or reason_words(reason)


def next_try_words(moment: datetime | None) -> str:
    """What happens next, and when."""
    if moment is None:
        return _("It is not tried again by itself: pay it with this or another card.")
    day = f"{moment:%d %B %Y}"
    return _("It is tried again by itself on %(day)s; you can pay sooner, also with another card.") % {"day": day}
