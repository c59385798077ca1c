"""Words of the books for people: kinds of accounts, checks, codes of income, and what staff did."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "party": _("Available to the party"),
    "gateway": _("Outside world (gateway)"),
    "available": _("Available to users"),
    "pending": _("Earned, security days"),
    "escrow": _("Escrow"),
    "contested": _("Disputed by banks"),
    "payout": _("On its way to users"),
    "refund": _("On its way back to cards"),
    "fee": _("Income from fees"),
    "sales": _("Income from Connects"),
    "tax": _("Tax on fees"),
    "guarantee": _("Guarantee account"),
    "bank": _("Operator's bank account"),
    "exchange": _("Exchange"),
    "adjustment": _("Adjustments by hand"),
    "issue": _("Connects issued"),
    "connects": _("Connects that users have"),
    "used": _("Connects used"),
    "expired": _("Connects expired"),
}
CHECKS = {
    "totals": _("Every unit's total is zero"),
    "balances": _("Balances follow from transfers"),
    "days": _("Closed days follow from transfers"),
    "events": _("Parties' money follows from events"),
    "pending": _("Pending is the sum of its holds"),
    "connects": _("Connects are those in the lots"),
    "escrow": _("Escrow is what milestones say"),
    "gateway sandbox": _("The sandbox gateway's list"),
    "gateway stripe": _("Stripe's list"),
}
CODES = {
    "service_fee": _("Service fee"),
    "withdrawal_fee": _("Fee of withdrawals"),
    "withdrawal_fee_back": _("Withdrawal fees returned"),
    "connects_payment": _("Connects sold"),
    "adjustment": _("Put right by hand"),
}
VERBS = {
    "adjustment:proposed": _("proposed an adjustment"),
    "adjustment:approved": _("approved an adjustment"),
    "adjustment:declined": _("declined an adjustment"),
    "adjustment:withdrawn": _("took a proposal back"),
    "adjustment:expired": _("A proposal lapsed"),
    "finding:explained": _("explained a finding"),
}
