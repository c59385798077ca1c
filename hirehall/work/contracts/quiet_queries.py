"""Reads of silent contracts: the last sign of life, what is due, and what the room shows of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from hirehall.kernel.errors import NotFound
from hirehall.kernel.events import last_at
from hirehall.money.payments.debt_queries import has_frozen
from hirehall.people.accounts.actors import Actor
from hirehall.people.messages.queries import last_said
from hirehall.work.contracts import queries, quiet_rules, rules
from hirehall.work.contracts.models import CloseProposal, Contract, Dormancy, Milestone
from hirehall.work.contracts.policy import dormancy_numbers

CHUNK = 1_000
# What counts as a sign of life beside messages: work, payments, changes of what is agreed, and steps of a dispute.
SIGNS = (
    "amendment:accepted", "amendment:declined", "amendment:proposed", "contract:closing_declined", "contract:closing_proposed",
    "contract:kept_open", "dispute:answered", "dispute:decided", "dispute:opened", "dispute:proposed", "dispute:settled",
    "dispute:withdrawn", "milestone:approved", "milestone:changes_asked", "milestone:funded", "milestone:released",
    "milestone:submitted",
)  # fmt: skip


def signs_of_life(contract_ids: list[str]) -> dict[str, datetime]:
    """The last message, submission, payment or change of some contracts, in two queries."""
    found = last_at(contract_ids, SIGNS)
    for contract_id, at in last_said("contract", contract_ids).items():
        found[contract_id] = max(at, found.get(contract_id, at))
    return found


def since(contract: Contract) -> datetime:
    """The last known sign of life of a contract."""
    return contract.active_at or contract.started_at


def list_silent(now: datetime) -> list[Contract]:
    """Running contracts of which no sign of life is known for so long that somebody has to look, the stillest first."""
    limit = now - timedelta(days=dormancy_numbers().first_days)
    found = Contract.objects.filter(state=rules.ContractState.ACTIVE).annotate(since=Coalesce("active_at", "started_at"))
    return list(found.filter(since__lte=limit).order_by("since", "pk"))


def list_announced() -> list[str]:
    """Contracts of which the silence was told; some are over it, or have ended."""
    return list(Dormancy.objects.order_by("pk").values_list("pk", flat=True))


def find_dormancy(contract_id: str) -> Dormancy | None:
    return Dormancy.objects.filter(pk=contract_id).first()


def find_close_proposal(contract_id: str) -> CloseProposal | None:
    """The proposal to close that waits for its answer."""
    return CloseProposal.objects.filter(contract_id=contract_id, state=quiet_rules.CloseState.OPEN).first()


def get_close_proposal(proposal_id: str) -> CloseProposal:
    found = CloseProposal.objects.filter(pk=proposal_id).first()
    if found is None:
        raise NotFound("proposal to close")
    return found


def lock_milestones(contract: Contract) -> list[Milestone]:
    """All milestones of a locked contract, locked in the order of their keys."""
    return list(Milestone.objects.select_for_update().filter(contract=contract).order_by("pk"))


def has_contested(contract: Contract) -> bool:
    """True while a bank disputes a payment for one of its milestones, whether or not the milestone has heard of it."""
    return has_frozen(list(Milestone.objects.filter(contract=contract).values_list("pk", flat=True)))


def only_dormant(contracts: QuerySet[Contract]) -> QuerySet[Contract]:
    """Those of some contracts that are dormant or were told that they soon will be."""
    return contracts.filter(Exists(Dormancy.objects.filter(pk=OuterRef("pk"))))


def only_paused(contracts: QuerySet[Contract]) -> QuerySet[Contract]:
    """Those of some contracts whose client's payment is failing."""
    return contracts.filter(paused_at__isnull=False, state=rules.ContractState.ACTIVE)


def list_due_retries(now: datetime) -> list[str]:
    """Milestones whose card is to be charged again."""
    due = Milestone.objects.filter(retry_at__lte=now, contract__state=rules.ContractState.ACTIVE).order_by("pk")
    return list(due.values_list("pk", flat=True)[:CHUNK])


def list_failing(contract_id: str) -> list[Milestone]:
    """Milestones of a contract whose payment is failing."""
    lacking = Q(amount_minor__gt=F("funded_minor") - F("returned_minor") - F("taken_minor"))
    found = Milestone.objects.filter(lacking, contract_id=contract_id, failed_at__isnull=False)
    return list(found.exclude(state=rules.MilestoneState.CANCELLED).order_by("position"))


@dataclass(frozen=True)
class Quiet:
    """What the room shows of silence: the row, how long nothing has happened, and when the next step is due."""

    row: Dormancy
    days: int
    next_on: datetime


def quiet_of(contract: Contract, now: datetime) -> Quiet | None:
    """The silence of a contract; None when there is none, also when somebody has just broken it."""
    row = find_dormancy(contract.pk) if contract.state == rules.ContractState.ACTIVE else None
    if row is None:
        return None
    silent_since = max(since(contract), signs_of_life([contract.pk]).get(contract.pk, since(contract)))
    if silent_since > row.told_at:
        return None
    step = quiet_rules.next_step(row.told_days, dormancy_numbers())
    planned = max(silent_since + timedelta(days=step), row.told_at + timedelta(days=step - row.told_days))
    return Quiet(row, (now - silent_since).days, row.until or planned)


def get_side(actor: Actor, contract: Contract) -> str:
    """Which side of a contract an actor is."""
    if actor.party_id == contract.client_id:
        return "client"
    if actor.party_id == contract.freelancer_id:
        return "freelancer"
    raise NotFound("contract")


def in_escrow(contract_id: str) -> int:
    return sum(milestone.escrow_minor for milestone in queries.list_milestones(contract_id))
