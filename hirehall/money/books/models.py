"""Closed days, runs and findings of the checks, and adjustments by hand."""

from django.db import models
from django.db.models import F, Q

from hirehall.kernel.ids import PublicIdField
from hirehall.money.books.rules import AdjustmentState, FindingState


class DayTurnover(models.Model):
    """What came into and went out of all accounts of a kind on one day (UTC), by the transfer's code."""

    day = models.DateField()
    unit = models.CharField(max_length=8)
    kind = models.CharField(max_length=16)
    code = models.CharField(max_length=24)
    came_minor = models.BigIntegerField()
    went_minor = models.BigIntegerField()
    entries = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "unit", "kind", "code"], name="day_turnover_once")]
        indexes = [models.Index(fields=["kind", "day"], name="day_turnover_kind")]

    def __str__(self) -> str:
        return f"{self.day} {self.kind} {self.code} +{self.came_minor} -{self.went_minor} {self.unit}"


class DayBalance(models.Model):
    """What all accounts of a kind held at the end of one day (UTC)."""

    day = models.DateField()
    unit = models.CharField(max_length=8)
    kind = models.CharField(max_length=16)
    balance_minor = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "unit", "kind"], name="day_balance_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.kind} {self.balance_minor} {self.unit}"


class CheckRun(models.Model):
    """One check, when it ran, and how much it found; the page shows the last one of each."""

    id = PublicIdField()
    check_name = models.CharField(max_length=40)
    at = models.DateTimeField()
    compared = models.BigIntegerField(null=True)
    found = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["check_name", "-at"], name="check_run_last")]

    def __str__(self) -> str:
        return f"{self.check_name} {self.at:%Y-%m-%d %H:%M} {self.found}"


class Finding(models.Model):
    """Something that does not agree. It stays until a later check no longer finds it; staff may explain it."""

    id = PublicIdField()
    key = models.CharField(max_length=64, db_collation="C")
    check_name = models.CharField(max_length=40)
    kind = models.CharField(max_length=24)
    account = models.CharField(max_length=160)
    unit = models.CharField(max_length=8, blank=True)
    expected = models.CharField(max_length=160)
    found = models.CharField(max_length=160)
    sentence = models.CharField(max_length=500)
    state = models.CharField(max_length=10, default=FindingState.OPEN)
    found_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)
    explained_at = models.DateTimeField(null=True)
    explained_by_id = models.BigIntegerField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=~Q(state=FindingState.CLEARED), name="finding_once"),
            models.CheckConstraint(
                condition=~Q(state=FindingState.EXPLAINED) | Q(explained_by_id__isnull=False) & ~Q(reason=""),
                name="finding_explained_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["state", "-id"], name="finding_state")]

    def __str__(self) -> str:
        return self.sentence


class Adjustment(models.Model):
    """Money that one of the staff wants to put right and another one approves or declines."""

    id = PublicIdField()
    source_account = models.CharField(max_length=16)
    source_party = models.ForeignKey("accounts.Party", on_delete=models.PROTECT, related_name="+", null=True)
    target_account = models.CharField(max_length=16)
    target_party = models.ForeignKey("accounts.Party", on_delete=models.PROTECT, related_name="+", null=True)
    amount_minor = models.BigIntegerField()
    unit = models.CharField(max_length=8)
    reason = models.TextField()
    evidence = models.TextField(blank=True)
    state = models.CharField(max_length=10, default=AdjustmentState.PROPOSED)
    proposed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    decided_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)
    decision = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="adjustment_amount_positive"),
            models.CheckConstraint(
                condition=~Q(state=AdjustmentState.APPROVED)
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by"))),
                name="adjustment_four_eyes",
            ),
        ]
        indexes = [
            models.Index(fields=["expires_at"], name="adjustment_waiting", condition=Q(state=AdjustmentState.PROPOSED))
        ]

    def __str__(self) -> str:
        return f"adjustment {self.amount_minor} {self.unit} {self.state}"
