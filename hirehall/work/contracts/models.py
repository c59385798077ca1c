"""Offers with their versions, contracts, milestones, submissions and amendments; money beside them is in extra_models."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from hirehall.kernel.ids import PublicIdField
from hirehall.money.payments.fees import MARKET, ClientTerms
from hirehall.work.contracts import rules
from hirehall.work.contracts.extra_models import Bonus, Expense, Repayment
from hirehall.work.contracts.quiet_models import CloseProposal, Dormancy

__all__ = [
    "Amendment",
    "Bonus",
    "CloseProposal",
    "Contract",
    "Dormancy",
    "Expense",
    "Milestone",
    "Offer",
    "OfferVersion",
    "Repayment",
    "Submission",
]


def _party(**options):
    return models.ForeignKey("accounts.Party", on_delete=models.PROTECT, related_name="+", **options)


def _state(kind):
    return models.CharField(max_length=14, choices=[(s.value, s.value) for s in kind])


class Offer(models.Model):
    """An offer from a client to a freelancer; its terms stand in its versions."""

    id = PublicIdField()
    client = _party()
    freelancer = _party()
    job_id = models.CharField(max_length=26, blank=True, db_collation="C")
    proposal_id = models.CharField(max_length=26, blank=True, db_collation="C")
    title = models.CharField(max_length=120)
    unit = models.CharField(max_length=8)
    is_test = models.BooleanField(default=False)
    fee_kind = models.CharField(max_length=12, default=MARKET)
    state = _state(rules.OfferState)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    contract_id = models.CharField(max_length=26, blank=True, db_collation="C")

    class Meta:
        indexes = [
            models.Index(fields=["client", "-id"], name="offer_client"),
            models.Index(fields=["freelancer", "-id"], name="offer_freelancer"),
            models.Index(fields=["expires_at"], condition=Q(state="open"), name="offer_due"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal_id"], condition=Q(state="open") & ~Q(proposal_id=""), name="offer_open_once"
            )
        ]

    def __str__(self) -> str:
        return self.title


class OfferVersion(models.Model):
    """Terms as one side put them; nothing changes a version."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    by_party_id = models.CharField(max_length=26, db_collation="C")
    terms = models.JSONField()
    note = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["offer", "number"], name="offer_version_once")]

    def __str__(self) -> str:
        return f"{self.offer_id} v{self.number}"


