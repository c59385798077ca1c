"""Proposals."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from hirehall.kernel.ids import PublicIdField
from hirehall.market.proposals import rules


class Proposal(models.Model):
    """One answer of one freelancer (or agency) to one job."""

    id = PublicIdField()
    job = models.ForeignKey("jobs.Job", on_delete=models.PROTECT, related_name="+")
    freelancer = models.ForeignKey("accounts.Party", on_delete=models.PROTECT, related_name="+")
    client_id = models.CharField(max_length=26, db_collation="C")
    sub_id = models.CharField(max_length=26, blank=True, db_collation="C")
    kind = models.CharField(max_length=8)
    price_minor = models.BigIntegerField()
    unit = models.CharField(max_length=8)
    parts = models.JSONField(default=list)
    letter = models.TextField()
    answers = ArrayField(models.TextField(), default=list)
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in rules.State])
    reason = models.CharField(max_length=20, blank=True)
    connects = models.PositiveIntegerField()
    returned = models.PositiveIntegerField(default=0)
    policy_version = models.PositiveIntegerField()
    sent_at = models.DateTimeField()
    revised_at = models.DateTimeField(null=True)
    viewed_at = models.DateTimeField(null=True)
    messaged_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["job", "freelancer"], name="proposal_once"),
            models.CheckConstraint(condition=Q(price_minor__gt=0), name="proposal_price"),
        ]
        indexes = [
            models.Index(fields=["freelancer", "-id"], name="proposal_mine"),
            models.Index(fields=["job", "state", "-id"], name="proposal_list"),
        ]

    def __str__(self) -> str:
        return f"{self.freelancer_id} to {self.job_id}"
