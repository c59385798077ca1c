"""What must hold about disputes: what is disputed is held, and each side gets what was decided, whatever banks do."""

from django.db.models import Sum

from hirehall.money.payments.models import Chargeback, GivenBack, Hold
from hirehall.work.contracts.models import Contract
from hirehall.work.disputes.models import Dispute, Solution


def check_disputes() -> None:
    """An open dispute holds what is disputed; one that has ended holds nothing, and its sides have what it says."""
    holding = dict(Contract.objects.exclude(held_by="").values_list("held_by", "pk"))
    for dispute in Dispute.objects.select_related("contract"):
        parts = list(dispute.contract.milestones.all())
        holds = dispute.is_open and dispute.disputed_escrow > 0
        assert (holding.pop(dispute.pk, None) == dispute.contract_id) == holds
        if holds:
            held = sum(part.waiting_minor + part.taken_minor for part in parts)
            # What only the client wanted can come back from a bank later; it stays until the end.
            by_banks = Chargeback.objects.filter(charge__subject_id__in=[part.pk for part in parts], frozen_minor__gt=0).exists()
            assert held >= dispute.disputed_escrow if by_banks else held == dispute.disputed_escrow, "what is held is what is disputed"
        assert dispute.is_open == (dispute.how == "")
        _check_given_back(dispute)
        if not dispute.is_open:
            assert 0 <= dispute.to_freelancer_minor <= dispute.disputed_escrow
            assert not Solution.objects.filter(dispute=dispute, state="open").exists()
    assert holding == {}, "held by nothing"
    for contract in Contract.objects.filter(pk__in=Dispute.objects.values("contract_id")):
        _check_freelancer(contract)


def _check_freelancer(contract: Contract) -> None:
    """What was released since the first dispute began, and what waits for a bank, is the freelancer's part to the cent."""
    disputes, parts = list(Dispute.objects.filter(contract=contract).order_by("pk")), list(contract.milestones.all())
    later = Hold.objects.filter(escrow_id__in=[part.pk for part in parts], pk__gt=disputes[0].pk)
    released = later.aggregate(total=Sum("gross_minor"))["total"] or 0
    assert released + sum(part.awarded_minor for part in parts) == sum(_part_of_freelancer(one) for one in disputes)


def _part_of_freelancer(dispute: Dispute) -> int:
    """What nobody else claimed, what the client gave in the answer, and what came of the rest."""
    at_once = dispute.escrow_minor - dispute.claim_escrow_minor if dispute.claimant == "client" else dispute.given_escrow_minor
    return at_once + (dispute.to_freelancer_minor or 0)


def _check_given_back(dispute: Dispute) -> None:
    """Of released money no more goes back than was decided, and what went stands beside it."""
    went = GivenBack.objects.filter(ref__startswith=f"back:{dispute.pk}:")
    assert sum(one.amount_minor - one.fee_minor - one.vat_minor for one in went) == dispute.paid_net_minor
    assert 0 <= dispute.paid_net_minor <= dispute.owed_net_minor
