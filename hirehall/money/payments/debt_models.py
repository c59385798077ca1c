"""What banks dispute, what parties owe the operator, and the bank transfers with which they paid it. Payments by card are charges."""

from django.db import models
from django.db.models import F, Q

from hirehall.kernel.ids import PublicIdField
from hirehall.money.payments.recovery_rules import DebtState
from hirehall.money.payments.rules import ChargebackState


class Chargeback(models.Model):
    """A charge that the bank of the card's owner disputes; `ref` is the company's own name of the dispute."""

    id = PublicIdField()
    charge = models.ForeignKey("payments.Charge", on_delete=models.PROTECT, related_name="chargebacks")
    party = models.ForeignKey("accounts.Party", on_delete=models.PROTECT, related_name="+")
    ref = models.CharField(max_length=255, unique=True, db_collation="C")
    amount_minor = models.BigIntegerField()
    unit = models.CharField(max_length=8)
    state = models.CharField(max_length=8, choices=ChargebackState.choices_of())
    reason = models.CharField(max_length=40, blank=True)
    opened_at = models.DateTimeField()
    answer_by = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    # What of it lay in escrow and was frozen; null until that is booked.
    frozen_minor = models.BigIntegerField(null=True)
    # When the bank's decision was booked.
    settled_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"chargeback {self.amount_minor} {self.unit} {self.state}"


class Debt(models.Model):
    """What the guarantee account paid in a party's place; `paid_minor` is what has come back."""

    id = PublicIdField()
    party = models.ForeignKey("accounts.Party", on_delete=models.PROTECT, related_name="+")
    unit = models.CharField(max_length=8)
    amount_minor = models.BigIntegerField()
    paid_minor = models.BigIntegerField(default=0)
    cause = models.CharField(max_length=16)
    subject_id = models.CharField(max_length=26, db_collation="C")
    ref = models.CharField(max_length=100, unique=True, db_collation="C")
    memo = models.JSONField(default=dict)
    state = models.CharField(max_length=6, choices=[(state.value, state.value) for state in DebtState])
    tries = models.PositiveSmallIntegerField(default=0)
    fail_reason = models.CharField(max_length=40, blank=True)
    opened_at = models.DateTimeField()
    next_try_at = models.DateTimeField(null=True)
    paid_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="debt_amount_positive"),
            models.CheckConstraint(
                condition=Q(paid_minor__gte=0, paid_minor__lte=F("amount_minor")), name="debt_paid_within"
            ),
        ]
        indexes = [
            models.Index(fields=["party", "-id"], name="debt_party"),
            models.Index(fields=["opened_at", "id"], name="debt_open", condition=Q(state="open")),
            models.Index(fields=["next_try_at"], name="debt_due", condition=Q(state="open")),
        ]

    def __str__(self) -> str:
        return f"debt {self.left_minor} {self.unit} {self.state}"

    @property
    def left_minor(self) -> int:
        return self.amount_minor - self.paid_minor


class DebtTransfer(models.Model):
    """A bank transfer for a debt, as one of the staff saw it; the same reference counts once."""

    id = PublicIdField()
    debt = models.ForeignKey(Debt, on_delete=models.PROTECT, related_name="transfers")
    amount_minor = models.BigIntegerField()
    reference = models.CharField(max_length=80)
    reason = models.TextField()
    user_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="debt_transfer_positive"),
            models.UniqueConstraint(fields=["debt", "reference"], name="debt_transfer_once"),
        ]

    def __str__(self) -> str:
        return f"transfer {self.reference}"
