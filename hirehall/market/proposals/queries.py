"""Reads of proposals: one's own, those to one's own job, and what the client's list shows."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from hirehall.kernel.errors import NotFound
from hirehall.kernel.models import StoredFile
from hirehall.kernel.prepared import Prepared
from hirehall.market.jobs.models import Job
from hirehall.market.jobs.queries import get_own_job
from hirehall.market.profiles.cards import TalentCard
from hirehall.market.profiles.queries import list_cards
from hirehall.market.proposals import rules
from hirehall.market.proposals.models import Proposal
from hirehall.market.proposals.policy import numbers
from hirehall.people.accounts.actors import Actor

FILE_PURPOSE = "proposal"
TABS: dict[str, tuple[str, ...]] = {
    "all": (rules.State.SENT, rules.State.SHORTLISTED),
    "shortlisted": (rules.State.SHORTLISTED,),
    "archived": (rules.State.ARCHIVED, rules.State.DECLINED),
    "hired": (rules.State.HIRED,),
}
MINE: dict[str, tuple[str, ...]] = {
    "active": (rules.State.SENT, rules.State.SHORTLISTED, rules.State.ARCHIVED),
    "hired": (rules.State.HIRED,),
    "ended": (rules.State.DECLINED, rules.State.WITHDRAWN, rules.State.CLOSED),
}
ORDERS = {"newest": "-id", "oldest": "id", "price": "price_minor", "price_down": "-price_minor"}


@dataclass(frozen=True)
class Row:
    """One proposal of a list, with what the row's component reads."""

    id: str
    letter: str
    price_minor: int
    unit: str
    kind: str
    sent_at: datetime
    state: str
    unread: bool
    job_id: str
    job_title: str
    client_name: str
    messaged: bool
    card: TalentCard | None = None
    state_text: str = ""


def is_side(actor: Actor) -> Q:
    """Proposals to which an actor is one of the two sides; staff are none."""
    if actor.is_system:
        return Q()
    party = actor.party_id or ""
    return Q(freelancer_id=party) | (Q(client_id=party) & ~Q(state=rules.State.WITHDRAWN))


def get_proposal_for(actor: Actor, proposal_id: str) -> Proposal:
    """A proposal that the actor sent or got."""
    found = Proposal.objects.select_related("job", "freelancer").filter(is_side(actor), pk=proposal_id).first()
    if found is None:
        raise NotFound("proposal")
    return found


def get_proposal(proposal_id: str) -> Proposal:
    """For rooms above that have checked who asks."""
    return Proposal.objects.select_related("job", "freelancer").get(pk=proposal_id)


def lock_own(actor: Actor, proposal_id: str) -> Proposal:
    """A proposal that the actor sent, locked."""
    return _lock(proposal_id, freelancer_id=actor.party_id or "")


def lock_received(actor: Actor, proposal_id: str) -> Proposal:
    """A proposal that the actor got and that was not withdrawn, locked."""
    found = _lock(proposal_id, client_id=actor.party_id or "")
    if found.state == rules.State.WITHDRAWN:
        raise NotFound("proposal")
    return found


def lock_proposal(proposal_id: str) -> Proposal:
    return _lock(proposal_id)


def _lock(proposal_id: str, **owner: str) -> Proposal:
    found = Proposal.objects.select_for_update(of=("self",)).select_related("job").filter(pk=proposal_id, **owner).first()
    if found is None:
        raise NotFound("proposal")
    return found


def has_proposal(party_id: str, job_id: str) -> bool:
    return Proposal.objects.filter(freelancer_id=party_id, job_id=job_id).exists()


_written = Prepared(
    lambda party_id, client_id: Proposal.objects.filter(freelancer_id=party_id, client_id=client_id).only("pk")[:1]
)


def has_written(party_id: str, client_id: str | None) -> bool:
    """True when a freelancer sent a proposal to a client, who may then open a private profile."""
    return client_id is not None and _written.first(party_id, client_id) is not None


