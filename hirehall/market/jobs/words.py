"""How the values of jobs are called in pages."""

from django.utils.translation import gettext_lazy as _

from hirehall.market.jobs import rules

KINDS = {
    rules.Kind.FIXED.value: _("One price for the whole work"),
    rules.Kind.HOURLY.value: _("By the hour"),
}
LEVELS = {
    rules.Level.ENTRY.value: _("Entry"),
    rules.Level.INTERMEDIATE.value: _("Intermediate"),
    rules.Level.EXPERT.value: _("Expert"),
}
LENGTHS = {
    rules.Length.WEEKS.value: _("Less than a month"),
    rules.Length.ONE_TO_THREE.value: _("1 to 3 months"),
    rules.Length.THREE_TO_SIX.value: _("3 to 6 months"),
    rules.Length.LONGER.value: _("More than 6 months"),
}
HOURS = {
    rules.Hours.LESS.value: _("Less than 30 hours a week"),
    rules.Hours.MORE.value: _("30 hours a week and more"),
}
VISIBILITIES = {
    rules.Visibility.PUBLIC.value: _("Everybody, also search engines"),
    rules.Visibility.MEMBERS.value: _("Only people who are signed in"),
    rules.Visibility.INVITED.value: _("Only freelancers I invite"),
}
STATES = {
    rules.State.DRAFT.value: _("Draft"),
    rules.State.OPEN.value: _("Open"),
    rules.State.PAUSED.value: _("Paused"),
    rules.State.FILLED.value: _("Filled"),
    rules.State.CLOSED.value: _("Closed"),
    rules.State.EXPIRED.value: _("Expired"),
    rules.State.REMOVED.value: _("Removed by staff"),
}
CLOSE_REASONS = {
    rules.CloseReason.HIRED_HERE.value: _("I hired somebody here"),
    rules.CloseReason.HIRED_ELSEWHERE.value: _("I found somebody elsewhere"),
    rules.CloseReason.NOT_NEEDED.value: _("The work is no longer needed"),
    rules.CloseReason.NO_FIT.value: _("Nobody fitted"),
    rules.CloseReason.OTHER.value: _("Another reason"),
}
# The words that templates need, by the name they use.
SHOWN = {
    "kinds": KINDS, "levels": LEVELS, "lengths": LENGTHS, "hours_texts": HOURS, "states": STATES,
    "visibilities": VISIBILITIES, "close_reasons": CLOSE_REASONS,
}  # fmt: skip
