"""What stands around a withdrawal: its schedule, the tax form before the first one, and the hold on one."""

from django.db import models
from django.db.models import Q

from hirehall.kernel.ids import PublicIdField
from hirehall.money.payments.hold_rules import HoldOutcome, HoldRule, LookedAt, read_inputs
from hirehall.money.payments.payout_rules import Rhythm


def _party() -> models.ForeignKey:
    return models.ForeignKey("accounts.Party", on_delete=models.PROTECT, related_name="+")


def _choices(names: type) -> list[tuple[str, str]]:
    return [(name.value, name.value.replace("_", " ")) for name in names]


class PayoutSchedule(models.Model):
    """How often a party's available money of one unit is sent by itself, where to, and what stops it at present."""

    id = PublicIdField()
    party = _party()
    unit = models.CharField(max_length=8)
    rhythm = models.CharField(max_length=16, choices=_choices(Rhythm))
    method = models.ForeignKey("payments.PayoutMethod", null=True, on_delete=models.PROTECT, related_name="+")
    least_minor = models.BigIntegerField()
    next_on = models.DateField(null=True)
    paused_by = models.CharField(max_length=30, blank=True)
    paused_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["party", "unit"], name="schedule_once")]
        indexes = [models.Index(fields=["next_on", "id"], name="schedule_due", condition=Q(next_on__isnull=False))]

    def __str__(self) -> str:
        return f"{self.rhythm} from {self.least_minor} {self.unit}"


class TaxForm(models.Model):
    """What a party says about its taxes, signed. A newer one replaces it; the older stays as a record."""

    id = PublicIdField()
    party = _party()
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=100)
    country = models.CharField(max_length=2)
    number_sealed = models.TextField()
    number_last4 = models.CharField(max_length=4)
    signed_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["party"], condition=Q(replaced_at=None), name="tax_form_one_in_force")
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.name}"


class WithdrawalHold(models.Model):
    """A withdrawal that a person looks at: the rule, what it saw, the owner's answer, and the decision."""

    id = PublicIdField()
    withdrawal = models.OneToOneField("payments.Withdrawal", on_delete=models.PROTECT, related_name="hold")
    party = _party()
    rule = models.CharField(max_length=24, choices=_choices(HoldRule))
    inputs = models.JSONField(default=dict)
    reason = models.CharField(max_length=2000)
    policy_version = models.PositiveIntegerField()
    placed_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    decide_by = models.DateTimeField()
    appeal = models.CharField(max_length=2000, blank=True)
    appealed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=8, choices=_choices(HoldOutcome), default=HoldOutcome.OPEN)
    decision = models.CharField(max_length=2000, blank=True)
    decided_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["decide_by", "id"], name="withdrawal_hold_open", condition=Q(outcome="open")),
            models.Index(fields=["party"], name="withdrawal_hold_party", condition=Q(outcome="open")),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.outcome}"

    @property
    def looked_at(self) -> LookedAt:
        return read_inputs(self.inputs)
