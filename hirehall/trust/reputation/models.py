"""Feedback, and the time in which it can be given."""

from django.db import models
from django.db.models import Q

from hirehall.kernel.ids import PublicIdField
from hirehall.trust.reputation import rules


class Window(models.Model):
    """The days after a contract's end in which both sides may give feedback; what it was about is frozen here."""

    contract = models.OneToOneField("contracts.Contract", primary_key=True, on_delete=models.PROTECT, related_name="+")
    closes_at = models.DateTimeField()
    net_minor = models.BigIntegerField()
    unit = models.CharField(max_length=8)
    published_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["closes_at"], condition=Q(published_at=None), name="feedback_window_due")]

    def __str__(self) -> str:
        return f"window of {self.contract_id}"


class Feedback(models.Model):
    """What one side says of the other about one contract; `score`, `reasons`, `english` and `private_note` stay its author's."""

    id = PublicIdField()
    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="+")
    phase = models.CharField(max_length=8, choices=[(each.value, each.value) for each in rules.Phase])
    side = models.CharField(max_length=12)
    author = models.ForeignKey("accounts.Party", on_delete=models.PROTECT, related_name="+")
    about = models.ForeignKey("accounts.Party", on_delete=models.PROTECT, related_name="+")
    stars = models.JSONField()
    overall = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    score = models.PositiveSmallIntegerField(null=True)
    reasons = models.JSONField(default=list)
    english = models.CharField(max_length=16, blank=True)
    private_note = models.TextField(blank=True)
    given_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    public = models.BooleanField(default=False)
    reply = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    unlocked_until = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contract", "side", "phase"], name="feedback_once"),
            models.CheckConstraint(condition=Q(overall__gte=100, overall__lte=500), name="feedback_overall"),
            models.CheckConstraint(condition=Q(score=None) | Q(score__lte=10), name="feedback_score"),
        ]
        indexes = [
            models.Index(fields=["about", "-id"], name="feedback_about"),
            models.Index(fields=["author", "-id"], name="feedback_author"),
        ]

    def __str__(self) -> str:
        return f"{self.side} on {self.contract_id}"
