"""How the values of proposals are called in pages, for each side."""

from django.utils.translation import gettext_lazy as _

from hirehall.market.proposals import rules

# The freelancer's words; what became of the proposal.
STATES = {
    "sent": _("Sent"),
    "viewed": _("Opened by the client"),
    "messaged": _("In talks"),
    rules.State.SHORTLISTED.value: _("On the short list"),
    rules.State.ARCHIVED.value: _("Opened by the client"),
    rules.State.DECLINED.value: _("Declined"),
    rules.State.WITHDRAWN.value: _("Taken back"),
    rules.State.HIRED.value: _("Hired"),
    rules.State.CLOSED.value: _("The job has ended"),
}
CLIENT_STATES = {
    **STATES,
    "sent": _("New"),
    "viewed": _("Opened"),
    rules.State.ARCHIVED.value: _("Archived"),
}
DECLINE_REASONS = {
    rules.DeclineReason.PRICE.value: _("The price does not fit"),
    rules.DeclineReason.SKILLS.value: _("Other skills or experience needed"),
    rules.DeclineReason.ANOTHER.value: _("Somebody else fits better"),
    rules.DeclineReason.LATE.value: _("Not available in time"),
    rules.DeclineReason.UNCLEAR.value: _("The letter did not answer the post"),
    rules.DeclineReason.CHANGED.value: _("The work has changed"),
}
