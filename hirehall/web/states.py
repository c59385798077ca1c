"""The words of states: what a badge says where a page has no words of its own for a state."""

from django.utils.translation import gettext_noop as _
from markupsafe import Markup, escape

from hirehall.web import words

TEXTS = {
    "accepted": _("Accepted"), "active": _("Active"), "approved": _("Approved"), "archived": _("Archived"),
    "asked": _("Asked"), "cancelled": _("Cancelled"), "changes_asked": _("Changes asked"), "charging": _("Being charged"),
    "claimed": _("Claimed"), "cleared": _("Cleared"), "closed": _("Closed"), "closing": _("Being closed"),
    "decided": _("Decided"), "deciding": _("Being decided"), "declined": _("Declined"), "done": _("Done"),
    "draft": _("Draft"), "ended": _("Ended"), "evidence": _("Evidence"), "expired": _("Expired"),
    "explained": _("Explained"), "failed": _("Failed"), "filled": _("Filled"), "funded": _("Funded"),
    "funding": _("Being funded"), "held": _("Held for a review"), "hired": _("Hired"), "lapsed": _("Lapsed"), "lost": _("Lost"),
    "mediation": _("Mediation"), "needs_action": _("Needs you"), "open": _("Open"), "opened": _("Opened"),
    "paid": _("Paid"), "past_due": _("Past due"), "paused": _("Paused"), "processing": _("On its way"),
    "proposed": _("Proposed"), "refused": _("Refused"), "released": _("Released"), "removed": _("Removed by staff"), "renewing": _("Being renewed"),
    "replaced": _("Replaced"), "returned": _("Sent back by the bank"), "sent": _("Sent"), "settled": _("Settled"), "shortlisted": _("On the short list"),
    "starting": _("Being started"), "submitted": _("Handed in"), "verified": _("Verified"), "verifying": _("Being verified"),
    "undone": _("Taken back"), "withdrawn": _("Taken back"), "won": _("Won"),
}  # fmt: skip


def state_text(name: str) -> Markup:
    """What a state is called in the reader's language; a name without words stands as it is."""
    return words.said(TEXTS[name]) if name in TEXTS else escape(name.replace("_", " ").capitalize())