def find_mine(actor: Actor, job_id: str) -> Proposal | None:
    """The actor's own answer to a job."""
    return Proposal.objects.filter(freelancer_id=actor.party_id, job_id=job_id).first() if actor.party_id else None


def list_to_job_for(actor: Actor, job_id: str, tab: str = "all", order: str = "newest", talking: bool = False) -> QuerySet[Proposal]:
    """The proposals to one of the actor's own jobs."""
    return list_to_job(get_own_job(actor, job_id), tab, order, talking)


def list_to_job(job: Job, tab: str = "all", order: str = "newest", talking: bool = False) -> QuerySet[Proposal]:
    """The same for a job that was looked up for its client."""
    found = Proposal.objects.filter(job=job, state__in=TABS[tab])
    return (found.filter(messaged_at__isnull=False) if talking else found).order_by(ORDERS[order])


def count_by_state(job_id: str) -> dict[str, int]:
    rows = Proposal.objects.filter(job_id=job_id).values("state").annotate(n=Count("pk"))
    return {row["state"]: row["n"] for row in rows}


def list_mine_for(actor: Actor, tab: str = "active") -> QuerySet[Proposal]:
    """A freelancer's own proposals, newest first."""
    found = Proposal.objects.filter(freelancer_id=actor.party_id, state__in=MINE[tab])
    return found.select_related("job").order_by("-id")


def count_mine_for(actor: Actor) -> dict[str, int]:
    rows = Proposal.objects.filter(freelancer_id=actor.party_id).values("state").annotate(n=Count("pk"))
    return {row["state"]: row["n"] for row in rows}


def rows_of(found: Collection[Proposal], words: dict[str, Any], *, with_cards: bool) -> list[Row]:
    """Rows for a list, in two queries more however many there are."""
    cards: dict[str, TalentCard] = {}
    if with_cards:
        cards = list_cards([p.freelancer_id for p in found], {p.freelancer_id: p.sub_id for p in found})
    return [
        Row(
            id=p.pk,
            letter=rules.first_lines(p.letter, numbers().letter_in_list),
            price_minor=p.price_minor,
            unit=p.unit,
            kind=p.kind,
            sent_at=p.sent_at,
            state=p.state,
            unread=with_cards and p.viewed_at is None,
            job_id=p.job_id,
            job_title="" if with_cards else p.job.title,
            client_name="",
            messaged=p.messaged_at is not None,
            card=cards.get(p.freelancer_id),
            state_text=str(words[state_told(p)]),
        )
        for p in found
    ]


def state_told(proposal: Proposal) -> str:
    """What became of a proposal in one word: messaged and viewed count until the client decides."""
    if proposal.state != rules.State.SENT:
        return proposal.state
    if proposal.messaged_at:
        return "messaged"
    return "viewed" if proposal.viewed_at else "sent"


def list_to_close(job_id: str) -> list[str]:
    """Ids of the proposals to a job that end with it, in key order."""
    found = Proposal.objects.filter(job_id=job_id).exclude(state=rules.State.HIRED)
    return list(found.order_by("pk").values_list("pk", flat=True))


def list_unopened(before: datetime) -> list[str]:
    """Proposals to jobs whose client opened none of them since a moment."""
    opened = Proposal.objects.filter(viewed_at__isnull=False).values("job_id")
    found = Proposal.objects.filter(sent_at__lte=before, returned=0, connects__gt=0, state__in=list(rules.LIVE))
    return list(found.exclude(job_id__in=opened).order_by("pk").values_list("pk", flat=True)[:1000])


def list_files(proposal_id: str) -> list[StoredFile]:
    """What was attached."""
    return list(StoredFile.objects.filter(purpose=FILE_PURPOSE, subject_id=proposal_id).order_by("id"))


def may_open_file(actor: Actor, stored: StoredFile) -> bool:
    """Guard of attachments: the two sides of the proposal."""
    return Proposal.objects.filter(is_side(actor), pk=stored.subject_id).exists()
