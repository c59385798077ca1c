"""What a gateway's reason means, in words for the person concerned."""

from django.utils.translation import gettext as _


def reason_words(reason: str) -> str:
    """The reason of a failed payment; an unknown one is not made up."""
    return {
        "card_declined": _("the bank declined the card"),
        "card_expired": _("the card has expired"),
        "insufficient_funds": _("there is not enough money on the card"),
        "no_method": _("there is no card that can be charged"),
        "not_confirmed": _("it was not confirmed at the bank"),
        "not_possible": _("the payment company cannot carry it out"),
        "account_incomplete": _("the payment company wants to know more about the holder of the account"),
        "payout_refused": _("the bank or the payment company refused it"),
        "account_closed": _("the account is closed"),
        "account_not_found": _("the bank did not find the account"),
        "after_review": _("it was refused after a review"),
    }.get(reason, _("the payment company gave no reason"))


def condition_words(code: str) -> str:
    """What a schedule waits for, by the code of the condition that is not met."""
    return {
        "tax_form": _("Sign your tax form first."),
        "method": _("The account it goes to was removed; choose another one."),
        "name": _("The account is not in your own name; choose another one."),
        "waiting": _("The account is new and still waits."),
        "arrived": _("The last withdrawal to this account came back; try it again or choose another one."),
        "hold": _("A withdrawal of yours is being looked at by a person."),
    }.get(code, code)
