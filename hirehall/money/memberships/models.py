"""Paid plans of parties, and each month that was charged. A party without a row has the free plan."""

from django.db import models
from django.db.models import Q

from hirehall.kernel.ids import PublicIdField
from hirehall.money.memberships.rules import MonthState, State


class Membership(models.Model):
    """A paid plan from its first charge to its end; `paid_months` counts from `anchor_at`, the first charge."""

    id = PublicIdField()
    party = models.ForeignKey("accounts.Party", on_delete=models.PROTECT, related_name="+")
    plan = models.CharField(max_length=32)
    next_plan = models.CharField(max_length=32, blank=True)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in State])
    price_minor = models.BigIntegerField()
    unit = models.CharField(max_length=8)
    policy_version = models.PositiveIntegerField()
    anchor_at = models.DateTimeField()
    paid_months = models.PositiveIntegerField(default=0)
    paid_until = models.DateTimeField(null=True)
    ends_with_month = models.BooleanField(default=False)
    failed_tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=24, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["party"], condition=~Q(state="ended"), name="membership_one_alive"),
            models.CheckConstraint(condition=Q(price_minor__gt=0), name="membership_price_positive"),
        ]
        indexes = [
            models.Index(fields=["paid_until", "id"], condition=Q(state="active"), name="membership_month_over"),
            models.Index(fields=["next_try_at", "id"], condition=Q(state="past_due"), name="membership_try_due"),
            models.Index(fields=["party", "-id"], name="membership_party"),
        ]

    def __str__(self) -> str:
        return f"{self.plan} {self.state}"


class Month(models.Model):
    """One month of a plan and one try to charge it."""

    id = PublicIdField()
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="months")
    number = models.PositiveIntegerField()
    attempt = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    price_minor = models.BigIntegerField()
    unit = models.CharField(max_length=8)
    state = models.CharField(max_length=8, choices=[(s.value, s.value) for s in MonthState])
    reason = models.CharField(max_length=40, blank=True)
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["membership", "number", "attempt"], name="month_attempt_once"),
            # A month is paid once, whatever comes twice or at the same moment.
            models.UniqueConstraint(fields=["membership", "number"], condition=~Q(state="failed"), name="month_paid_once"),
        ]

    def __str__(self) -> str:
        return f"month {self.number} {self.state}"
