"""How a contract begins, once both want the same: with its milestones, its room and its first payment."""

from django.urls import reverse

from hirehall.kernel import clock, events, policy
from hirehall.market.jobs.actions.activity import note_hire
from hirehall.market.proposals.actions.deciding import mark_hired
from hirehall.people.messages.actions import join_subject, mark_contract_started, open_room, post_notice
from hirehall.people.messages.queries import find_room
from hirehall.people.notifications.said import said
from hirehall.work.contracts import extra_queries, queries, rules
from hirehall.work.contracts.actions.milestones import ask_for_money
from hirehall.work.contracts.models import Contract, Milestone, Offer
from hirehall.work.contracts.pricing import fees_of_offer


def start_contract(offer: Offer, terms: rules.OfferTerms) -> Contract:
    """The contract of an offer that both want: its fees stay as they are now, its first milestone is asked for."""
    contract = _make_contract(offer, terms)
    _add_milestones(contract, terms)
    _open_contract_room(offer, contract)
    # From the top down, as everywhere: whoever touches a proposal and its job locks the proposal first.
    # After a paid test the client still chooses: proposal and job stay open.
    if offer.proposal_id and not offer.is_test:
        mark_hired(offer.proposal_id)
    if offer.job_id and not offer.is_test:
        note_hire(offer.job_id)
    ask_for_money(contract, queries.list_milestones(contract.id)[0])
    events.record(
        "contract:started",
        contract.id,
        None,
        kind=contract.kind,
        job=offer.job_id,
        freelancer=offer.freelancer_id,
        client=offer.client_id,
        offer=offer.id,
        proposal=offer.proposal_id,
    )
    return contract


def _make_contract(offer: Offer, terms: rules.OfferTerms) -> Contract:
    frozen = fees_of_offer(offer)
    return Contract.objects.create(
        client_id=offer.client_id,
        freelancer_id=offer.freelancer_id,
        job_id=offer.job_id,
        proposal_id=offer.proposal_id,
        offer=offer,
        title=terms.title.strip(),
        scope=terms.scope.strip(),
        deliverables=terms.deliverables.strip(),
        revisions=terms.revisions,
        unit=offer.unit,
        is_test=offer.is_test,
        fee_basis_points=frozen.fee.basis_points,
        fee_rule=frozen.fee.rule,
        vat_basis_points=frozen.vat.basis_points,
        client_fee_basis_points=frozen.client.basis_points,
        client_vat_basis_points=frozen.client.vat_basis_points,
        initiation_fee_minor=frozen.client.initiation_minor,
        policy_version=policy.version(),
        state=rules.ContractState.ACTIVE,
        started_at=clock.now(),
    )


def _add_milestones(contract: Contract, terms: rules.OfferTerms) -> None:
    Milestone.objects.bulk_create(
        Milestone(
            contract=contract,
            position=number,
            title=each.title.strip(),
            amount_minor=each.amount_minor,
            due_on=each.due_on,
            state=rules.MilestoneState.PROPOSED,
        )
        for number, each in enumerate(terms.milestones, 1)
    )


def _open_contract_room(offer: Offer, contract: Contract) -> None:
    link = reverse("contracts:room", args=[contract.id])
    room = find_room("proposal", offer.proposal_id) if offer.proposal_id else None
    tested = extra_queries.find_test_of(offer.proposal_id, contract.id) if offer.proposal_id and not room else None
    room = room or (find_room("contract", tested.id) if tested else None)
    if room:
        join_subject(room.id, "contract", contract.id, link)
    else:
        room = open_room("contract", contract.id, contract.title, [offer.client_id, offer.freelancer_id], link=link)
    mark_contract_started("contract", contract.id)
    post_notice(room.id, said("The contract has started. You may now share contact details; payment stays here."))
