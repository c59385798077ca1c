"""The sandbox's own tables, which nothing else reads because it is another company; and what real companies call
the things that we asked them for."""

from django.db import models
from django.db.models import Q


class SandboxToken(models.Model):
    """A card or a bank account as the sandbox keeps it: how it behaves, never its number."""

    token = models.CharField(max_length=80, primary_key=True)
    kind = models.CharField(max_length=10)
    behaviour = models.CharField(max_length=24)
    confirmed = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        app_label = "payments"

    def __str__(self) -> str:
        return f"{self.kind} {self.behaviour}"


class SandboxObject(models.Model):
    """A verification, charge, refund or payout at the sandbox; `key` makes asking twice harmless."""

    id = models.CharField(max_length=80, primary_key=True)
    key = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=16)
    token = models.CharField(max_length=80)
    parent_id = models.CharField(max_length=80, blank=True)
    amount_minor = models.BigIntegerField(default=0)
    refunded_minor = models.BigIntegerField(default=0)
    unit = models.CharField(max_length=8, blank=True)
    state = models.CharField(max_length=16, default="processing")
    reason = models.CharField(max_length=40, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        app_label = "payments"

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class SandboxEvent(models.Model):
    """A webhook that the sandbox sends until it is taken."""

    id = models.CharField(max_length=80, primary_key=True)
    object = models.ForeignKey(SandboxObject, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=16)
    reason = models.CharField(max_length=40, blank=True)
    made_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "payments"
        indexes = [models.Index(fields=["made_at"], name="sandbox_waiting", condition=Q(taken_at=None))]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class GatewayRef(models.Model):
    """What a company calls the thing that we asked for by a key. The row is there before the company is asked; an
    empty `ref` means that its answer never came, so the company has to be searched before it is asked again."""

    gateway = models.CharField(max_length=16)
    key = models.CharField(max_length=120, db_collation="C")
    ref = models.CharField(max_length=255, blank=True, db_collation="C")
    asked_at = models.DateTimeField()

    class Meta:
        app_label = "payments"
        constraints = [models.UniqueConstraint(fields=["gateway", "key"], name="gateway_ref_once")]
        indexes = [models.Index(fields=["ref"], name="gateway_ref_name")]

    def __str__(self) -> str:
        return f"{self.key} {self.ref}"
