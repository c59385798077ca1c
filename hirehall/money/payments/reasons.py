"""What a gateway's reason means, in words for the person concerned."""

from django.utils.translation import gettext as _


def reason_words(reason: str) -> str:
    """The reason of a failed payment; an unknown one is not made up."""
    return {
        "card_declined": _("the bank declined the card"),
        "card_expired": _("the card has expired"),
        "insufficient_funds": _("there is not enough money on the card"),
        "no_method": _("there is no card that can be charged"),
        "account_closed": _("the account is closed"),
    }.get(reason, _("the payment company gave no reason"))
