"""Contracts on the dashboards: cards of those that run, and what waits in offers, contracts and feedback."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from hirehall.kernel import clock
from hirehall.people.accounts.actors import Actor
from hirehall.trust.reputation.queries import list_closing_for, list_waiting_for
from hirehall.web.waiting import Next
from hirehall.work.contracts import words
from hirehall.work.contracts.queries import list_contracts_for, list_milestones_of, list_offers_to_answer
from hirehall.work.disputes import words as dispute_words
from hirehall.work.disputes.queries import list_running_for, side_of

CARDS_SHOWN, FEEDBACK_SHOWN = 4, 3


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


def running_cards(actor: Actor) -> list[ContractCard]:
    """The newest running contracts."""
    contracts = list(list_contracts_for(actor, ("active", "closing"))[:CARDS_SHOWN])
    parts = list_milestones_of([contract.pk for contract in contracts])
    return [_card(actor, contract, parts[contract.pk]) for contract in contracts]


def _card(actor: Actor, contract, parts: list) -> ContractCard:
    is_client = actor.party_id == contract.client_id
    text, turn = words.next_step(contract, parts, is_client)
    return ContractCard(
        contract.pk, contract.title, (contract.freelancer if is_client else contract.client).name, contract.kind, contract.unit,
        contract.state, contract.started_at, sum(part.amount_minor for part in parts), sum(part.released_minor for part in parts),
        sum(part.escrow_minor for part in parts), text, turn,
    )  # fmt: skip


def todo(actor: Actor, cards: list[ContractCard]) -> Iterator[Next]:
    """What waits for the reader, the most urgent first."""
    for offer in list_offers_to_answer(actor):
        other = offer.client.name if actor.party_id == offer.freelancer_id else offer.freelancer.name
        text = _("%(name)s waits for your answer to the offer “%(title)s”") % {"name": other, "title": offer.title}
        yield Next(text, href=reverse("contracts:offer", args=[offer.pk]), action=_("Read the offer"), since=offer.made_at)
    yield from _disputes(actor)
    for card in cards:
        if card.turn == "you":
            text = f"{card.title}: {card.next_text}"
            yield Next(text, href=reverse("contracts:room", args=[card.id]), action=_("Open the contract"))
    yield from _feedback(actor)


def _disputes(actor: Actor) -> Iterator[Next]:
    """Disputes in which the reader has to do something before a deadline."""
    for dispute in list_running_for(actor):
        text, turn = dispute_words.next_step(dispute, side_of(actor, dispute), list(dispute.solutions.all()))
        if turn == "you":
            told = _("Dispute about “%(title)s”: %(text)s") % {"title": dispute.contract.title, "text": text}
            yield Next(told, href=reverse("disputes:case", args=[dispute.pk]), action=_("Open the dispute"), since=dispute.opened_at)


def _feedback(actor: Actor) -> Iterator[Next]:
    waiting = [(window.contract, window.contract_id) for window in list_waiting_for(actor, clock.now())[:FEEDBACK_SHOWN]]
    for contract, contract_id in [*((each, each.pk) for each in list_closing_for(actor)), *waiting][:FEEDBACK_SHOWN]:
        text = _("Say how it was: feedback on “%(title)s”") % {"title": contract.title}
        yield Next(text, href=reverse("reputation:contract", args=[contract_id]), action=_("Give feedback"), since=contract.ended_at)
