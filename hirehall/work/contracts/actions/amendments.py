"""Changes of a running contract: nothing moves until the other side accepts."""

from django.db import IntegrityError, transaction

from hirehall.kernel import clock, events
from hirehall.kernel.atomic import action
from hirehall.kernel.errors import NotFound, Refused, refuse
from hirehall.money.payments.actions.recovery import check_owes_nothing
from hirehall.money.payments.debt_queries import contested_of
from hirehall.people.accounts.actors import Actor
from hirehall.people.accounts.queries import get_party
from hirehall.people.accounts.rules import why_not_act
from hirehall.people.notifications.said import said
from hirehall.work.contracts import queries, rules
from hirehall.work.contracts.actions.milestones import approve_if_paid, ask_for_money, give_back, say, told
from hirehall.work.contracts.models import Amendment, Contract, Milestone
from hirehall.work.contracts.policy import numbers, numbers_in


def _told(contract: Contract, amendment: Amendment) -> dict:
    return {
        "contract": contract.id, "freelancer": contract.freelancer_id, "client": contract.client_id,
        "amendment": amendment.id, "amount": amendment.amount_minor, "unit": contract.unit,
    }  # fmt: skip


@action
def propose_amendment(
    actor: Actor, contract_id: str, terms: rules.MilestoneTerms, *, milestone_id: str = "", note: str = ""
) -> Amendment:
    """Propose another title, price or date for a milestone, or a new milestone; the other side decides."""
    contract = queries.lock_contract_for(actor, contract_id)
    refuse(why_not_act(actor.role, "hire" if actor.is_client else "bid", get_party(actor.party_id).standing))
    refuse(rules.why_not_milestone(terms, numbers_in(contract.unit)))
    milestone = None
    if milestone_id:
        milestone = Milestone.objects.select_for_update().filter(pk=milestone_id, contract=contract).first()
        if milestone is None:
            raise NotFound("milestone")
        refuse(rules.why_not_amend(milestone.state, contract.state, milestone.asked_minor))
        if terms.amount_minor < milestone.released_minor:
            raise Refused("amendment:below_paid", "More than that was released already.", field="amount")
        if (terms.title.strip(), terms.amount_minor, terms.due_on) == (milestone.title, milestone.amount_minor, milestone.due_on):
            raise Refused("amendment:same", "That is what is agreed already.")
    elif contract.state != rules.ContractState.ACTIVE:
        raise Refused("contract:ended", "This contract has ended.")
    elif contract.milestones.count() >= numbers().milestones_max:
        raise Refused("offer:milestones_many", "At most %(most)s milestones.", values={"most": numbers().milestones_max}, field="milestones")
    try:
        with transaction.atomic():
            amendment = Amendment.objects.create(
                contract=contract,
                milestone=milestone,
                by_party_id=actor.party_id,
                title=terms.title.strip(),
                amount_minor=terms.amount_minor,
                due_on=terms.due_on,
                note=note.strip()[:2000],
                state=rules.AmendmentState.OPEN,
                at=clock.now(),
            )
    except IntegrityError as error:
        raise Refused("amendment:open", "A change of this is being decided already.") from error
    other = contract.freelancer_id if actor.party_id == contract.client_id else contract.client_id
    say(contract, other, "amendment", amendment.id, said("%(name)s proposes a change: “%(title)s”", name=actor.name, title=amendment.title), note[:200])
    events.record("amendment:proposed", contract.id, actor, **_told(contract, amendment))
    return amendment


@action
def answer_amendment(actor: Actor, amendment_id: str, *, accept: bool) -> Amendment:
    """The other side accepts or declines; whoever proposed can take it back by declining."""
    contract = queries.lock_contract_for(actor, queries.get_amendment(amendment_id).contract_id)
    amendment = Amendment.objects.select_for_update().get(pk=amendment_id)
    own = amendment.by_party_id == actor.party_id
    if amendment.state != rules.AmendmentState.OPEN:
        raise Refused("amendment:answered", "This change was decided already.")
    if own and accept:
        raise Refused("amendment:own", "This is your own proposal; the other side decides.")
    refuse(why_not_act(actor.role, "hire" if actor.is_client else "bid", get_party(actor.party_id).standing))
    declined = rules.AmendmentState.WITHDRAWN if own else rules.AmendmentState.DECLINED
    amendment.state = rules.AmendmentState.ACCEPTED if accept else declined
    amendment.answered_at = clock.now()
    amendment.save(update_fields=["state", "answered_at"])
    if accept:
        _carry_out(actor, contract, amendment)
    other = contract.freelancer_id if actor.party_id == contract.client_id else contract.client_id
    verb, about = "accepted" if accept else "declined", {"name": actor.name, "title": amendment.title}
    title = said("%(name)s accepted the change “%(title)s”", **about) if accept else said("%(name)s declined the change “%(title)s”", **about)
    say(contract, other, f"amendment_{verb}", amendment.id, title)
    events.record("amendment:accepted" if accept else "amendment:declined", contract.id, actor, **_told(contract, amendment))
    return amendment


def _carry_out(actor: Actor, contract: Contract, amendment: Amendment) -> None:
    """The agreed change acts; a funded milestone's difference is charged or returned."""
    if contract.state != rules.ContractState.ACTIVE:
        raise Refused("contract:closing", "This contract is being closed.")
    if amendment.milestone_id is None:
        last = queries.list_milestones(contract.id)[-1]
        Milestone.objects.create(
            contract=contract,
            position=last.position + 1,
            title=amendment.title,
            amount_minor=amendment.amount_minor,
            due_on=amendment.due_on,
            state=rules.MilestoneState.PROPOSED,
        )
        return
    milestone = Milestone.objects.select_for_update().get(pk=amendment.milestone_id)
    refuse(rules.why_not_amend(milestone.state, contract.state, milestone.asked_minor))
    after = amendment.amount_minor
    if after < milestone.released_minor:
        raise Refused("amendment:below_paid", "More than that was released already.", field="amount")
    milestone.title, milestone.amount_minor, milestone.due_on = amendment.title, after, amendment.due_on
    milestone.save(update_fields=["title", "amount_minor", "due_on"])
    if milestone.state not in rules.HOLDING:
        return
    # A bank may have frozen it a moment ago, when the milestone has not heard of it yet.
    refuse(rules.why_not_while_contested(milestone.contested_minor or contested_of(milestone.id).frozen))
    paid_in = milestone.paid_in_minor
    if after > paid_in:
        check_owes_nothing(actor, contract.client_id)
        ask_for_money(contract, milestone)
    elif after < paid_in:
        give_back(contract, milestone, paid_in - after, "amended")
    if approve_if_paid(milestone):
        events.record("milestone:approved", contract.id, None, **told(contract, milestone, 0))
