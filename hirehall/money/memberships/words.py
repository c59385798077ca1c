"""What a plan gives, in words for the reader."""

from django.utils.translation import gettext as _

from hirehall.money.memberships.rules import Plan


def perk_words(plan: Plan) -> list[str]:
    """The lines of a plan's card."""
    lines = []
    if plan.kind != "client":
        lines.append(_("%(count)s Connects each month") % {"count": plan.monthly_connects})
    words = {"no_direct_fee": _("No fee on contracts with clients you bring yourself")}
    lines += [words[perk] for perk in plan.perks if perk in words]
    return lines
