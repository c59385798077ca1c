"""Reads of disputes: for the two sides, for staff without a seat in either account, and for the clock."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet, Sum

from hirehall.kernel.errors import NotFound, refuse
from hirehall.kernel.models import StoredFile
from hirehall.people.accounts.actors import Actor
from hirehall.people.accounts.queries import list_seats
from hirehall.work.contracts.extra_queries import whole_returnable_of
from hirehall.work.contracts.models import Contract
from hirehall.work.contracts.queries import list_milestones
from hirehall.work.contracts.rules import ContractState
from hirehall.work.disputes import rules
from hirehall.work.disputes.models import Dispute, Look, Solution, Statement
from hirehall.work.disputes.policy import numbers

FILE_PURPOSE = "evidence"
RUNNING_READ = 50
State = rules.DisputeState


def side_of(actor: Actor, row: Dispute | Contract) -> str:
    """client or freelancer; NotFound for everybody else, staff too: they come by the queue."""
    if actor.party_id and actor.party_id in (row.client_id, row.freelancer_id):
        return rules.CLIENT if actor.party_id == row.client_id else rules.FREELANCER
    raise NotFound("dispute")


def get_dispute_for(actor: Actor, dispute_id: str) -> Dispute:
    """A dispute of the actor's party."""
    party = actor.party_id or ""
    found = Dispute.objects.select_related("contract", "client", "freelancer")
    row = found.filter(Q(client_id=party) | Q(freelancer_id=party), pk=dispute_id).first()
    if row is None:
        raise NotFound("dispute")
    return row


def get_case_for(actor: Actor, dispute_id: str) -> Dispute:
    """A dispute for staff; refused to those who have a seat in one of the two accounts."""
    row = Dispute.objects.select_related("contract", "client", "freelancer").filter(pk=dispute_id).first()
    if row is None or not actor.is_staff:
        raise NotFound("dispute")
    refuse(rules.why_not_judge(is_concerned(actor, row)))
    return row


def is_concerned(actor: Actor, dispute: Dispute) -> bool:
    """True when a person sits in one of the two accounts, whichever they act for now."""
    seats = {seat.party_id for seat in list_seats(actor.user_id)} if actor.user_id else set()
    return bool(seats & {dispute.client_id, dispute.freelancer_id})


def lock_dispute(dispute_id: str) -> Dispute:
    """A dispute, locked: before its contract, as everything is locked from the top down."""
    found = Dispute.objects.select_for_update(of=("self",)).select_related("contract", "client", "freelancer")
    row = found.filter(pk=dispute_id).first()
    if row is None:
        raise NotFound("dispute")
    return row


def lock_dispute_for(actor: Actor, dispute_id: str) -> tuple[Dispute, str]:
    """A dispute of the actor's party, locked, and the side that they are on."""
    row = lock_dispute(dispute_id)
    return row, side_of(actor, row)


def lock_case_for(actor: Actor, dispute_id: str) -> Dispute:
    """The same for staff who have nothing to do with it."""
    row = lock_dispute(dispute_id)
    if not actor.is_staff:
        raise NotFound("dispute")
    refuse(rules.why_not_judge(is_concerned(actor, row)))
    return row


def find_dispute_id(actor: Actor, solution_id: str) -> str:
    """The dispute of a solution, if the actor is one of its sides."""
    solution = Solution.objects.select_related("dispute").filter(pk=solution_id).first()
    if solution is None:
        raise NotFound("solution")
    side_of(actor, solution.dispute)
    return solution.dispute_id


def ground_of(contract: Contract) -> rules.Ground:
    """What there is to dispute about a contract now."""
    parts = list_milestones(contract.pk)
    asked = Dispute.objects.filter(contract_id=contract.pk).aggregate(net=Sum("owed_net_minor"), fee=Sum("owed_fee_minor"))
    released = sum(part.released_minor for part in parts) - (asked["net"] or 0) - (asked["fee"] or 0)
    return rules.Ground(
        unit=contract.unit, escrow_minor=sum(part.waiting_minor for part in parts), released_minor=max(0, min(released, whole_returnable_of(contract))),
        refused_at=contract.refused_at, closing=contract.state == ContractState.CLOSING, ended_at=contract.ended_at,
    )  # fmt: skip


def list_of_contract(contract_id: str) -> list[Dispute]:
    """All disputes about a contract, the newest first."""
    return list(Dispute.objects.filter(contract_id=contract_id).order_by("-id"))


