"""Reads of offers and contracts, each limited to their two sides."""

from collections import defaultdict
from datetime import datetime

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum

from hirehall.kernel.errors import NotFound
from hirehall.kernel.models import StoredFile
from hirehall.money.payments.release_queries import contract_net_minor
from hirehall.people.accounts.actors import Actor
from hirehall.work.contracts import rules
from hirehall.work.contracts.models import Amendment, Contract, Milestone, Offer, OfferVersion, Submission

FILE_PURPOSE = "submission"


def is_side(actor: Actor) -> Q:
    """Rows to which an actor is one of the two sides. Staff are none: they read a dispute, where each look is kept."""
    if actor.is_system:
        return Q()
    party = actor.party_id or ""
    return Q(client_id=party) | Q(freelancer_id=party)


def get_offer_for(actor: Actor, offer_id: str) -> Offer:
    found = Offer.objects.select_related("client", "freelancer").filter(is_side(actor), pk=offer_id).first()
    if found is None:
        raise NotFound("offer")
    return found


def lock_offer_for(actor: Actor, offer_id: str) -> Offer:
    """An offer to which the actor is a side, locked."""
    party = actor.party_id or ""
    mine = Q(client_id=party) | Q(freelancer_id=party)
    found = Offer.objects.select_for_update().filter(mine, pk=offer_id).first()
    if found is None:
        raise NotFound("offer")
    return found


def list_versions(offer_id: str) -> list[OfferVersion]:
    """All versions of an offer, the first one first."""
    return list(OfferVersion.objects.filter(offer_id=offer_id).order_by("number"))


def count_versions_since(offer_id: str, party_id: str, since: datetime) -> int:
    return OfferVersion.objects.filter(offer_id=offer_id, by_party_id=party_id, at__gte=since).count()


def list_offers_for(actor: Actor, *, open_only: bool = False) -> QuerySet[Offer]:
    """The actor's offers, newest first."""
    found = Offer.objects.filter(is_side(actor)).select_related("client", "freelancer").order_by("-id")
    return found.filter(state=rules.OfferState.OPEN) if open_only else found


def list_offers_to_answer(actor: Actor) -> list[Offer]:
    """Open offers whose last version the other side put, the most urgent first."""
    last = OfferVersion.objects.filter(offer_id=OuterRef("pk")).order_by("-number").values("by_party_id")[:1]
    found = list_offers_for(actor, open_only=True).annotate(last_by=Subquery(last)).exclude(last_by=actor.party_id)
    return list(found.order_by("expires_at")[:20])


def list_expired_offers(now: datetime) -> list[str]:
    due = Offer.objects.filter(state=rules.OfferState.OPEN, expires_at__lte=now).order_by("pk")
    return list(due.values_list("pk", flat=True)[:1000])


def get_contract_for(actor: Actor, contract_id: str) -> Contract:
    found = Contract.objects.select_related("client", "freelancer").filter(is_side(actor), pk=contract_id).first()
    if found is None:
        raise NotFound("contract")
    return found


def lock_contract_for(actor: Actor, contract_id: str) -> Contract:
    """A contract to which the actor is a side (or which the house moves), locked."""
    party = actor.party_id or ""
    mine = Q() if actor.is_system else Q(client_id=party) | Q(freelancer_id=party)
    found = Contract.objects.select_for_update().filter(mine, pk=contract_id).first()
    if found is None:
        raise NotFound("contract")
    return found


def lock_milestone_for(actor: Actor, milestone_id: str) -> tuple[Contract, Milestone]:
    """A milestone and its contract, both locked, the contract first."""
    contract_id = Milestone.objects.filter(pk=milestone_id).values_list("contract_id", flat=True).first()
    if contract_id is None:
        raise NotFound("milestone")
    contract = lock_contract_for(actor, contract_id)
    return contract, Milestone.objects.select_for_update().get(pk=milestone_id)


def list_contracts_for(actor: Actor, states: tuple[str, ...] = ()) -> QuerySet[Contract]:
    """The actor's contracts, newest first."""
    found = Contract.objects.filter(is_side(actor)).select_related("client", "freelancer").order_by("-id")
    return found.filter(state__in=states) if states else found


