"""What pages say of a dispute: whose turn it is, its time line with deadlines, and how it ended."""

from django.utils.translation import gettext as _

from hirehall.kernel.money import format_money
from hirehall.work.contracts.models import Milestone
from hirehall.work.disputes import rules
from hirehall.work.disputes.models import Dispute, Solution

State = rules.DisputeState


def state_text(state: str) -> str:
    """The badge of a state."""
    return {
        State.CLAIMED: _("Waits for the answer"), State.EVIDENCE: _("Evidence"), State.MEDIATION: _("With the mediator"),
        State.PROPOSED: _("Proposal on the table"), State.DECIDING: _("To be decided"), State.DECIDED: _("Decided"),
        State.SETTLED: _("Settled"), State.WITHDRAWN: _("Taken back"),
    }[State(state)]  # fmt: skip


def state_tone(state: str) -> str:
    if state in (State.DECIDED, State.SETTLED):
        return "success"
    return "plain" if state == State.WITHDRAWN else "warning"


def side_name(dispute: Dispute, side: str) -> str:
    """What a side is called on the page; staff see both names."""
    return {rules.CLIENT: dispute.client.name, rules.FREELANCER: dispute.freelancer.name}.get(side, _("the mediator"))


def how_text(dispute: Dispute) -> str:
    """How it ended, in one sentence."""
    names = {"claimant": side_name(dispute, dispute.claimant), "other": side_name(dispute, dispute.answerer)}
    return {
        rules.How.NO_ANSWER: _("%(other)s did not answer in time, so it was decided for %(claimant)s."),
        rules.How.CONCEDED: _("%(other)s gave all that %(claimant)s asked for."),
        rules.How.AGREEMENT: _("Both sides agreed on a split."),
        rules.How.PROPOSAL: _("Both sides accepted the mediator's proposal."),
        rules.How.DECISION: _("It was decided, by the evidence. The decision is final."),
        rules.How.WITHDRAWN: _("%(claimant)s took the claim back."),
    }[rules.How(dispute.how)] % names  # fmt: skip


def next_step(dispute: Dispute, side: str, solutions: list[Solution]) -> tuple[str, str]:
    """(text, whose turn) for a side."""
    if not dispute.is_open:
        return how_text(dispute), "done"
    other = {"name": side_name(dispute, rules.other_side(side))}
    offered = any(s.by == rules.other_side(side) and s.state == rules.SolutionState.OPEN for s in solutions)
    text, turn = _by_state(dispute, side, solutions, other)
    if offered and turn != "you":
        return _("%(name)s offers a split: accept or decline it.") % other, "you"
    return text, turn


def _by_state(dispute: Dispute, side: str, solutions: list[Solution], other: dict[str, str]) -> tuple[str, str]:
    if dispute.state == State.CLAIMED:
        if side == dispute.claimant:
            return _("%(name)s has to answer; without an answer it is decided for you.") % other, "them"
        return _("Answer the claim; without an answer it is decided for %(name)s.") % other, "you"
    if dispute.state == State.EVIDENCE:
        done = dispute.client_done if side == rules.CLIENT else dispute.freelancer_done
        if done:
            return _("You have said all; %(name)s can still add evidence.") % other, "them"
        return _("Add what shows how it was, and say when that is all."), "you"
    if dispute.state == State.PROPOSED:
        open_one = next(s for s in solutions if s.by == rules.MEDIATOR and s.state == rules.SolutionState.OPEN)
        mine = open_one.client_accepts if side == rules.CLIENT else open_one.freelancer_accepts
        if mine is None:
            return _("Accept or decline the mediator's proposal."), "you"
        return _("You have accepted; %(name)s has to answer.") % other, "them"
    if dispute.state == State.MEDIATION:
        return _("A mediator looks at the evidence and proposes a split."), "market"
    return _("The operator decides by the evidence; you can still agree until then."), "market"


def staff_step(dispute: Dispute) -> tuple[str, str]:
    """The same for staff."""
    if not dispute.is_open:
        return how_text(dispute), "done"
    if dispute.state == State.MEDIATION:
        return _("The evidence is in: propose a split with reasons."), "you"
    if dispute.state == State.DECIDING:
        return _("Decide by the evidence, with reasons; or propose once more if time is left."), "you"
    return state_text(dispute.state), "them"


def time_line(dispute: Dispute, solutions: list[Solution]) -> list[tuple]:
    """The whole way: what was, what is now with its deadline, and what would come."""
    order = [State.CLAIMED, State.EVIDENCE, State.MEDIATION, State.PROPOSED, State.DECIDING]
    here = order.index(State(dispute.state)) if dispute.is_open else len(order)
    steps = [(_("Opened by %(name)s") % {"name": side_name(dispute, dispute.claimant)}, dispute.opened_at, "", "done")]
    titles = [_("Answer"), _("Evidence"), _("Mediation"), _("Proposal"), _("Decision")]
    proposals = [s for s in solutions if s.by == rules.MEDIATOR]
    moments = {0: dispute.answered_at, 3: proposals[0].at if proposals else None}
    for place, title in enumerate(titles):
        if place < here:
            if dispute.is_open or moments.get(place):
                steps.append((title, moments.get(place), "", "done"))
        elif place == here:
            text = _("The turn of %(who)s, until then") % {"who": turn_text(dispute)}
            steps.append((title, dispute.due_at, text, "now"))
        else:
            steps.append((title, None, "", "later"))
    if not dispute.is_open:
        steps.append((state_text(dispute.state), dispute.ended_at, how_text(dispute), "done"))
    elif dispute.mediation_ends_at and here < order.index(State.DECIDING):
        steps.insert(-1, (_("Mediation is over at the latest"), dispute.mediation_ends_at, "", "later"))
    return steps


def bank_text(dispute: Dispute, parts: list[Milestone]) -> str:
    """What a bank has to do with the money in dispute; empty nearly always."""
    frozen, awarded = (
        format_money(sum(getattr(part, name) for part in parts), dispute.unit) for name in ("contested_minor", "awarded_minor")
    )
    if not dispute.is_open and any(part.awarded_minor for part in parts):
        return _(
            "A bank disputes the payment. When it has decided, %(amount)s is paid to the freelancer: from escrow, or by the "
            "market, which the client then owes."
        ) % {"amount": awarded}  # fmt: skip
    if dispute.is_open and dispute.disputed_escrow and any(part.contested_minor for part in parts):
        return _(
            "A bank disputes the payment; %(amount)s is set aside until it has decided. That changes nothing in this dispute: "
            "what it gives to the freelancer is paid either way."
        ) % {"amount": frozen}  # fmt: skip
    return ""


def turn_text(dispute: Dispute) -> str:
    """Who has to do something now."""
    if dispute.state == State.CLAIMED:
        return side_name(dispute, dispute.answerer)
    if dispute.state in (State.EVIDENCE, State.PROPOSED):
        return _("both sides")
    return _("the mediator") if dispute.state == State.MEDIATION else _("the operator")


def solution_title(dispute: Dispute, solution: Solution) -> str:
    if solution.by == rules.MEDIATOR:
        return _("The mediator's proposal")
    return _("An offer of %(name)s") % {"name": side_name(dispute, solution.by)}
