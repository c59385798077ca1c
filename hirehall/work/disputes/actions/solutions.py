"""Splits that are put forward: by the mediator to both, or by one side to the other; and the operator's decision."""

from datetime import timedelta

from hirehall.kernel import clock, events
from hirehall.kernel.atomic import action
from hirehall.kernel.errors import Refused, refuse
from hirehall.people.accounts.actors import Actor
from hirehall.people.notifications.said import said
from hirehall.work.disputes import queries, rules
from hirehall.work.disputes.actions.outcome import conclude, facts, note, tell, tell_staff
from hirehall.work.disputes.actions.powers import refuse_role
from hirehall.work.disputes.models import Dispute, Solution
from hirehall.work.disputes.policy import numbers

State, How, Answer = rules.DisputeState, rules.How, rules.SolutionState


@action
def propose_solution(actor: Actor, dispute_id: str, split: rules.Split, reasons: str) -> Solution:
    """The mediator puts a split with reasons to both sides; their days to answer begin."""
    now = clock.now()
    dispute = queries.lock_case_for(actor, dispute_id)
    refuse(rules.why_not_move("propose", dispute.state))
    if dispute.mediation_ends_at:
        refuse(rules.why_not_propose_now(now, dispute.mediation_ends_at, numbers()))
    refuse(rules.why_not_split(split, dispute.disputed_escrow, dispute.disputed_refund))
    refuse(rules.why_not_text(reasons, numbers(), field="reasons"))
    solution = _put(dispute, rules.MEDIATOR, actor, split, reasons)
    dispute.state, dispute.due_at = State.PROPOSED, rules.proposal_answers_due(now, numbers())
    dispute.save(update_fields=["state", "due_at"])
    parts = {"to_freelancer": split.to_freelancer_minor, "refund": split.refund_minor}
    events.record("dispute:proposed", dispute.contract_id, actor, **facts(dispute, solution=solution.pk, split=parts))
    title = said("The mediator proposes how “%(title)s” can be settled", title=dispute.contract.title)
    note(dispute, title)
    within = said("Accept or decline within %(days)s days.", days=numbers().proposal_answer_days)
    tell(dispute, rules.SIDES, "proposed", solution.pk, title, within)
    return solution


@action
def offer_settlement(actor: Actor, dispute_id: str, split: rules.Split, reasons: str = "") -> Solution:
    """One side offers the other a split, at any time; a new offer takes the place of the last."""
    dispute, side = queries.lock_dispute_for(actor, dispute_id)
    refuse_role(actor)
    refuse(rules.why_not_move("settle", dispute.state))
    refuse(rules.why_not_split(split, dispute.disputed_escrow, dispute.disputed_refund))
    if reasons:
        refuse(rules.why_not_text(reasons, numbers(), field="reasons"))
    solution = _put(dispute, side, actor, split, reasons)
    title = said("%(name)s offers to settle the dispute about “%(title)s”", name=actor.name, title=dispute.contract.title)
    tell(dispute, (rules.other_side(side),), "offered", solution.pk, title, reasons[:300])
    return solution


def _put(dispute: Dispute, by: str, actor: Actor, split: rules.Split, reasons: str) -> Solution:
    """A new open solution; the maker's own yes is in it, and an older one of theirs is replaced."""
    Solution.objects.filter(dispute=dispute, by=by, state=Answer.OPEN).update(state=Answer.REPLACED)
    return Solution.objects.create(
        dispute=dispute, by=by, user_id=actor.user_id, to_freelancer_minor=split.to_freelancer_minor,
        refund_minor=split.refund_minor, reasons=reasons.strip(), state=Answer.OPEN, at=clock.now(),
        client_accepts=True if by == rules.CLIENT else None, freelancer_accepts=True if by == rules.FREELANCER else None,
    )  # fmt: skip


@action
def answer_solution(actor: Actor, solution_id: str, *, accept: bool) -> Solution:
    """Accept or decline; when both have accepted, it acts at once. Whoever offered can take it back by declining."""
    dispute, side = queries.lock_dispute_for(actor, queries.find_dispute_id(actor, solution_id))
    refuse_role(actor)
    solution = Solution.objects.get(pk=solution_id)
    column = f"{side}_accepts"
    own = solution.by == side
    if solution.state == Answer.ACCEPTED and accept:
        return solution
    refuse(rules.why_not_move("settle", dispute.state))
    if solution.state != Answer.OPEN:
        raise Refused("solution:closed", "This was answered, taken back or replaced; it can't be answered any more.")
    if own and accept:
        raise Refused("solution:own", "This is your own offer; the other side decides.")
    if solution.by == rules.MEDIATOR:
        refuse(rules.why_not_in_time(dispute.due_at, clock.now()))
        if getattr(solution, column) is not None:
            if accept:
                return solution
            raise Refused("solution:answered", "You have accepted this already.")
    setattr(solution, column, accept)
    if not accept:
        solution.state = Answer.REPLACED if own else Answer.DECLINED
    elif solution.client_accepts and solution.freelancer_accepts:
        solution.state = Answer.ACCEPTED
    solution.save(update_fields=[column, "state"])
    _go_on(dispute, solution, side, actor)
    return solution


def _go_on(dispute: Dispute, solution: Solution, side: str, actor: Actor) -> None:
    """What an answer leads to: an agreement, the operator's decision, or only a word to the other side."""
    split = rules.Split(solution.to_freelancer_minor, solution.refund_minor)
    if solution.state == Answer.ACCEPTED:
        how = How.PROPOSAL if solution.by == rules.MEDIATOR else How.AGREEMENT
        conclude(dispute, split, State.SETTLED, how, actor=actor, reasons=solution.reasons)
    elif solution.state == Answer.DECLINED:
        other = (rules.other_side(side),)
        tell(dispute, other, "declined", solution.pk, said("%(name)s has declined the split for “%(title)s”", name=actor.name, title=dispute.contract.title))
        if solution.by == rules.MEDIATOR:
            await_decision(dispute)


def await_decision(dispute: Dispute) -> None:
    """No agreement came of the mediation of a locked dispute: the operator decides."""
    Solution.objects.filter(dispute=dispute, by=rules.MEDIATOR, state=Answer.OPEN).update(state=Answer.LAPSED)
    dispute.state, dispute.due_at = State.DECIDING, clock.now() + timedelta(days=numbers().decision_days)
    dispute.save(update_fields=["state", "due_at"])
    title = said("No agreement about “%(title)s”: it will be decided", title=dispute.contract.title)
    body = said("You get a decision with its reasons within %(days)s days; you can still agree until then.", days=numbers().decision_days)
    tell(dispute, rules.SIDES, "deciding", f"{dispute.pk}:{dispute.due_at:%Y%m%d%H%M}", title, body)
    tell_staff(dispute, "deciding", said("A mediation ended without agreement: decide it"), said("Both sides expect the decision until %(due)s.", due=dispute.due_at))


@action
def decide_dispute(actor: Actor, dispute_id: str, split: rules.Split, reasons: str) -> Dispute:
    """The operator decides by the evidence: any split, with reasons. It moves the money and is final."""
    dispute = queries.lock_case_for(actor, dispute_id)
    refuse(rules.why_not_move("decide", dispute.state))
    refuse(rules.why_not_split(split, dispute.disputed_escrow, dispute.disputed_refund))
    refuse(rules.why_not_text(reasons, numbers(), field="reasons"))
    conclude(dispute, split, State.DECIDED, How.DECISION, actor=actor, reasons=reasons)
    return dispute
