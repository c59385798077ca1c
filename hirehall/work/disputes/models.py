"""Disputes, what was said and shown in them, solutions that were put forward, and who of the staff looked."""

from django.db import models
from django.db.models import F, Q

from hirehall.kernel.ids import PublicIdField
from hirehall.work.disputes import rules


def _party(**options):
    return models.ForeignKey("accounts.Party", on_delete=models.PROTECT, related_name="+", **options)


class Dispute(models.Model):
    """One claim about one contract. `claim` and `given` are the claimant's: what they ask, what the answer gives."""

    id = PublicIdField()
    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="+")
    client = _party()
    freelancer = _party()
    unit = models.CharField(max_length=8)
    claimant = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in rules.DisputeState])
    escrow_minor = models.BigIntegerField()
    claim_escrow_minor = models.BigIntegerField()
    claim_refund_minor = models.BigIntegerField(default=0)
    given_escrow_minor = models.BigIntegerField(default=0)
    given_refund_minor = models.BigIntegerField(default=0)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    client_done = models.BooleanField(default=False)
    freelancer_done = models.BooleanField(default=False)
    mediation_ends_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    how = models.CharField(max_length=10, blank=True)
    won_by = models.CharField(max_length=10, blank=True)
    to_freelancer_minor = models.BigIntegerField(null=True)
    refund_minor = models.BigIntegerField(null=True)
    reasons = models.TextField(blank=True)
    decided_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    # What goes back of released money: owed is net of the fee, which the market gives back beside it.
    owed_net_minor = models.BigIntegerField(default=0)
    owed_fee_minor = models.BigIntegerField(default=0)
    paid_net_minor = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contract"], condition=Q(state__in=[s.value for s in rules.OPEN_STATES]), name="dispute_open_once"
            ),
            models.CheckConstraint(
                condition=Q(claim_escrow_minor__gte=F("given_escrow_minor"), given_escrow_minor__gte=0)
                & Q(escrow_minor__gte=F("claim_escrow_minor")),
                name="dispute_escrow_within",
            ),
            models.CheckConstraint(
                condition=Q(claim_refund_minor__gte=F("given_refund_minor"), given_refund_minor__gte=0),
                name="dispute_refund_within",
            ),
            models.CheckConstraint(condition=Q(owed_net_minor__gte=F("paid_net_minor")), name="dispute_paid_within"),
        ]
        indexes = [
            models.Index(fields=["client", "-id"], name="dispute_client"),
            models.Index(fields=["freelancer", "-id"], name="dispute_freelancer"),
            models.Index(fields=["due_at"], condition=Q(ended_at=None), name="dispute_due"),
            models.Index(fields=["id"], condition=Q(owed_net_minor__gt=F("paid_net_minor")), name="dispute_owed"),
        ]

    def __str__(self) -> str:
        return f"dispute about {self.contract_id}"

    @property
    def disputed_escrow(self) -> int:
        """Escrow that both want, in minor units; it stays what it was when the dispute has ended."""
        return self.claim_escrow_minor - self.given_escrow_minor

    @property
    def disputed_refund(self) -> int:
        return self.claim_refund_minor - self.given_refund_minor

    @property
    def is_open(self) -> bool:
        return self.ended_at is None

    @property
    def answerer(self) -> str:
        return rules.other_side(self.claimant)


class Statement(models.Model):
    """What one side says: the claim, the answer, or evidence; its files hang on it."""

    id = PublicIdField()
    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="statements")
    side = models.CharField(max_length=10)
    kind = models.CharField(max_length=10)
    text = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} of the {self.side}"


class Solution(models.Model):
    """A split that the mediator or one side puts forward; it acts when everybody else concerned has accepted."""

    id = PublicIdField()
    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="solutions")
    by = models.CharField(max_length=10)
    user = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    to_freelancer_minor = models.BigIntegerField()
    refund_minor = models.BigIntegerField()
    reasons = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in rules.SolutionState])
    client_accepts = models.BooleanField(null=True)
    freelancer_accepts = models.BooleanField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dispute", "by"], condition=Q(state="open"), name="solution_open_once")
        ]

    def __str__(self) -> str:
        return f"solution of the {self.by}"


class Look(models.Model):
    """Somebody of the staff opened a case."""

    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="looks")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"look at {self.dispute_id}"