def list_closing_of(client_id: str) -> list[Contract]:
    """Contracts that the freelancer ended and that wait for the client's feedback, the most urgent first."""
    found = Contract.objects.filter(client_id=client_id, state=rules.ContractState.CLOSING, closes_at__isnull=False)
    return list(found.select_related("client", "freelancer").order_by("closes_at")[:100])


def list_history_of(freelancer_id: str) -> QuerySet[Contract]:
    """A freelancer's ended contracts on which something was paid, newest end first; each has `released_minor`."""
    found = Contract.objects.filter(freelancer_id=freelancer_id, state=rules.ContractState.ENDED)
    return found.annotate(released_minor=Sum("milestones__released_minor")).filter(released_minor__gt=0).order_by("-ended_at", "-id")


def net_paid(contract: Contract) -> int:
    """What the freelancer has from a contract, after the fee and without what was given back, in minor units."""
    return contract_net_minor(contract.pk)


def list_milestones(contract_id: str) -> list[Milestone]:
    return list(Milestone.objects.filter(contract_id=contract_id).order_by("position"))


def list_milestones_of(contract_ids: list[str]) -> dict[str, list[Milestone]]:
    """The milestones of several contracts in one query."""
    found: dict[str, list[Milestone]] = defaultdict(list)
    for milestone in Milestone.objects.filter(contract_id__in=contract_ids).order_by("position"):
        found[milestone.contract_id].append(milestone)
    return found


def list_submissions(contract_id: str) -> list[Submission]:
    """All handed-in work of a contract, oldest first."""
    return list(Submission.objects.filter(milestone__contract_id=contract_id).order_by("id"))


def list_amendments(contract_id: str, *, open_only: bool = False) -> list[Amendment]:
    found = Amendment.objects.filter(contract_id=contract_id).select_related("milestone").order_by("-id")
    return list(found.filter(state=rules.AmendmentState.OPEN) if open_only else found)


def get_amendment(amendment_id: str) -> Amendment:
    found = Amendment.objects.filter(pk=amendment_id).first()
    if found is None:
        raise NotFound("change")
    return found


def list_due_reviews(now: datetime) -> list[str]:
    due = Milestone.objects.filter(
        state=rules.MilestoneState.SUBMITTED,
        review_due_at__lte=now,
        contract__state=rules.ContractState.ACTIVE,
        funded_minor__gt=F("released_minor") + F("returned_minor") + F("contested_minor") + F("taken_minor"),
    ).order_by("pk")
    return list(due.values_list("pk", flat=True)[:1000])


def list_due_refunds(now: datetime) -> list[str]:
    due = Contract.objects.filter(state=rules.ContractState.CLOSING, refund_due_at__lte=now, refund_refused=False)
    return list(due.order_by("pk").values_list("pk", flat=True)[:1000])


def list_due_closures(now: datetime) -> list[str]:
    due = Contract.objects.filter(state=rules.ContractState.CLOSING, closes_at__lte=now).order_by("pk")
    return list(due.values_list("pk", flat=True)[:1000])


def list_files(submission_ids: list[str]) -> dict[str, list[StoredFile]]:
    """Files by submission."""
    found: dict[str, list[StoredFile]] = defaultdict(list)
    for stored in StoredFile.objects.filter(purpose=FILE_PURPOSE, subject_id__in=submission_ids).order_by("id"):
        found[stored.subject_id].append(stored)
    return found


def may_open_file(actor: Actor, stored: StoredFile) -> bool:
    """Guard of submitted files: the two sides of the contract."""
    submission = Submission.objects.filter(pk=stored.subject_id).first()
    if submission is None:
        return False
    return Contract.objects.filter(is_side(actor), milestones__id=submission.milestone_id).exists()


def find_contract_id(actor: Actor, milestone_id: str) -> str:
    """The contract of a milestone, if the actor is one of its sides."""
    milestone = Milestone.objects.filter(pk=milestone_id).first()
    if milestone is None:
        raise NotFound("milestone")
    return get_contract_for(actor, milestone.contract_id).pk
