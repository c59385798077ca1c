"""What the clock does: deadlines that pass, words before they do, and refunds that wait for money to take them from."""

from hirehall.kernel import clock
from hirehall.kernel.atomic import act_on_each, action
from hirehall.kernel.errors import NotFound
from hirehall.money.payments.actions.takebacks import take_back
from hirehall.money.payments.queries import available_minor
from hirehall.people.accounts.actors import Actor
from hirehall.work.contracts.queries import list_milestones
from hirehall.work.disputes import queries, rules
from hirehall.work.disputes.actions.evidence import start_mediation
from hirehall.work.disputes.actions.outcome import conclude, tell
from hirehall.work.disputes.actions.solutions import await_decision
from hirehall.work.disputes.models import Dispute, Look, Solution

State, How = rules.DisputeState, rules.How


@action
def pass_deadline(dispute_id: str) -> None:
    """The time of a step is over: an unanswered claim is decided for who asked, everything else goes on to the next step."""
    now = clock.now()
    dispute = queries.lock_dispute(dispute_id)
    is_due = dispute.due_at is not None and dispute.due_at <= now
    if dispute.state == State.CLAIMED and is_due:
        split = rules.split_for(dispute.claimant, dispute.disputed_escrow, dispute.disputed_refund)
        conclude(dispute, split, State.DECIDED, How.NO_ANSWER)
    elif dispute.state == State.EVIDENCE and is_due:
        start_mediation(dispute)
    elif (dispute.state == State.PROPOSED and is_due) or (dispute.state == State.MEDIATION and dispute.mediation_ends_at and dispute.mediation_ends_at <= now):
        await_decision(dispute)


def pass_all_deadlines() -> int:
    """Every dispute whose time is over, each in a transaction of its own."""
    return act_on_each(queries.list_due(clock.now()), pass_deadline)


@action
def remind(dispute_id: str) -> None:
    """Whoever still has to act hears once that their time is nearly over."""
    dispute = queries.lock_dispute(dispute_id)
    waits = awaited(dispute)
    if waits and dispute.due_at:
        key = f"{dispute.pk}:{dispute.due_at:%Y%m%d%H%M}"
        title = f"Your time to act in the dispute about “{dispute.contract.title}” is nearly over"
        tell(dispute, waits, "due", key, title, f"It is over at {dispute.due_at:%d %B %Y, %H:%M} UTC.")


def awaited(dispute: Dispute) -> tuple[str, ...]:
    """The sides whose turn it is."""
    if dispute.state == State.CLAIMED:
        return (dispute.answerer,)
    if dispute.state == State.EVIDENCE:
        done = {rules.CLIENT: dispute.client_done, rules.FREELANCER: dispute.freelancer_done}
        return tuple(side for side in rules.SIDES if not done[side])
    if dispute.state == State.PROPOSED:
        open_one = Solution.objects.get(dispute=dispute, by=rules.MEDIATOR, state=rules.SolutionState.OPEN)
        return tuple(side for side in rules.SIDES if getattr(open_one, f"{side}_accepts") is None)
    return ()


def remind_all() -> int:
    return act_on_each(queries.list_to_remind(clock.now()), remind)


@action
def collect_refund(dispute_id: str) -> None:
    """Take what goes back of released money from what the freelancer has available now; the rest waits for more."""
    dispute = queries.lock_dispute(dispute_id)
    net, fee = rules.part_of_refund(
        net=dispute.owed_net_minor, fee=dispute.owed_fee_minor, net_done=dispute.paid_net_minor,
        available=available_minor(dispute.freelancer_id, dispute.unit),
    )  # fmt: skip
    if not net:
        return
    take_back(
        contract_id=dispute.contract_id,
        escrow_ids=[part.pk for part in list_milestones(dispute.contract_id)],
        freelancer_id=dispute.freelancer_id,
        client_id=dispute.client_id,
        net=net,
        fee=fee,
        unit=dispute.unit,
        ref=f"{dispute.pk}:{dispute.paid_net_minor}",
        memo={
            "contract_title": dispute.contract.title, "client_name": dispute.client.name,
            "freelancer_name": dispute.freelancer.name,
        },
        vat_basis_points=dispute.contract.vat_basis_points,
    )  # fmt: skip
    dispute.paid_net_minor += net
    dispute.save(update_fields=["paid_net_minor"])


def collect_all() -> int:
    return act_on_each(queries.list_owed(), collect_refund)


@action
def note_look(actor: Actor, dispute_id: str) -> None:
    """Keep that somebody of the staff opened a case."""
    if not actor.is_staff or actor.user_id is None:
        raise NotFound("dispute")
    Look.objects.create(dispute_id=dispute_id, user_id=actor.user_id, at=clock.now())
