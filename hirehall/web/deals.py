"""Contracts on the dashboards: cards of those that run, and what waits in offers, contracts and feedback."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hirehall.kernel import clock
from hirehall.people.accounts.actors import Actor
from hirehall.trust.reputation.queries import list_closing_for, list_waiting_for
from hirehall.web.waiting import Next
from hirehall.work.contracts import turns
from hirehall.work.contracts.extra_queries import list_open_of
from hirehall.work.contracts.queries import list_contracts_for, list_milestones_of, list_offers_to_answer
from hirehall.work.disputes import words as dispute_words
from hirehall.work.disputes.queries import list_running_for, side_of

CARDS_SHOWN, FEEDBACK_SHOWN, MOVES_SHOWN = 4, 3, 4
# Of how many running contracts the moves are looked at.
CONTRACTS_LOOKED_AT = 60


@dataclass(frozen=True)
class ContractCard:
    """A running contract as one side sees it; amounts in minor units."""

    id: str
    title: str
    other_name: str
    kind: str
    unit: str
    state: str
    started_at: datetime
    total_minor: int
    paid_minor: int
    escrow_minor: int
    next_text: str
    turn: str


def running_cards(actor: Actor) -> tuple[list[ContractCard], list[Next]]:
    """The newest running contracts, and every move in any of them that is the reader's."""
    contracts = list(list_contracts_for(actor, ("active", "closing"))[:CONTRACTS_LOOKED_AT])
    keys = [contract.pk for contract in contracts]
    parts, opened, running = list_milestones_of(keys), list_open_of(keys), list_running_for(actor)
    disputes = {dispute.contract_id: _in_dispute(actor, dispute) for dispute in running}
    titles = {dispute.contract_id: dispute.contract.title for dispute in running}
    cards: list[ContractCard] = []
    moves = [replace(one, text=f"{titles[key]}: {one.text}") for key, one in disputes.items() if one.turn == turns.YOU]
    for contract in contracts:
        steps = turns.steps(contract, parts[contract.pk], opened[contract.pk], actor.party_id)
        if len(cards) < CARDS_SHOWN:
            first = disputes.get(contract.pk) or steps[0]
            cards.append(_card(actor, contract, parts[contract.pk], first))
        moves += [_move(contract, step) for step in steps if step.turn == turns.YOU]
    return cards, moves


def _move(contract, step: turns.Step) -> Next:
    href = reverse("contracts:room", args=[contract.pk]) + (f"#{step.place}" if step.place else "")
    return Next(f"{contract.title}: {step.text}", href=href, action=_("Open the contract"))


def _card(actor: Actor, contract, parts: list, first: turns.Step | Next) -> ContractCard:
    is_client = actor.party_id == contract.client_id
    return ContractCard(
        contract.pk, contract.title, (contract.freelancer if is_client else contract.client).name, contract.kind, contract.unit,
        contract.state, contract.started_at, sum(part.amount_minor for part in parts), sum(part.released_minor for part in parts),
        sum(part.escrow_minor for part in parts), first.text, first.turn,
    )  # fmt: skip


def todo(actor: Actor, moves: list[Next]) -> Iterator[Next]:
    """What waits for the reader, the most urgent first."""
    for offer in list_offers_to_answer(actor):
        other = offer.client.name if actor.party_id == offer.freelancer_id else offer.freelancer.name
        text = _("%(name)s waits for your answer to the offer “%(title)s”") % {"name": other, "title": offer.title}
        yield Next(text, href=reverse("contracts:offer", args=[offer.pk]), action=_("Read the offer"), since=offer.made_at)
    yield from moves[:MOVES_SHOWN]
    if len(moves) > MOVES_SHOWN:
        text = ngettext("%(n)s more contract waits for you", "%(n)s more moves in your contracts wait for you", len(moves) - MOVES_SHOWN)
        yield Next(text % {"n": len(moves) - MOVES_SHOWN}, href=reverse("contracts:list"), action=_("See all"))
    yield from _feedback(actor)


def disputes_of(actor: Actor) -> dict[str, Next]:
    """The most urgent running disputes by their contracts: what is next in each, and whose move it is."""
    return {dispute.contract_id: _in_dispute(actor, dispute) for dispute in list_running_for(actor)}


def _in_dispute(actor: Actor, dispute) -> Next:
    text, turn = dispute_words.next_step(dispute, side_of(actor, dispute), list(dispute.solutions.all()))
    href = reverse("disputes:case", args=[dispute.pk])
    return Next(_("In dispute: %(text)s") % {"text": text}, turn, href, _("Open the dispute"), dispute.opened_at)


def _feedback(actor: Actor) -> Iterator[Next]:
    waiting = [(window.contract, window.contract_id) for window in list_waiting_for(actor, clock.now())[:FEEDBACK_SHOWN]]
    for contract, contract_id in [*((each, each.pk) for each in list_closing_for(actor)), *waiting][:FEEDBACK_SHOWN]:
        text = _("Say how it was: feedback on “%(title)s”") % {"title": contract.title}
        yield Next(text, href=reverse("reputation:contract", args=[contract_id]), action=_("Give feedback"), since=contract.ended_at)