def list_disputes_for(actor: Actor, *, open_only: bool = False) -> QuerySet[Dispute]:
    """The disputes of the actor's party, the newest first."""
    party = actor.party_id or ""
    found = Dispute.objects.select_related("contract", "client", "freelancer").order_by("-id")
    found = found.filter(Q(client_id=party) | Q(freelancer_id=party))
    return found.filter(ended_at=None) if open_only else found


def list_running_for(actor: Actor) -> list[Dispute]:
    """The party's most urgent open disputes, with what was put forward in them."""
    return list(list_disputes_for(actor, open_only=True).prefetch_related("solutions").order_by("due_at", "id")[:RUNNING_READ])


def list_queue(*, mine_first: bool = False, ended: bool = False) -> QuerySet[Dispute]:
    """For staff: open cases, those that wait for staff first, each group by its deadline; or the ended ones."""
    found = Dispute.objects.select_related("contract", "client", "freelancer")
    if ended:
        return found.exclude(ended_at=None).order_by("-ended_at", "-id")
    waits = Q(state__in=(State.MEDIATION, State.DECIDING))
    return found.filter(ended_at=None).annotate(waits=waits).order_by(*(["-waits"] if mine_first else []), "due_at", "id")


def list_waiting_for_staff(actor: Actor) -> list[Dispute]:
    """Cases that wait for the staff, without those in whose accounts the actor has a seat; the first deadline first."""
    if not actor.is_staff:
        return []
    seats = [seat.party_id for seat in list_seats(actor.user_id or 0)]
    found = Dispute.objects.filter(state__in=(State.MEDIATION, State.DECIDING), ended_at=None)
    return list(found.exclude(Q(client_id__in=seats) | Q(freelancer_id__in=seats)).order_by("due_at", "id")[:1000])


@dataclass
class Said:
    """A statement with its files."""

    id: str
    side: str
    kind: str
    text: str
    at: datetime
    files: list[StoredFile] = field(default_factory=list)


def list_statements(dispute_id: str) -> list[Said]:
    """Everything that was said, in its order."""
    rows = list(Statement.objects.filter(dispute_id=dispute_id).order_by("id"))
    files = defaultdict(list)
    for stored in StoredFile.objects.filter(purpose=FILE_PURPOSE, subject_id__in=[r.pk for r in rows]).order_by("id"):
        files[stored.subject_id].append(stored)
    return [Said(r.pk, r.side, r.kind, r.text, r.at, files[r.pk]) for r in rows]


def count_statements(dispute_id: str, side: str) -> int:
    return Statement.objects.filter(dispute_id=dispute_id, side=side).count()


def list_solutions(dispute_id: str) -> list[Solution]:
    """Everything that was put forward, the newest first."""
    return list(Solution.objects.filter(dispute_id=dispute_id).order_by("-id"))


def list_looks(dispute_id: str) -> list[Look]:
    """Who of the staff opened a case, the last one first."""
    return list(Look.objects.filter(dispute_id=dispute_id).select_related("user").order_by("-id")[:50])


def list_due(now: datetime) -> list[str]:
    """Disputes whose deadline has passed and that move by themselves then."""
    by_clock = Q(state__in=(State.CLAIMED, State.EVIDENCE, State.PROPOSED), due_at__lte=now)
    over = Q(state=State.MEDIATION, mediation_ends_at__lte=now)
    return list(Dispute.objects.filter(by_clock | over, ended_at=None).order_by("pk").values_list("pk", flat=True)[:1000])


def list_to_remind(now: datetime) -> list[str]:
    """Disputes in which somebody's time is nearly over."""
    states = (State.CLAIMED, State.EVIDENCE, State.PROPOSED)
    soon = Dispute.objects.filter(state__in=states, due_at__gt=now, due_at__lte=now + timedelta(hours=numbers().remind_hours))
    return list(soon.order_by("pk").values_list("pk", flat=True)[:1000])


def list_owed() -> list[str]:
    """Disputes of which released money has still to go back."""
    return list(Dispute.objects.filter(owed_net_minor__gt=F("paid_net_minor")).order_by("pk").values_list("pk", flat=True)[:1000])


def may_open_file(actor: Actor, stored: StoredFile) -> bool:
    """Guard of evidence: the two sides, and staff who have nothing to do with it."""
    said = Statement.objects.select_related("dispute").filter(pk=stored.subject_id).first()
    if said is None or not actor.signed_in:
        return False
    if actor.party_id in (said.dispute.client_id, said.dispute.freelancer_id):
        return True
    return actor.is_staff and not is_concerned(actor, said.dispute)
