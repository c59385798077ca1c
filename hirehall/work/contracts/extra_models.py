"""Money beside the milestones: bonuses, expenses, and released money that goes back."""

from django.db import models
from django.db.models import Q

from hirehall.kernel.ids import PublicIdField
from hirehall.work.contracts import rules


def _state(kind):
    return models.CharField(max_length=14, choices=[(s.value, s.value) for s in kind])


class Bonus(models.Model):
    """A thank-you beside what was agreed; its escrow's id is its own."""

    id = PublicIdField()
    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="+")
    amount_minor = models.BigIntegerField()
    unit = models.CharField(max_length=8)
    note = models.TextField(blank=True)
    state = _state(rules.BonusState)
    fail_reason = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount_minor__gt=0), name="bonus_amount")]

    def __str__(self) -> str:
        return f"bonus of {self.contract_id}"


class Expense(models.Model):
    """What a freelancer laid out for the client, claimed with a receipt; its escrow's id is its own."""

    id = PublicIdField()
    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    amount_minor = models.BigIntegerField()
    unit = models.CharField(max_length=8)
    reason = models.TextField()
    state = _state(rules.ExpenseState)
    answer = models.TextField(blank=True)
    charges = models.PositiveSmallIntegerField(default=0)
    fail_reason = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount_minor__gt=0), name="expense_amount")]

    def __str__(self) -> str:
        return self.title


class Repayment(models.Model):
    """Released money that shall go back to the client: asked or offered by one side, done when the other says yes."""

    id = PublicIdField()
    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="+")
    by_party_id = models.CharField(max_length=26, db_collation="C")
    amount_minor = models.BigIntegerField()
    fee_minor = models.BigIntegerField(default=0)
    unit = models.CharField(max_length=8)
    reason = models.TextField()
    state = _state(rules.RepaymentState)
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="repayment_amount"),
            models.UniqueConstraint(fields=["contract"], condition=Q(state="open"), name="repayment_open_once"),
        ]
        indexes = [models.Index(fields=["expires_at"], condition=Q(state="open"), name="repayment_due")]

    def __str__(self) -> str:
        return f"repayment of {self.contract_id}"
