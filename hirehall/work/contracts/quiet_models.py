"""Contracts that fell silent, and proposals of both sides to close by consent."""

from django.db import models
from django.db.models import Q

from hirehall.kernel.ids import PublicIdField
from hirehall.work.contracts.quiet_rules import CloseState, EscrowTo, Turn


class Dormancy(models.Model):
    """How far the silence of a contract has gone; the row goes when somebody speaks, works or pays."""

    contract = models.OneToOneField("contracts.Contract", on_delete=models.CASCADE, primary_key=True, related_name="dormancy")
    # The last of the announced days that both sides were told of, and when.
    told_days = models.PositiveSmallIntegerField()
    told_at = models.DateTimeField()
    dormant_at = models.DateTimeField(null=True)
    # Whose turn it is once dormant, and until when.
    turn = models.CharField(max_length=10, blank=True, choices=[(turn.value, turn.value) for turn in Turn])
    until = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["until"], condition=Q(until__isnull=False), name="dormancy_due")]

    def __str__(self) -> str:
        return f"{self.contract_id} silent for {self.told_days} days"


class CloseProposal(models.Model):
    """One side proposes to close, and where what waits in escrow goes; acts only when the other accepts."""

    id = PublicIdField()
    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="+")
    by_party_id = models.CharField(max_length=26, db_collation="C")
    escrow_to = models.CharField(max_length=10, choices=[(goal.value, goal.value) for goal in EscrowTo])
    escrow_minor = models.BigIntegerField()
    note = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in CloseState])
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contract"], condition=Q(state="open"), name="close_proposal_open_once")
        ]

    def __str__(self) -> str:
        return f"closing of {self.contract_id}"
