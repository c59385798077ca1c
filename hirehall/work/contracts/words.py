"""What pages say of a contract: the lines of its time line, and where its money is and goes."""

from django.utils.translation import gettext as _


def title_of(name: str) -> str:
    """A line of the time line."""
    told = {
        "contract:started": _("Started"), "milestone:funded": _("Funded"), "milestone:submitted": _("Handed in"),
        "milestone:changes_asked": _("Changes asked"), "milestone:approved": _("Approved"),
        "milestone:released": _("Partly released"), "amendment:proposed": _("Change proposed"),
        "amendment:accepted": _("Change accepted"), "amendment:declined": _("Change declined"),
        "dispute:opened": _("Dispute opened"), "dispute:answered": _("Claim answered"), "dispute:proposed": _("Mediator's proposal"),
        "dispute:decided": _("Dispute decided"), "dispute:settled": _("Dispute settled"), "dispute:withdrawn": _("Claim withdrawn"),
        "bonus:given": _("Bonus given"), "bonus:paid": _("Bonus paid"), "expense:claimed": _("Expense claimed"),
        "expense:approved": _("Expense approved"), "expense:paid": _("Expense paid"), "expense:declined": _("Expense declined"),
        "expense:withdrawn": _("Expense taken back"), "repayment:proposed": _("Return of money proposed"),
        "repayment:done": _("Money went back"), "repayment:declined": _("Return of money declined"),
        "repayment:withdrawn": _("Return of money taken back"), "repayment:expired": _("Return of money not answered"),
        "contract:closing": _("Being closed"), "contract:ended": _("Ended"), "contract:refund_refused": _("Return refused"),
        "contract:paused": _("Paused"), "contract:resumed": _("Goes on"), "contract:dormant": _("Dormant"),
        "contract:awakened": _("No longer dormant"), "contract:kept_open": _("Kept open"), "contract:release_asked": _("Release asked"),
        "contract:closing_proposed": _("Closing proposed"), "contract:closing_declined": _("Closing declined"),
        "milestone:contested": _("A bank decides about a payment"),
    }  # fmt: skip
    return told.get(name, name)


def place(name: str) -> tuple[str, str]:
    """(name, what it means) of a place in the picture of the money."""
    return {
        "to_fund": (_("Not paid in"), _("The client has not paid it yet.")),
        "charging": (_("Being charged"), _("The card is asked; it takes moments to a day.")),
        "escrow": (_("In escrow"), _("Paid, and safe for both until the work is approved.")),
        "held": (_("Held in a dispute"), _("Nobody moves it until the dispute is decided.")),
        "bank": (_("Held by a bank"), _("A bank disputes the payment and decides whether it stands.")),
        "pending": (_("Security days"), _("Earned, and soon available.")),
        "available": (_("With the freelancer"), _("Available or paid out.")),
        "returned": (_("Back to the client"), _("Returned from escrow or given back.")),
        "fees": (_("Fees"), _("Kept by the market, with any VAT on them.")),
    }[name]


def move_words(move) -> str:
    """One sentence on what moves next."""
    told = {
        "charge": _("“%(title)s” is being charged and goes into escrow"),
        "fund": _("“%(title)s” waits for the client to pay it in"),
        "work": _("“%(title)s” is released when its work is approved"),
        "review": _("“%(title)s” is released by itself, unless the client answers first"),
        "clear": _("Earnings become available"),
        "charge_bonus": _("A bonus is being charged"),
        "bank": _("A bank decides whether a disputed payment stands"),
        "expense": _("The expense “%(title)s” waits for the client's answer"),
        "charge_expense": _("The expense “%(title)s” is being charged"),
        "repayment": _("A return of money waits for its answer; without one nothing moves"),
    }  # fmt: skip
    if move.kind == "return":
        return _("Escrow returns to the client, unless the freelancer answers first") if move.at else _("Escrow waits for the client to release it")
    return told[move.kind] % {"title": move.title}
