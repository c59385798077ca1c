"""Reads of feedback. The private part leaves this room only to its author; the other side's words only once published."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from hirehall.kernel.errors import NotFound
from hirehall.people.accounts.actors import Actor
from hirehall.trust.reputation import rules
from hirehall.trust.reputation.models import Feedback, Window
from hirehall.work.contracts.models import Contract
from hirehall.work.contracts.queries import get_contract_for, list_closing_of

OTHER = {"client": "freelancer", "freelancer": "client"}


@dataclass(frozen=True)
class Published:
    """Feedback as anybody who may see it sees it: without its private part."""

    id: str
    contract_id: str
    title: str
    side: str
    phase: str
    author: str
    about: str
    about_id: str
    stars: dict[str, int]
    overall: int
    text: str
    published_at: datetime
    public: bool
    reply: str
    replied_at: datetime | None
    changed_at: datetime | None
    asked_at: datetime | None
    unlocked_until: datetime | None


@dataclass(frozen=True)
class Exchange:
    """Both sides' feedback on one contract as one side sees it: `theirs` stays empty until it is published."""

    contract: Contract
    side: str
    standing: rules.Standing
    window: Window | None
    mine: list[Feedback]
    theirs: list[Published]
    theirs_given: bool


def side_of(contract: Contract, party_id: str | None) -> str:
    """"client" or "freelancer"; others have no side."""
    if party_id == contract.client_id:
        return "client"
    if party_id == contract.freelancer_id:
        return "freelancer"
    raise NotFound("contract")


def publish_view(row: Feedback) -> Published:
    """The part of a row that is not private."""
    if row.published_at is None:
        raise NotFound("feedback")
    return Published(
        row.pk, row.contract_id, row.contract.title, row.side, row.phase, row.author.name, row.about.name, row.about_id,
        row.stars, row.overall, row.text, row.published_at, row.public, row.reply, row.replied_at, row.changed_at,
        row.asked_at, row.unlocked_until,
    )  # fmt: skip


def _rows() -> QuerySet[Feedback]:
    return Feedback.objects.select_related("contract", "author", "about").order_by("-id")


def standing_of(contract: Contract, given: Iterable[Feedback]) -> rules.Standing:
    """How a contract stands for the rules."""
    waits = contract.state == "closing" and contract.closes_at is not None
    done = frozenset(f"{row.side}:{row.phase}" for row in given)
    return rules.Standing(contract.state, contract.started_at, contract.ended_at, waits, done)


def get_exchange_for(actor: Actor, contract_id: str) -> Exchange:
    """Both sides' feedback on a contract to which the actor is a side."""
    contract = get_contract_for(actor, contract_id)
    side = side_of(contract, actor.party_id)
    rows = list(_rows().filter(contract_id=contract_id))
    theirs = [row for row in rows if row.side != side]
    return Exchange(
        contract,
        side,
        standing_of(contract, rows),
        Window.objects.filter(pk=contract_id).first(),
        [row for row in rows if row.side == side],
        [publish_view(row) for row in theirs if row.published_at],
        any(row.phase == rules.Phase.FINAL for row in theirs),
    )


def lock_feedback(feedback_id: str, **owner: str | None) -> Feedback:
    """A row of which somebody is the author or the subject, locked: `lock_feedback(id, about_id=actor.party_id)`."""
    found = Feedback.objects.select_for_update().filter(pk=feedback_id, **owner).first()
    if found is None:
        raise NotFound("feedback")
    return found


def find_own_feedback(actor: Actor, feedback_id: str) -> Feedback:
    """Feedback that the actor's party wrote, with its private part."""
    found = _rows().filter(pk=feedback_id, author_id=actor.party_id or "").first()
    if found is None:
        raise NotFound("feedback")
    return found


def get_received_for(actor: Actor, feedback_id: str) -> Published:
    """Published feedback about the actor's party."""
    found = _rows().filter(pk=feedback_id, about_id=actor.party_id or "", published_at__isnull=False).first()
    if found is None:
        raise NotFound("feedback")
    return publish_view(found)


def list_final(contract_id: str) -> list[Feedback]:
    """Both sides' feedback at the end, locked."""
    rows = Feedback.objects.select_for_update().filter(contract_id=contract_id, phase=rules.Phase.FINAL)
    return list(rows.order_by("id"))


def _of_side(party_id: str) -> Q:
    return Q(contract__client_id=party_id) | Q(contract__freelancer_id=party_id)


def list_waiting_for(actor: Actor, now: datetime) -> QuerySet[Window]:
    """Ended contracts on which the actor can still give feedback, the most urgent first."""
    party = actor.party_id or ""
    given = Feedback.objects.filter(contract_id=OuterRef("pk"), author_id=party, phase=rules.Phase.FINAL)
    found = Window.objects.filter(_of_side(party), ~Exists(given), closes_at__gt=now, published_at=None)
    return found.select_related("contract__client", "contract__freelancer").order_by("closes_at")


def list_closing_for(actor: Actor) -> list[Contract]:
    """Contracts that the freelancer ended and that the client's feedback completes."""
    return list_closing_of(actor.party_id or "") if actor.is_client else []


def list_received_for(actor: Actor) -> QuerySet[Feedback]:
    """Published feedback about the actor's party, newest first; show it through `publish_view`."""
    return _rows().filter(about_id=actor.party_id or "", published_at__isnull=False)


def list_given_for(actor: Actor) -> QuerySet[Feedback]:
    """What the actor's party wrote, newest first, with its private part."""
    return _rows().filter(author_id=actor.party_id or "")


def list_public_about(party_id: str) -> QuerySet[Feedback]:
    """Public feedback about a party, newest first; show it through `publish_view`."""
    return _rows().filter(about_id=party_id, public=True, published_at__isnull=False)


def public_by_contract(contract_ids: list[str], side: str) -> dict[str, Published]:
    """The public feedback of one side at the end of several contracts, in one query."""
    if not contract_ids:
        return {}
    rows = _rows().filter(contract_id__in=contract_ids, side=side, public=True, phase=rules.Phase.FINAL, published_at__isnull=False)
    return {row.contract_id: publish_view(row) for row in rows}


def list_due_windows(now: datetime) -> list[str]:
    """Windows whose time is over and whose feedback is still hidden."""
    due = Window.objects.filter(published_at=None, closes_at__lte=now).order_by("closes_at")
    return list(due.values_list("pk", flat=True)[:1000])


def list_windows_to_remind(now: datetime, days: int) -> list[str]:
    """Windows that close soon and whose silent sides have not been reminded."""
    soon = Window.objects.filter(published_at=None, reminded_at=None, closes_at__lte=now + timedelta(days=days), closes_at__gt=now)
    return list(soon.order_by("closes_at").values_list("pk", flat=True)[:1000])