class Contract(models.Model):
    """What both sides agreed; fees and policy version are frozen here.

    A client's one-time fee goes with the first charge: `initiation_milestone_id` names the milestone that bears it.
    """

    id = PublicIdField()
    kind = models.CharField(max_length=8, default="fixed")
    client = _party()
    freelancer = _party()
    job_id = models.CharField(max_length=26, blank=True, db_collation="C")
    proposal_id = models.CharField(max_length=26, blank=True, db_collation="C")
    offer = models.OneToOneField(Offer, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    scope = models.TextField()
    deliverables = models.TextField(blank=True)
    revisions = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=8)
    is_test = models.BooleanField(default=False)
    fee_basis_points = models.PositiveIntegerField()
    fee_rule = models.CharField(max_length=12, default="flat")
    vat_basis_points = models.PositiveIntegerField(default=0)
    client_fee_basis_points = models.PositiveIntegerField(default=0)
    client_vat_basis_points = models.PositiveIntegerField(default=0)
    initiation_fee_minor = models.BigIntegerField(default=0)
    initiation_milestone_id = models.CharField(max_length=26, blank=True, db_collation="C")
    policy_version = models.PositiveIntegerField()
    state = _state(rules.ContractState)
    started_at = models.DateTimeField()
    ended_by = models.CharField(max_length=12, blank=True)
    end_summary = models.TextField(blank=True)
    refund_due_at = models.DateTimeField(null=True)
    refund_refused = models.BooleanField(default=False)
    refused_at = models.DateTimeField(null=True)
    held_by = models.CharField(max_length=26, blank=True, db_collation="C")  # the dispute that holds its escrow
    owed_back_minor = models.BigIntegerField(default=0)  # what disputes gave back of released money, taken already or not
    closes_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    # Why it ended, where neither side simply ended it: dormant or mutual.
    end_reason = models.CharField(max_length=12, blank=True)
    # Since when a payment of the client is failing.
    paused_at = models.DateTimeField(null=True)
    # The last known sign of life; null until somebody looked, then the start counts.
    active_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["client", "-id"], name="contract_client"),
            models.Index(fields=["freelancer", "-id"], name="contract_freelancer"),
            models.Index(fields=["refund_due_at"], condition=Q(state="closing"), name="contract_refund_due"),
            models.Index(fields=["closes_at"], condition=Q(state="closing"), name="contract_close_due"),
            models.Index(Coalesce("active_at", "started_at"), condition=Q(state="active"), name="contract_quiet"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_initiation_due(self) -> bool:
        """True when the next payment bears the one-time fee."""
        return bool(self.initiation_fee_minor and not self.initiation_milestone_id)

    def client_terms(self, *, first: bool = False) -> ClientTerms:
        """What the client pays on top of an amount; the one-time fee only with the first charge."""
        once = self.initiation_fee_minor if first else 0
        return ClientTerms(self.client_fee_basis_points, once, self.client_vat_basis_points)


class Milestone(models.Model):
    """A part of a contract with its own price and escrow (the escrow's id is the milestone's)."""

    id = PublicIdField()
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="milestones")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    amount_minor = models.BigIntegerField()
    due_on = models.DateField(null=True)
    state = _state(rules.MilestoneState)
    funded_minor = models.BigIntegerField(default=0)
    released_minor = models.BigIntegerField(default=0)
    returned_minor = models.BigIntegerField(default=0)
    asked_minor = models.BigIntegerField(default=0)
    # What banks dispute of it now, what of that a dispute has given to the freelancer, and what banks took back for good.
    contested_minor = models.BigIntegerField(default=0)
    awarded_minor = models.BigIntegerField(default=0)
    taken_minor = models.BigIntegerField(default=0)
    charges = models.PositiveSmallIntegerField(default=0)
    revisions_used = models.PositiveSmallIntegerField(default=0)
    fail_reason = models.CharField(max_length=40, blank=True)
    funded_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    review_due_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    # Since when its payment is failing, and when the card is charged again by itself.
    failed_at = models.DateTimeField(null=True)
    retry_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "position"], name="milestone_position"),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="milestone_amount"),
            models.CheckConstraint(
                condition=Q(
                    funded_minor__gte=F("released_minor") + F("returned_minor") + F("contested_minor") + F("taken_minor")
                ),
                name="milestone_escrow",
            ),
            models.CheckConstraint(condition=Q(awarded_minor__gte=0), name="milestone_awarded"),
        ]
        indexes = [
            models.Index(fields=["review_due_at"], condition=Q(state="submitted"), name="milestone_due"),
            models.Index(fields=["retry_at"], condition=Q(retry_at__isnull=False), name="milestone_retry"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def escrow_minor(self) -> int:
        """What waits in this milestone's escrow."""
        return self.paid_in_minor - self.released_minor - self.contested_minor

    @property
    def waiting_minor(self) -> int:
        """The same with what a bank holds of it, of which nobody knows yet where it goes."""
        return self.escrow_minor + self.contested_minor - self.awarded_minor

    @property
    def paid_in_minor(self) -> int:
        """What was paid in and has not gone back, to the client or by its bank."""
        return self.funded_minor - self.returned_minor - self.taken_minor

    @property
    def missing_minor(self) -> int:
        """What of the agreed price is not paid in, whether or not it is being charged."""
        if self.state == rules.MilestoneState.CANCELLED:
            return 0
        return max(0, self.amount_minor - self.paid_in_minor)


class Submission(models.Model):
    """Work handed in for a milestone, and what the client said."""

    id = PublicIdField()
    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="submissions")
    message = models.TextField()
    reasons = models.TextField(blank=True)
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"work for {self.milestone_id}"


class Amendment(models.Model):
    """A proposed change of a milestone, or a new one; acts only when the other side accepts."""

    id = PublicIdField()
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="+")
    milestone = models.ForeignKey(Milestone, null=True, on_delete=models.PROTECT, related_name="+")
    by_party_id = models.CharField(max_length=26, db_collation="C")
    title = models.CharField(max_length=120)
    amount_minor = models.BigIntegerField()
    due_on = models.DateField(null=True)
    note = models.TextField(blank=True)
    state = _state(rules.AmendmentState)
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "milestone"], condition=Q(state="open"), name="amendment_open_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"change of {self.contract_id}"
