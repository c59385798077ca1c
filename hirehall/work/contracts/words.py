"""What pages say of a contract: the lines of its time line, and what happens next."""

from django.utils.translation import gettext as _

from hirehall.work.contracts import rules


def title_of(name: str) -> str:
    """A line of the time line."""
    told = {
        "contract:started": _("Started"), "milestone:funded": _("Funded"), "milestone:submitted": _("Handed in"),
        "milestone:changes_asked": _("Changes asked"), "milestone:approved": _("Approved"),
        "milestone:released": _("Partly released"), "amendment:proposed": _("Change proposed"),
        "amendment:accepted": _("Change accepted"), "amendment:declined": _("Change declined"),
        "dispute:opened": _("Dispute opened"), "dispute:answered": _("Claim answered"), "dispute:proposed": _("Mediator's proposal"),
        "dispute:decided": _("Dispute decided"), "dispute:settled": _("Dispute settled"), "dispute:withdrawn": _("Claim withdrawn"),
        "contract:closing": _("Being closed"), "contract:ended": _("Ended"), "contract:refund_refused": _("Return refused"),
    }  # fmt: skip
    return told.get(name, name)


def next_step(contract, parts: list, is_client: bool) -> tuple[str, str]:
    """(text, whose turn) for the banner on top."""
    if contract.state == rules.ContractState.ENDED:
        return _("This contract has ended."), "done"
    if contract.held_by:
        return _("What is in escrow is held in a dispute."), "market"
    if contract.state == rules.ContractState.CLOSING:
        asked = contract.refund_due_at is not None
        turn = "you" if is_client != asked else "them"
        return (_("The return of what is in escrow waits for the freelancer.") if asked else _("The client's feedback completes it.")), turn
    for m in parts:
        if m.asked_minor:
            return _("“%(title)s” is being charged.") % {"title": m.title}, "market"
        if m.missing_minor and m.state in rules.HOLDING:
            return _("The rest of “%(title)s” waits to be paid in.") % {"title": m.title}, "you" if is_client else "them"
        if m.state in ("funded", "changes_asked"):
            return _("“%(title)s” is funded; the work is next.") % {"title": m.title}, "them" if is_client else "you"
        if m.state == "submitted":
            return _("“%(title)s” was handed in and waits for review.") % {"title": m.title}, "you" if is_client else "them"
        if m.state == "proposed":
            return _("“%(title)s” waits to be funded.") % {"title": m.title}, "you" if is_client else "them"
    return _("Everything agreed is approved; end the contract or propose more."), "you"
