"""What both sides and staff see alike of a dispute: its time line, its money, what was said and put forward."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from hirehall.work.contracts.models import Milestone
from hirehall.work.contracts.queries import list_milestones
from hirehall.work.disputes import queries, rules, words
from hirehall.work.disputes.models import Dispute, Solution


@dataclass(frozen=True)
class Wish:
    """How somebody would split what is disputed; amounts in minor units."""

    title: str
    to_freelancer: int
    to_client: int
    refund: int
    strong: bool = False


def of(dispute: Dispute, solutions: list[Solution]) -> dict[str, Any]:
    """The context that both pages share."""
    said, parts = queries.list_statements(dispute.pk), list_milestones(dispute.contract_id)
    return {
        "dispute": dispute,
        "contract": dispute.contract,
        "names": {side: words.side_name(dispute, side) for side in rules.SIDES},
        "state_text": words.state_text(dispute.state),
        "state_tone": words.state_tone(dispute.state),
        "time_line": words.time_line(dispute, solutions),
        "money": money(dispute, parts),
        "bank_text": words.bank_text(dispute, parts),
        "wishes": wishes(dispute, solutions),
        "claim_said": next((one for one in said if one.kind == "claim"), None),
        "answer_said": next((one for one in said if one.kind == "answer"), None),
        "evidence": [one for one in said if one.kind == "evidence"],
        "solutions": [(words.solution_title(dispute, one), one) for one in solutions],
        "how": words.how_text(dispute) if not dispute.is_open else "",
        "owed": dispute.owed_net_minor + dispute.owed_fee_minor,
        "still_owed": dispute.owed_net_minor - dispute.paid_net_minor,
    }


def money(dispute: Dispute, parts: list[Milestone]) -> list[tuple[str, int]]:
    """Where the escrow that waited at the opening is; what of an outcome waits for a bank is with neither side yet."""
    at_once = dispute.escrow_minor - dispute.claim_escrow_minor
    claimed_by_client = dispute.claimant == rules.CLIENT
    to_freelancer = at_once if claimed_by_client else dispute.given_escrow_minor
    to_client = dispute.given_escrow_minor if claimed_by_client else at_once
    held = dispute.disputed_escrow
    if not dispute.is_open:
        won = dispute.to_freelancer_minor or 0
        to_freelancer, to_client, held = to_freelancer + won, to_client + held - won, 0
    awarded = sum(part.awarded_minor for part in parts)
    frozen = min(to_client, sum(part.contested_minor for part in parts) - awarded) if awarded else 0
    shown = [(_("In dispute"), held)] if held or not awarded else []
    shown += [(_("Waits for the word of a bank"), awarded + frozen)] if awarded else []
    return [*shown, (_("Released to the freelancer"), to_freelancer - awarded), (_("Returned to the client"), to_client - frozen)]


def wishes(dispute: Dispute, solutions: list[Solution]) -> list[Wish]:
    """What each side wants of what is disputed, what is on the table, and what came of it."""
    escrow, refund = dispute.disputed_escrow, dispute.disputed_refund
    found = []
    for side in rules.SIDES:
        split = rules.split_for(side, escrow, refund)
        found.append(_wish(dispute, _("%(name)s wants") % {"name": words.side_name(dispute, side)}, split))
    for one in solutions:
        if one.state == rules.SolutionState.OPEN:
            split = rules.Split(one.to_freelancer_minor, one.refund_minor)
            found.append(_wish(dispute, words.solution_title(dispute, one), split))
    if not dispute.is_open:
        split = rules.Split(dispute.to_freelancer_minor or 0, dispute.refund_minor or 0)
        found.append(_wish(dispute, _("The outcome"), split, strong=True))
    return found


def _wish(dispute: Dispute, title: str, split: rules.Split, *, strong: bool = False) -> Wish:
    return Wish(
        title, split.to_freelancer_minor, dispute.disputed_escrow - split.to_freelancer_minor, split.refund_minor, strong
    )
